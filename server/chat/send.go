package chat

import (
	"context"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Saying is a message to be: a text, a photo, or a campaign's coupon with or without words.
type Saying struct {
	Text     string
	Photo    models.ID
	Campaign models.ID

	ask *web.Ask // nil: the request has no key
}

func (d Saying) kind() models.ChatKind {
	switch {
	case !d.Photo.IsZero():
		return models.ChatPicture
	case !d.Campaign.IsZero():
		return models.ChatCoupon
	}
	return models.ChatText
}

// Send says something in a conversation, which begins with its first message. Errors: text_empty, text_too_long,
// one_thing, photo_unknown, coupon_not_given, not_found, not_your_customer, store_away, store_muted, muted_by_member,
// chat_blocked, chat_shut, member_left.
func (s *Service) Send(ctx context.Context, seat Seat, d Saying) (m models.ChatMessage, err error) {
	d.Text = models.PlainText(d.Text)
	first, err := web.Once[models.ID](ctx, s.DB, d.ask, func() (err error) {
		m, err = s.send(ctx, seat, d)
		return err
	})
	if first != nil {
		return db.Find[models.ChatMessage](s.DB.Read(ctx), "id = ? AND alliance_id = ?", *first, seat.Alliance)
	}
	return m, err
}

func (s *Service) send(ctx context.Context, seat Seat, d Saying) (m models.ChatMessage, err error) {
	if err := d.check(); err != nil {
		return m, err
	}
	if err := s.mayGive(ctx, seat, d.Campaign); err != nil {
		return m, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.open(tx, seat)
		if err != nil {
			return err
		}
		if m, err = s.say(tx, seat, &c, d); err != nil {
			return err
		}
		return web.Keep(tx, d.ask, m.ID, m.CreatedAt)
	})
	return m, err
}

// check refuses what needs no look at anything. Errors: text_empty, text_too_long, one_thing.
func (d Saying) check() error {
	switch {
	case utf8.RuneCountInString(d.Text) > models.ChatLength:
		return ErrTooLong.With(models.ChatLength).At("/text")
	case !d.Photo.IsZero() && !d.Campaign.IsZero():
		return ErrOneThing.At("/photo_id")
	case d.kind() == models.ChatText && d.Text == "":
		return ErrEmpty.At("/text")
	}
	return nil
}

// mayGive checks that a coupon of the card can be claimed: a card that cannot is an empty promise.
func (s *Service) mayGive(ctx context.Context, seat Seat, campaign models.ID) error {
	if campaign.IsZero() {
		return nil
	}
	reader := &identity.Principal{AllianceID: seat.Alliance, AccountID: seat.Account, MemberID: seat.Member}
	seen, err := s.Coupon.View(ctx, reader, []models.ID{campaign})
	if err != nil {
		return err
	}
	if c, ok := seen[campaign]; !ok || c.State != models.CampaignLive {
		return ErrCoupon.At("/campaign_id")
	}
	return nil
}

// say writes the message, and what goes with it: the photo is used, the conversation moves up, the store's rest is told
// of, the desk is to be told.
func (s *Service) say(tx *gorm.DB, seat Seat, c *models.Conversation, d Saying) (models.ChatMessage, error) {
	now := s.Clock.Now()
	m := models.ChatMessage{
		ID: models.NewID(), AllianceID: c.AllianceID, ConversationID: c.ID, Side: seat.Side, AccountID: seat.Account, Kind: d.kind(),
		Text: d.Text, CampaignID: d.Campaign, CreatedAt: now,
	}
	if err := takePhoto(tx, seat, d.Photo, m.ID); err != nil {
		return m, err
	}
	if err := s.append(tx, c, &m); err != nil {
		return m, err
	}
	if seat.ofStore() {
		return m, s.answered(tx, seat, c, now)
	}
	return m, s.asked(tx, c, now)
}

// append gives a message its place in the stream and moves the conversation up.
func (s *Service) append(tx *gorm.DB, c *models.Conversation, m *models.ChatMessage) error {
	var failed error
	_, err := s.Streams.Append(tx, c.AllianceID, models.ChatStream(c.ID), "message.created", func(seq int64) any {
		m.Seq = seq
		if failed = tx.Create(m).Error; failed != nil {
			return nil
		}
		var shown MessageView
		shown, failed = s.publicView(tx, *c, *m)
		return map[string]any{"message": shown}
	})
	if failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	c.Last, c.LastAt = m.Seq, m.CreatedAt
	s.tellAfter(tx, *c)
	return tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Updates(map[string]any{"last": c.Last, "last_at": c.LastAt}).Error
}

// answered: who answers first looks after the conversation; the desk waits for nothing any more; a talk counts for the
// level, once a day.
func (s *Service) answered(tx *gorm.DB, seat Seat, c *models.Conversation, now time.Time) error {
	changes := map[string]any{"waits_from": nil}
	if c.KeeperID.IsZero() {
		changes["keeper_id"] = seat.Account
	}
	if err := tx.Model(&models.Conversation{}).Where("id = ?", c.ID).Updates(changes).Error; err != nil {
		return err
	}
	talked, err := askedSince(tx, *c, now.Add(-talkSpan))
	if err != nil || !talked {
		return err
	}
	street, err := s.Pool.Alliance(tx.Statement.Context, c.AllianceID)
	if err != nil {
		return err
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventChatTalked, models.ChatTalked{
		ConversationID: c.ID, MemberID: c.MemberID, StoreID: c.StoreID, Day: street.LocalDate(now), At: now,
	})
}

// talkSpan is how long before an answer the member must have written for the two to have talked.
const talkSpan = 7 * 24 * time.Hour

func askedSince(tx *gorm.DB, c models.Conversation, since time.Time) (bool, error) {
	var n int64
	err := tx.Model(&models.ChatMessage{}).Where("conversation_id = ? AND side = ? AND created_at > ?", c.ID, models.ChatMemberSide, since).
		Limit(1).Count(&n).Error
	return n > 0, err
}
