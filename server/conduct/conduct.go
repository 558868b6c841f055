// Package conduct keeps the street's talk a talk: it judges what is posted, holds what is doubtful, counts strikes, hears
// appeals, and lets neighbours report and block.
//
//	words ── judge ── ok: shown
//	               ├─ review: shown and looked at, or held until somebody looked (as the street agreed)
//	               └─ ad: not shown, a strike: the first and the second take points, the third puts out for 90 days
//	report ── a case in the queue ── a moderator lets it stand, takes it down, or makes it a strike
//	strike ── one appeal ── granted: the points come back, the post is shown
//	what is decided ── an event ── a letter (notify); a line of the trail
//
// Coordinators and the moderators they appoint look after the street, those of a circle after their circle.
//
// There is one case a text and one strike a case, held by unique keys, whatever comes at once. The room stands before the
// feed: the feed asks it before it shows something, and tells it (Board) how to show and take down.
package conduct

import (
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
)

// Deps is what the feature needs. Host is the platform's own: its links are no adverts.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Outbox *outbox.Outbox
	Ledger *ledger.Service
	Pool   *pool.Service
	Host   string
}

// Board is what the feed does for a case, in the caller's transaction.
type Board struct {
	Show     func(tx *gorm.DB, c models.ConductCase) error // what was held
	TakeDown func(tx *gorm.DB, c models.ConductCase) error // what was shown
	Drop     func(tx *gorm.DB, c models.ConductCase) error // what was held and will not be shown

	Keeps func(tx *gorm.DB, by *identity.Principal, feed string) (bool, error) // whether somebody keeps order in a circle
}

// Service is the feature.
type Service struct {
	Deps
	board   Board
	heard   *db.Gather[author, models.ConductStanding]
	doubted func(tx *gorm.DB, alliance models.ID)
	mu      sync.Mutex
	known   map[models.ID]agreed
}

// New returns the feature.
func New(d Deps) *Service {
	s := &Service{Deps: d, known: map[models.ID]agreed{}}
	s.heard = db.NewGather(standingsAtOnce, s.standings)
	d.Pool.OnExport("conduct", s.export)
	d.Pool.OnLeave("conduct", s.leave)
	return s
}

// Use tells how the feed shows and takes down.
func (s *Service) Use(b Board) { s.board = b }

// agreed is what a street agreed on, read a moment ago: another node's change is heard within freshness.
type agreed struct {
	rules models.ConductRules
	terms []models.ConductTerm
	judge advert.Judge // by both
	read  time.Time
}

const freshness = 10 * time.Second

func (s *Service) agreed(ctx context.Context, alliance models.ID) (agreed, error) {
	now := s.Clock.Now()
	s.mu.Lock()
	a, ok := s.known[alliance]
	s.mu.Unlock()
	if ok && now.Sub(a.read) < freshness && !now.Before(a.read) {
		return a, nil
	}
	a = agreed{read: now}
	var err error
	if a.rules, err = s.rules(s.DB.Read(ctx), alliance); err != nil {
		return a, err
	}
	if err = s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("created_at, id").Find(&a.terms).Error; err != nil {
		return a, err
	}
	a.judge = s.judge(a.rules.RulesOff, a.terms)
	s.mu.Lock()
	s.known[alliance] = a
	s.mu.Unlock()
	return a, nil
}

func (s *Service) forget(alliance models.ID) {
	s.mu.Lock()
	delete(s.known, alliance)
	s.mu.Unlock()
}

// rules are the street's, or those that a street starts with.
func (s *Service) rules(tx *gorm.DB, alliance models.ID) (models.ConductRules, error) {
	r, err := db.Find[models.ConductRules](tx, "alliance_id = ?", alliance)
	if err == error(models.ErrNotFound) {
		return models.ConductRules{AllianceID: alliance, Fine: 20}, nil
	}
	return r, err
}

// Note writes a line of the trail, in the caller's transaction.
func (s *Service) Note(tx *gorm.DB, l models.ConductLine) error { return s.note(tx, l) }

func (s *Service) note(tx *gorm.DB, l models.ConductLine) error {
	l.ID, l.At = models.NewID(), s.Clock.Now()
	return tx.Create(&l).Error
}
