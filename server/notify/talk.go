package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// called tells those whom a post or a comment calls by name, and the member whom it answers. A letter names the store whose
// persona spoke and never another member: who it was stands in the feed, as long as it stands there.
func (s *Service) called(ctx context.Context, tx *gorm.DB, e outbox.Event, c models.TalkCalled) error {
	var said facts
	if !c.StoreID.IsZero() {
		store, err := s.Pool.Store(ctx, e.AllianceID, c.StoreID)
		if err != nil {
			return err
		}
		said = facts{Store: store.Name, Persona: personaOf(store)}
	}
	letter := draft{
		alliance: e.AllianceID, store: c.StoreID, kind: models.NoticeCalled, reference: "talk:" + c.AboutID.String(),
		link: "/posts/" + c.PostID.String(), at: c.At, facts: said,
	}
	for _, letter.member = range c.Members {
		if err := s.deliverOfTalk(tx, letter); err != nil {
			return err
		}
	}
	if letter.member = c.Answered; !letter.member.IsZero() {
		letter.kind = models.NoticeAnswered
		if err := s.deliverOfTalk(tx, letter); err != nil {
			return err
		}
	}
	return s.storesCalled(tx, e, c)
}

// deliverOfTalk delivers a letter unless one that says the same of this post lies unread already: who is called by name
// thirty times in a minute finds one letter. The member's row stays locked, so two calls at once bring one, too.
func (s *Service) deliverOfTalk(tx *gorm.DB, letter draft) error {
	if _, err := db.Find[models.Member](db.Lock(tx), "id = ? AND alliance_id = ?", letter.member, letter.alliance); err != nil {
		return err
	}
	var unread int64
	err := tx.Model(&models.Notice{}).Where("member_id = ? AND read_at IS NULL AND kind = ? AND link = ?", letter.member, letter.kind, letter.link).
		Where(map[string]any{"store_id": letter.store}).Count(&unread).Error
	if err != nil || unread > 0 {
		return err
	}
	return s.deliver(tx, letter)
}

// storesCalled keeps one line a post on the desks of the stores that it calls.
func (s *Service) storesCalled(tx *gorm.DB, e outbox.Event, c models.TalkCalled) error {
	for _, store := range c.Stores {
		err := s.tellDesk(tx, deskDraft{alliance: e.AllianceID, store: store, kind: models.DeskCalled, reference: "talk:" + c.PostID.String(), at: c.At, latest: true})
		if err != nil {
			return err
		}
	}
	return nil
}

func talkLetter(kind models.NoticeKind, f facts) (title, text models.Text) {
	text = models.Text{ZH: "点开就能看到，也能接一句", EN: "Tap to read it and to say something back."}
	switch {
	case kind == models.NoticeAnswered && f.Persona != "":
		return words("%s接了您的话", "%s answered you", f.Persona), text
	case kind == models.NoticeAnswered:
		return models.Text{ZH: "有街坊接了您的话", EN: "A neighbour answered you"}, text
	case f.Persona != "":
		return words("%s在街谈里叫您", "%s called you in the feed", f.Persona), text
	}
	return models.Text{ZH: "有街坊在街谈里叫您", EN: "A neighbour called you in the feed"}, text
}

// circleInvited brings a member the invitation into a circle.
func (s *Service) circleInvited(_ context.Context, tx *gorm.DB, e outbox.Event, i models.InvitedToCircle) error {
	circle, err := db.Find[models.Circle](tx, "id = ? AND alliance_id = ?", i.CircleID, e.AllianceID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: i.MemberID, store: i.StoreID, kind: models.NoticeInvited, reference: "circle:" + i.CircleID.String(),
		link: "/circles/" + i.CircleID.String(), at: i.At, facts: facts{Title: circle.Name},
	})
}
