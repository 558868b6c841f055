package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/outbox"
)

// welcome greets a new member with a word from the persona of the store that brought them in.
func (s *Service) welcome(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.MemberJoined) error {
	m, err := s.Pool.Member(ctx, e.AllianceID, p.MemberID)
	if err != nil {
		return err
	}
	stores, err := s.Pool.Stores(ctx, e.AllianceID)
	if err != nil {
		return err
	}
	d := draft{
		alliance: e.AllianceID, member: p.MemberID, store: p.OriginStoreID, kind: models.NoticeWelcome, reference: "welcome",
		link: "/me", at: e.At, facts: facts{Number: m.Number},
	}
	for _, store := range stores {
		if store.Active() {
			d.facts.Count++
		}
		if store.ID == p.OriginStoreID {
			d.link = "/stores/" + store.ID.String()
			d.facts.Store, d.facts.Persona = store.Name, personaOf(store)
		}
	}
	return s.deliver(tx, d)
}

// personaOf is the human face of a store; one without speaks by the store's own name.
func personaOf(store models.Store) string {
	if store.PersonaName == "" {
		return store.Name
	}
	return store.PersonaName
}

// brought tells the origin store that its code brought someone in.
func (s *Service) brought(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.Referred) error {
	street, err := s.Pool.Alliance(ctx, e.AllianceID)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskNewMember, reference: "referral:" + p.ReferralID.String(),
		at: e.At, amount: p.Amount, facts: facts{Count: int64(street.VestDays)},
	})
}

// earned tells the origin store that its credit has posted, and the member who invited that there are points.
func (s *Service) earned(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.Referred) error {
	err := s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskCreditPosted, reference: "posted:" + p.ReferralID.String(),
		at: e.At, amount: p.Amount,
	})
	if err != nil || p.InviterID.IsZero() {
		return err
	}
	street, err := s.Pool.Alliance(ctx, e.AllianceID)
	if err != nil || street.InviterPoints == 0 {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.InviterID, store: p.StoreID, kind: models.NoticeInviteEarned,
		reference: "referral:" + p.ReferralID.String(), link: "/me", at: e.At, facts: facts{Points: street.InviterPoints},
	})
}
