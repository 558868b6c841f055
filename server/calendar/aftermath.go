package calendar

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Results are what a date of an event brought, from the rows of those who came. The host's figures are its own. What the rest
// of the street sold to them is withheld like every shared figure (models.Suppress), and told when the week is over: a figure
// that grew day by day would show one guest's purchase.
type Results struct {
	SignedUp   int          `json:"signed_up" doc:"members who had places, walk-ins left out"`
	Came       int          `json:"came" doc:"members who came"`
	People     int          `json:"people" doc:"with those they brought and neighbours who are no members"`
	WalkIns    int          `json:"walk_ins" doc:"members who came without having signed up"`
	Missed     int          `json:"missed" doc:"members who had places and did not come"`
	FirstHere  int64        `json:"first_here" doc:"members who had not been in the host's store before; of the street's own: at none of its events"`
	NewMembers int64        `json:"new_members" doc:"members who came and had joined the street since the day before"`
	Buyers     int64        `json:"buyers" doc:"members who came and bought at the host's within seven days"`
	Sales      models.Money `json:"sales" doc:"what they paid there"`
	Until      time.Time    `json:"until" doc:"when the seven days are over"`
	Street     StreetShare  `json:"street"`
	Thanks     *ThanksView  `json:"thanks,omitempty"`
}

// StreetShare is what the guests bought elsewhere on the street within the seven days. A figure that is null is withheld.
type StreetShare struct {
	Open     bool            `json:"open" doc:"the seven days are not over: it is told then"`
	Buyers   *int64          `json:"buyers"`
	Sales    *models.Money   `json:"sales"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// ThanksView is the letter of thanks that went out.
type ThanksView struct {
	At     time.Time `json:"at"`
	Words  string    `json:"words"`
	Guests int       `json:"guests" doc:"members it went to"`
}

// Results tells the hosts of an occurrence what it brought. Error: not_found.
func (s *Service) Results(ctx context.Context, desk Desk, id models.ID) (Results, error) {
	read := s.DB.Read(ctx)
	o, err := desk.hosted(read, id)
	if err != nil {
		return Results{}, err
	}
	var rows []models.SignUp
	if err := read.Where("occurrence_id = ?", id).Find(&rows).Error; err != nil {
		return Results{}, err
	}
	out := Results{Until: o.EndsAt.Add(models.ResultsAfter), People: o.Unnamed, Sales: models.Fen(0)}
	guests := out.count(rows)
	if err := s.brought(read, o, guests, &out); err != nil {
		return out, err
	}
	out.Thanks, err = thanksOf(read, id)
	return out, err
}

// count goes through the list, and returns the members who came.
func (r *Results) count(rows []models.SignUp) []models.ID {
	var guests []models.ID
	for _, row := range rows {
		if !row.WalkIn {
			r.SignedUp++
		}
		if row.State != models.CheckedIn {
			if row.State == models.Missed {
				r.Missed++
			}
			continue
		}
		guests = append(guests, row.MemberID)
		r.Came++
		r.People += max(1, row.Came)
		if row.WalkIn {
			r.WalkIns++
		}
	}
	return guests
}

// brought reads what the guests did before and after.
func (s *Service) brought(read *gorm.DB, o models.Occurrence, guests []models.ID, out *Results) error {
	out.Street.Open = s.Clock.Now().Before(out.Until)
	if len(guests) == 0 {
		if !out.Street.Open {
			out.Street.Withheld = models.Few
		}
		return nil
	}
	err := read.Model(&models.Member{}).Where("id IN ? AND joined_at >= ?", guests, o.StartsAt.Add(-24*time.Hour)).Count(&out.NewMembers).Error
	if err != nil {
		return err
	}
	before, err := beenBefore(read, o, guests)
	if err != nil {
		return err
	}
	out.FirstHere = int64(len(guests)) - before
	own, others, err := s.sales(read, o, guests, out.Until)
	if err != nil {
		return err
	}
	out.Buyers, out.Sales = own.Members, models.Fen(own.Value)
	return s.elsewhere(read, o, others, out)
}

// beenBefore counts the guests whom the host had seen before the date: in its store, or at an event of the street's own.
func beenBefore(read *gorm.DB, o models.Occurrence, guests []models.ID) (n int64, err error) {
	if o.OfStreet() {
		earlier := read.Session(&gorm.Session{NewDB: true}).Model(&models.Occurrence{}).Select("id").Where("alliance_id = ? AND store_id = ? AND starts_at < ?", o.AllianceID, o.StoreID, o.StartsAt)
		err = read.Model(&models.SignUp{}).Where("member_id IN ? AND state = ? AND occurrence_id IN (?)", guests, models.CheckedIn, earlier).Distinct("member_id").Count(&n).Error
		return n, err
	}
	err = read.Model(&models.Visit{}).Where("member_id IN ? AND store_id = ? AND cancelled_at IS NULL", guests, o.StoreID).
		Where("NOT (kind = ? AND reference LIKE ?) AND at < ?", models.VisitCheckIn, "check_in:"+o.ID.String()+":%", o.StartsAt.Add(-time.Hour)).Distinct("member_id").Count(&n).Error
	return n, err
}

// sales sums what guests paid from the start on: at the host's, and at the other stores together. Two other stores at least,
// or the figure would be one store's own.
func (s *Service) sales(read *gorm.DB, o models.Occurrence, guests []models.ID, until time.Time) (own, others models.Cell, err error) {
	paid := func() *gorm.DB {
		return read.Session(&gorm.Session{NewDB: true}).Model(&models.Visit{}).
			Where("alliance_id = ? AND member_id IN ? AND cancelled_at IS NULL AND amount > 0 AND at >= ? AND at < ?", o.AllianceID, guests, o.StartsAt, until)
	}
	const figures = "COALESCE(SUM(amount), 0) AS value, COUNT(DISTINCT member_id) AS members"
	if err := paid().Select(figures).Where("store_id = ?", o.StoreID).Scan(&own).Error; err != nil {
		return own, others, err
	}
	if err := paid().Select(figures).Where("store_id <> ?", o.StoreID).Scan(&others).Error; err != nil {
		return own, others, err
	}
	var stores int64
	err = paid().Where("store_id <> ?", o.StoreID).Distinct("store_id").Count(&stores).Error
	if stores < 2 {
		others.Members = 0 // withheld whatever it is about
	}
	return own, others, err
}

// elsewhere shows what may be shown of the other stores' figure.
func (s *Service) elsewhere(read *gorm.DB, o models.Occurrence, others models.Cell, out *Results) error {
	if out.Street.Open {
		return nil
	}
	street, err := s.Pool.Alliance(read.Statement.Context, o.AllianceID)
	if err != nil {
		return err
	}
	f := models.Figures{Measure: models.OfEvents, Cells: [][]models.Cell{{others}}}
	models.Suppress(&f, int64(street.K))
	cell := f.Cells[0][0]
	if out.Street.Withheld = cell.Withheld; cell.Withheld != models.Shown {
		return nil
	}
	sales := models.Fen(cell.Value)
	out.Street.Buyers, out.Street.Sales = &cell.Members, &sales
	return nil
}

func thanksOf(read *gorm.DB, occurrence models.ID) (*ThanksView, error) {
	t, err := db.Find[models.EventThanks](read, "occurrence_id = ?", occurrence)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &ThanksView{At: t.At, Words: t.Words, Guests: t.Guests}, nil
}

// Thank writes to all who came, once, with a coupon for each when a campaign is named. The letters and coupons go out with the
// event that this leaves. Errors: not_found, event_cancelled, event_not_over, nobody_came, thanked, thanks_words, gift_campaign.
func (s *Service) Thank(ctx context.Context, desk Desk, id models.ID, words string, campaign models.ID) error {
	words = strings.TrimSpace(words)
	if n := utf8.RuneCountInString(words); n < 1 || n > models.ThanksMax {
		return ErrThanksWords
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.holdFor(tx, desk, id)
		if err != nil {
			return err
		}
		switch {
		case h.o.State == models.EventStateCancelled:
			return ErrCancelled
		case !h.o.Over(h.now):
			return ErrNotOver
		}
		if err := gives(tx, campaign, h.o.AllianceID, h.o.StoreID); err != nil {
			return err
		}
		return h.thank(tx, desk, words, campaign)
	})
}

func (h *holding) thank(tx *gorm.DB, desk Desk, words string, campaign models.ID) error {
	var guests int64
	if err := tx.Model(&models.SignUp{}).Where("occurrence_id = ? AND state = ?", h.o.ID, models.CheckedIn).Count(&guests).Error; err != nil {
		return err
	}
	if guests == 0 {
		return ErrNobodyCame
	}
	t := models.EventThanks{
		OccurrenceID: h.o.ID, ID: models.NewID(), AllianceID: h.o.AllianceID, StoreID: h.o.StoreID, ByAccount: desk.Account, Words: words,
		GiftCampaignID: campaign, Guests: int(guests), At: h.now,
	}
	made := db.OnConflictSkip(tx).Create(&t)
	if made.Error == nil && made.RowsAffected == 0 {
		return ErrThanked
	}
	if made.Error != nil {
		return made.Error
	}
	return h.Outbox.Add(tx, h.o.AllianceID, models.EventEventThanked, models.EventThanked{OccurrenceID: h.o.ID, StoreID: h.o.StoreID, GiftID: campaign, CauseID: t.ID, ByID: desk.Account})
}
