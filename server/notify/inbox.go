package notify

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/realtime"
	"onestreet/server/platform/web"
)

// Notice is a letter as its member reads it.
type Notice struct {
	ID    models.ID         `json:"id"`
	At    time.Time         `json:"at"`
	Kind  models.NoticeKind `json:"kind"`
	Title string            `json:"title"`
	Text  string            `json:"text"`
	Link  string            `json:"link" doc:"where the app goes on a tap"`
	Store *models.StoreRef  `json:"store,omitempty" doc:"in whose voice it is"`
	Read  bool              `json:"read"`
}

// InboxView is a page of the inbox, newest first.
type InboxView struct {
	web.Page[Notice]
	Unread int64 `json:"unread"`
	Seq    int64 `json:"seq" doc:"head of the stream inbox:<member> when this was read: follow it from here"`
}

// created is the item notice.created of an inbox stream.
type created struct {
	Notice Notice `json:"notice"`
	Unread int64  `json:"unread"`
}

// draft is a notice to be.
type draft struct {
	alliance, member, store models.ID
	kind                    models.NoticeKind
	reference, link         string
	at                      time.Time
	facts                   facts
}

// deliver writes a notice and tells the member's devices. It writes nothing for a member who has left, for what they
// were told already, and for a nudge that they need not bear.
func (s *Service) deliver(tx *gorm.DB, d draft) error {
	if d.kind.Nudge() {
		m, err := s.Pool.Member(tx.Statement.Context, d.alliance, d.member)
		if err != nil || m.Left() {
			return err
		}
		if welcome, err := s.mayNudge(tx, d); err != nil || !welcome {
			return err
		}
	}
	return s.deliverAll(tx, d.alliance, []draft{d})
}

// deliverAll writes notices that are no nudges, of one street, as deliver does.
func (s *Service) deliverAll(tx *gorm.DB, alliance models.ID, drafts []draft) error {
	members, err := s.addressees(tx, alliance, drafts)
	if err != nil {
		return err
	}
	var notices []models.Notice
	for _, d := range drafts {
		if m := members[d.member]; m.Left() {
			continue
		}
		text, err := json.Marshal(d.facts)
		if err != nil {
			return err
		}
		notices = append(notices, models.Notice{
			ID: models.NewID(), AllianceID: alliance, MemberID: d.member, Kind: d.kind, Reference: d.reference,
			StoreID: d.store, Link: d.link, Facts: string(text), At: d.at,
		})
	}
	if notices, err = write(tx, notices); err != nil || len(notices) == 0 {
		return err
	}
	return s.announce(tx, alliance, members, notices)
}

// addressees reads those to whom drafts go. Error: not_found.
func (s *Service) addressees(tx *gorm.DB, alliance models.ID, drafts []draft) (map[models.ID]models.Member, error) {
	ids := map[models.ID]bool{}
	for _, d := range drafts {
		ids[d.member] = true
	}
	members, err := s.Pool.Members(tx.Statement.Context, alliance, slices.Collect(maps.Keys(ids)))
	if err == nil && len(members) < len(ids) {
		err = models.ErrNotFound
	}
	return members, err
}

// write writes notices and returns those that nobody was told before.
func write(tx *gorm.DB, notices []models.Notice) ([]models.Notice, error) {
	if len(notices) == 0 {
		return nil, nil
	}
	made := db.OnConflictSkip(tx).Create(&notices)
	if made.Error != nil || made.RowsAffected == int64(len(notices)) {
		return notices, made.Error
	}
	ids, fresh := make([]models.ID, len(notices)), []models.ID{}
	for i, n := range notices {
		ids[i] = n.ID
	}
	err := tx.Model(&models.Notice{}).Where("id IN ?", ids).Pluck("id", &fresh).Error
	return slices.DeleteFunc(notices, func(n models.Notice) bool { return !slices.Contains(fresh, n.ID) }), err
}

// announce adds notices to their members' streams, in their members' languages.
func (s *Service) announce(tx *gorm.DB, alliance models.ID, members map[models.ID]models.Member, notices []models.Notice) error {
	var accounts, told []models.ID
	locales, unread := map[models.ID]string{}, map[models.ID]int64{}
	inboxes, items, unsaid := make([]string, len(notices)), make([]realtime.Draft, len(notices)), error(nil)
	for i, n := range notices {
		account := members[n.MemberID].AccountID
		told, accounts, inboxes[i] = append(told, n.MemberID), append(accounts, account), Inbox(n.MemberID)
		items[i] = realtime.Draft{Kind: "notice.created", Data: func(int64) any {
			shown, err := s.letters(tx.Statement.Context, alliance, locales[account], []models.Notice{n})
			if unsaid = errors.Join(unsaid, err); err != nil {
				return nil
			}
			return created{Notice: shown[0], Unread: unread[n.MemberID]}
		}}
	}
	_, err := s.Streams.AppendEach(tx, alliance, inboxes, items, s.Identity.AskLocales(tx, accounts, locales), askUnread(tx, told, unread))
	return errors.Join(err, unsaid)
}

// mayNudge tells whether the member may be nudged once more: the store is not muted, and the last seven days held fewer
// nudges than the street's weekly number. The member's row stays locked, so two nodes do not both send the last one.
func (s *Service) mayNudge(tx *gorm.DB, d draft) (bool, error) {
	if _, err := db.Find[models.Member](db.Lock(tx), "id = ?", d.member); err != nil {
		return false, err
	}
	var muted int64
	err := tx.Model(&models.Privacy{}).Where("member_id = ? AND store_id = ? AND muted = ?", d.member, d.store, true).Count(&muted).Error
	if err != nil || muted > 0 {
		return false, err
	}
	street, err := s.Pool.Alliance(tx.Statement.Context, d.alliance)
	if err != nil {
		return false, err
	}
	var sent int64
	err = tx.Model(&models.Notice{}).
		Where("member_id = ? AND kind IN ? AND at > ?", d.member, models.Nudges, d.at.Add(-models.NudgeWeek)).Count(&sent).Error
	return sent < int64(street.WeeklyLimit), err
}

// unreadOf counts the letters that members have not read.
func unreadOf(tx *gorm.DB, members []models.ID) (map[models.ID]int64, error) {
	unread := map[models.ID]int64{}
	return unread, db.FindAll(tx, askUnread(tx, members, unread))
}

// heap is how many letters a member has not read.
type heap struct {
	MemberID models.ID
	N        int64
}

func askUnread(tx *gorm.DB, members []models.ID, into map[models.ID]int64) db.Query {
	var rows []heap
	of := tx.Model(&models.Notice{}).Select("member_id, COUNT(*) AS n").Where("member_id IN ? AND read_at IS NULL", members).Group("member_id")
	return db.Query{Of: of, Into: &rows, Then: func() {
		for _, row := range rows {
			into[row.MemberID] = row.N
		}
	}}
}

// Unread counts the letters that a member has not read.
func (s *Service) Unread(ctx context.Context, member models.ID) (int64, error) {
	unread, err := unreadOf(s.DB.Read(ctx), []models.ID{member})
	return unread[member], err
}

// position is where a page begins.
type position struct {
	At time.Time `json:"at"`
	ID models.ID `json:"id"`
}

// Inbox reads a member's letters, newest first, in a language. Error: cursor.
func (s *Service) Inbox(ctx context.Context, alliance, member models.ID, locale, cursor string, limit int) (InboxView, error) {
	var after position
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return InboxView{}, err
	}
	// The head comes first: a letter that arrives meanwhile is read twice rather than never.
	head, err := s.Streams.Head(ctx, alliance, Inbox(member))
	if err != nil {
		return InboxView{}, err
	}
	query := s.DB.Read(ctx).Where("alliance_id = ? AND member_id = ?", alliance, member)
	if !after.ID.IsZero() {
		query = query.Where("at < ? OR at = ? AND id < ?", after.At, after.At, after.ID)
	}
	var rows []models.Notice
	if err := query.Order("at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return InboxView{}, err
	}
	next := ""
	if len(rows) > limit {
		last := rows[limit-1]
		rows, next = rows[:limit], web.EncodeCursor(position{At: last.At, ID: last.ID})
	}
	items, err := s.letters(ctx, alliance, locale, rows)
	if err != nil {
		return InboxView{}, err
	}
	unread, err := s.Unread(ctx, member)
	return InboxView{Page: web.NewPage(items, next), Unread: unread, Seq: head}, err
}

// MarkRead notes that a member has read everything up to a letter, and returns how many are left; other devices are
// told. Error: not_found for a letter that is not the member's.
func (s *Service) MarkRead(ctx context.Context, alliance, member, upTo models.ID) (int64, error) {
	var unread int64
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		last, err := db.Find[models.Notice](tx, "id = ? AND alliance_id = ? AND member_id = ?", upTo, alliance, member)
		if err != nil {
			return err
		}
		err = tx.Model(&models.Notice{}).
			Where("member_id = ? AND read_at IS NULL AND (at < ? OR at = ? AND id <= ?)", member, last.At, last.At, last.ID).
			Update("read_at", s.Clock.Now()).Error
		if err != nil {
			return err
		}
		left, err := unreadOf(tx, []models.ID{member})
		unread = left[member]
		return err
	})
	if err != nil {
		return 0, err
	}
	s.Streams.Signal(alliance, Inbox(member), "inbox.read", map[string]int64{"unread": unread})
	return unread, nil
}
