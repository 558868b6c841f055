package referral

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
)

// Invitees tells by invited member how the referrals of an inviter stand: for the page on which members invite.
func (s *Service) Invitees(ctx context.Context, alliance, inviter models.ID) (map[models.ID]pool.Invitee, error) {
	var rows []models.Referral
	if err := s.DB.Read(ctx).Where("alliance_id = ? AND inviter_id = ?", alliance, inviter).Find(&rows).Error; err != nil {
		return nil, err
	}
	invitees := make(map[models.ID]pool.Invitee, len(rows))
	for _, r := range rows {
		v := pool.Invitee{State: string(shownState(r.State)), Until: r.VestsBy}
		if r.Rewarded {
			v.Points = r.Points
		}
		invitees[r.MemberID] = v
	}
	return invitees, nil
}

// shownState hides from members that stores argue over a credit.
func shownState(state models.ReferralState) models.ReferralState {
	if state == models.ReferralObjected {
		return models.ReferralPending
	}
	return state
}

// export is what a member can take away: who brought them in, and by which of their own steps.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	r, err := find(tx, m.AllianceID, m.ID)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return map[string]any{
		"origin_store_id": r.StoreID, "state": shownState(r.State), "joined_at": r.JoinedAt, "evidence": r.Evidence.Claims,
	}, err
}
