package relation

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
)

const (
	maxRemark    = 20
	maxTags      = 10
	maxTag       = 12
	maxNote      = 300
	maxComplaint = 200
	visitsShown  = 20
)

// Portrait is what the staff write down about a member, seen by their store and by the member alone.
type Portrait struct {
	Remark string   `json:"remark" doc:"what the staff call them; at most 20 characters"`
	Tags   []string `json:"tags" nullable:"false" doc:"at most 10 of 12 characters each"`
	Note   string   `json:"note" doc:"at most 300 characters"`
}

// VisitView is one visit as the store sees it.
type VisitView struct {
	ID     models.ID        `json:"id"`
	At     time.Time        `json:"at"`
	Kind   models.VisitKind `json:"kind" enum:"scan,purchase,redemption,check_in,honour"`
	Amount models.Money     `json:"amount"`
	Points int64            `json:"points"`
}

// CustomerDetail is one customer of a store: the line in its book, why the level is what it is, the latest visits.
type CustomerDetail struct {
	pool.CustomerView
	Remark    string      `json:"remark"`
	Reasons   []string    `json:"reasons" nullable:"false"`
	Next      string      `json:"next"`
	Complaint string      `json:"complaint" doc:"what is not settled yet; empty: nothing"`
	Visits    []VisitView `json:"visits" nullable:"false" doc:"the latest 20"`
}

// Customer shows a store one of its customers, in the reader's language. Error: not_found, for whoever is not in the
// store's book.
func (s *Service) Customer(ctx context.Context, alliance, store, member models.ID, locale string) (CustomerDetail, error) {
	line, err := s.Pool.CustomerOf(ctx, alliance, store, member)
	if err != nil {
		return CustomerDetail{}, err
	}
	facts, err := s.Facts(ctx, alliance, store, member)
	if err != nil {
		return CustomerDetail{}, err
	}
	now := s.Clock.Now()
	line.Level = facts.Bond(now).Level
	out := CustomerDetail{CustomerView: line, Reasons: inLanguage(facts.Explain(now), locale), Next: facts.Next(now).In(locale)}
	var rows []models.Relation
	if err := s.DB.Read(ctx).Where("store_id = ? AND member_id = ?", store, member).Limit(1).Find(&rows).Error; err != nil {
		return out, err
	}
	for _, r := range rows {
		out.Remark, out.Complaint = r.Remark, r.Complaint
	}
	out.Visits, err = s.latest(ctx, store, member)
	return out, err
}

func (s *Service) latest(ctx context.Context, store, member models.ID) ([]VisitView, error) {
	var visits []models.Visit
	err := s.DB.Read(ctx).Where("store_id = ? AND member_id = ? AND cancelled_at IS NULL", store, member).
		Order("at DESC, id DESC").Limit(visitsShown).Find(&visits).Error
	views := make([]VisitView, len(visits))
	for i, v := range visits {
		views[i] = VisitView{ID: v.ID, At: v.At, Kind: v.Kind, Amount: models.Fen(v.Amount), Points: v.Points}
	}
	return views, err
}

// Describe keeps what the staff of a store write about one of its customers. Errors: not_found, remark, tags, note.
func (s *Service) Describe(ctx context.Context, alliance, store, member models.ID, p Portrait) error {
	p.Remark, p.Note = strings.TrimSpace(p.Remark), strings.TrimSpace(p.Note)
	tags, ok := cleanTags(p.Tags)
	switch {
	case utf8.RuneCountInString(p.Remark) > maxRemark:
		return ErrRemark.At("/remark")
	case !ok:
		return ErrTags.At("/tags")
	case utf8.RuneCountInString(p.Note) > maxNote:
		return ErrNote.At("/note")
	}
	return s.change(ctx, alliance, store, member, func(r *models.Relation) {
		r.Remark, r.Tags, r.Note = p.Remark, tags, p.Note
	})
}

func cleanTags(tags []string) ([]string, bool) {
	clean := []string{}
	for _, t := range tags {
		t = strings.TrimSpace(t)
		if utf8.RuneCountInString(t) > maxTag {
			return nil, false
		}
		if t != "" && !slices.Contains(clean, t) {
			clean = append(clean, t)
		}
	}
	return clean, len(clean) <= maxTags
}

// Complain notes that a customer has something to be settled: until it is, there is no relation.
// Errors: not_found, complaint.
func (s *Service) Complain(ctx context.Context, alliance, store, member models.ID, about string) error {
	about = strings.TrimSpace(about)
	if n := utf8.RuneCountInString(about); n == 0 || n > maxComplaint {
		return ErrComplaint.At("/about")
	}
	now := s.Clock.Now()
	return s.change(ctx, alliance, store, member, func(r *models.Relation) { r.Complaint, r.ComplainedAt = about, &now })
}

// Settle notes that it has been settled: the level is again what it would have been. Error: not_found.
func (s *Service) Settle(ctx context.Context, alliance, store, member models.ID) error {
	return s.change(ctx, alliance, store, member, func(r *models.Relation) { r.Complaint, r.ComplainedAt = "", nil })
}

// change edits the portrait or the complaint of one of a store's customers and computes the level anew.
func (s *Service) change(ctx context.Context, alliance, store, member models.ID, edit func(r *models.Relation)) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Pool.CustomerOf(tx.Statement.Context, alliance, store, member); err != nil {
			return err
		}
		if _, err := s.member(tx, alliance, member); err != nil {
			return err
		}
		rows, err := s.lockRelations(tx, alliance, []pair{{store, member}}, nothing)
		if err != nil {
			return err
		}
		r := rows[0]
		edit(&r)
		err = tx.Model(&models.Relation{}).Where("id = ?", r.ID).
			Select("remark", "tags", "note", "complaint", "complained_at").Updates(&r).Error
		if err != nil {
			return err
		}
		return s.recompute(tx, alliance, store, member)
	})
}
