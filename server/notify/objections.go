package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// objected tells the store that has a credit that another objects to it.
func (s *Service) objected(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ObjectionChanged) error {
	return s.tellParty(ctx, tx, e, p, p.OriginID, p.StoreID, models.DeskObjection)
}

// answered tells the store that objects what the other side has said something.
func (s *Service) answered(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ObjectionChanged) error {
	return s.tellParty(ctx, tx, e, p, p.StoreID, p.OriginID, models.DeskObjectionAnswered)
}

// withdrawn tells the store that has the credit that the other has taken its objection back.
func (s *Service) withdrawn(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ObjectionChanged) error {
	return s.tellParty(ctx, tx, e, p, p.OriginID, p.StoreID, models.DeskObjectionWithdrawn)
}

// decided tells both sides for whom the coordinator has decided.
func (s *Service) decided(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ObjectionChanged) error {
	for _, party := range []models.ID{p.OriginID, p.StoreID} {
		if err := s.tellParty(ctx, tx, e, p, party, p.DecidedFor, models.DeskObjectionDecided); err != nil {
			return err
		}
	}
	return nil
}

// tellParty writes a line about an objection on a party's desk; it names the other store, and the member by number.
func (s *Service) tellParty(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ObjectionChanged, party, named models.ID, kind models.DeskKind) error {
	o, err := db.Find[models.Objection](tx, "id = ? AND alliance_id = ?", p.ObjectionID, e.AllianceID)
	if err != nil {
		return err
	}
	m, err := s.Pool.Member(ctx, e.AllianceID, p.MemberID)
	if err != nil {
		return err
	}
	other, err := s.Pool.Store(ctx, e.AllianceID, named)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: party, kind: kind, reference: string(kind) + ":" + o.ID.String(), at: e.At,
		facts: facts{Store: other.ShortName, Number: m.Number, Until: o.AnswerBy, Ours: named == party},
	})
}

// caseLine finds the words for what a desk notice tells of an objection.
func caseLine(kind models.DeskKind, f facts, until models.Text) (text, detail models.Text) {
	who := models.MemberAlias(f.Number)
	switch kind {
	case models.DeskObjection:
		return words("%s对一笔推荐金有异议", "%s objects to one of your credits", f.Store), both("%s，%s前可以说明", "%s; you can answer until %s", who, until)
	case models.DeskObjectionAnswered:
		return words("您提的异议，%s说明了", "%s has answered your objection", f.Store), both("%s，等协调人定", "%s; the coordinator decides", who)
	case models.DeskObjectionWithdrawn:
		return words("%s撤回了异议", "%s has taken its objection back", f.Store), both("%s，照旧算", "%s counts as before", who)
	}
	if f.Ours {
		return both("%s 判给了我们家", "%s is decided for us", who), models.Text{ZH: "协调人的理由在账里", EN: "The coordinator's reason is in the ledger"}
	}
	return both("%s 判给了%s", "%s is decided for %s", who, models.Same(f.Store)), models.Text{ZH: "协调人的理由在账里", EN: "The coordinator's reason is in the ledger"}
}
