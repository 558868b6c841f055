package chat

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Thread opens a conversation for one of its sides: the newest limit messages, or those before a seq. The two need not
// have talked yet, but a store opens only those it may write to or has talked with. Errors: not_found.
func (s *Service) Thread(ctx context.Context, reader *identity.Principal, seat Seat, before int64, limit int) (ThreadView, error) {
	store, err := s.Pool.Store(ctx, seat.Alliance, seat.Store)
	if err != nil {
		return ThreadView{}, err
	}
	r := s.DB.Read(ctx)
	m, err := db.Find[models.Member](r, "id = ? AND alliance_id = ?", seat.Member, seat.Alliance)
	if err != nil {
		return ThreadView{}, err
	}
	c, err := between(r, seat)
	if errors.Is(err, models.ErrNotFound) && s.mayBegin(r, seat) == nil && !m.Left() {
		c, err = models.Conversation{AllianceID: seat.Alliance, StoreID: seat.Store, MemberID: seat.Member}, nil
	}
	if err != nil {
		return ThreadView{}, err
	}
	v := ThreadView{
		ID: c.ID, Seq: c.Last, Store: store.Ref(), Persona: personaOf(store), Member: m.Ref(), Blocked: c.Blocked(),
		MemberRead: c.MemberRead, StoreRead: c.StoreRead, Messages: []MessageView{},
	}
	if err := s.around(ctx, r, c, &v); err != nil || c.ID.IsZero() {
		return v, err
	}
	return v, s.page(ctx, reader, c, &v, before, limit)
}

// around fills in what stands around the messages.
func (s *Service) around(ctx context.Context, r *gorm.DB, c models.Conversation, v *ThreadView) error {
	muted, err := s.Pool.Muted(ctx, c.AllianceID, c.StoreID, []models.ID{c.MemberID})
	if err != nil {
		return err
	}
	v.Muted = muted[c.MemberID]
	back, rests, _, err := s.rest(r, c, s.Clock.Now())
	if err != nil {
		return err
	}
	if rests {
		v.BackAt = &back
	}
	keepers, err := s.keepers(r, []models.Conversation{c})
	v.Keeper = keepers[c.ID]
	return err
}

// page reads the messages. The head in v was read before them: what arrives meanwhile is in both, and screens know
// messages by id.
func (s *Service) page(ctx context.Context, reader *identity.Principal, c models.Conversation, v *ThreadView, before int64, limit int) error {
	query := s.DB.Read(ctx).Where("conversation_id = ?", c.ID)
	if before > 0 {
		query = query.Where("seq < ?", before)
	}
	var rows []models.ChatMessage
	if err := query.Order("seq DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		v.Earlier = rows[limit-1].Seq
	}
	slices.Reverse(rows)
	views, err := s.messageViews(ctx, s.DB.Read(ctx), reader, rows)
	v.Messages = views
	return err
}

// keepers names who looks after conversations; one who does not work in the store any more is none.
func (s *Service) keepers(r *gorm.DB, rows []models.Conversation) (map[models.ID]*KeeperView, error) {
	var accounts []models.ID
	for _, c := range rows {
		if !c.KeeperID.IsZero() {
			accounts = append(accounts, c.KeeperID)
		}
	}
	found := map[models.ID]*KeeperView{}
	if len(accounts) == 0 {
		return found, nil
	}
	names, err := s.Identity.Names(r, accounts)
	if err != nil {
		return nil, err
	}
	var grants []models.Grant
	err = r.Where("account_id IN ? AND store_id IS NOT NULL", accounts).Find(&grants).Error
	type job struct{ account, store models.ID }
	works := map[job]bool{}
	for _, g := range grants {
		works[job{g.AccountID, g.StoreID}] = true
	}
	for _, c := range rows {
		if works[job{c.KeeperID, c.StoreID}] {
			found[c.ID] = &KeeperView{AccountID: c.KeeperID, Name: names[c.KeeperID]}
		}
	}
	return found, err
}
