package settlement

import (
	"context"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral"
)

// period tells the ledger's pages what a month is made of: a closed one of its own range, the running one of everything
// since, and any other of nothing. A month runs in the books until it is closed, a few hours into the next.
func (s *Service) period(ctx context.Context, a models.Alliance, name string) (referral.Period, bool, error) {
	r := s.DB.Read(ctx)
	last, err := lastOf(r, a.ID)
	if err != nil || last.Month == "" {
		return referral.Period{}, false, err
	}
	running, err := following(a, last, s.Clock.Now())
	if err != nil {
		return referral.Period{}, false, err
	}
	if name == "" || name == running.name {
		due := running.due()
		return referral.Period{Month: running.name, Span: ledger.Span{After: last.ToSeq}, ClosesAt: &due}, true, nil
	}
	var closed []models.Settlement
	if err := r.Where("alliance_id = ? AND month = ?", a.ID, name).Find(&closed).Error; err != nil {
		return referral.Period{}, false, err
	}
	if len(closed) == 0 {
		return referral.Period{Month: name, Span: ledger.Numbered(0, 0)}, true, nil
	}
	return referral.Period{Month: name, Span: span(closed[0]), ClosedAt: &closed[0].ClosedAt}, true, nil
}
