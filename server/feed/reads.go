package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// mostUnread is how many unread posts of a feed are told of; nobody counts further.
const mostUnread = 100

// FeedUnread is what somebody has not read of a feed. A post of their own, or of a neighbour whom they hide, is not in it;
// and of a feed that they have not opened yet, nothing is.
type FeedUnread struct {
	Feed  string      `json:"feed"`
	Seq   int64       `json:"seq" doc:"read up to here, on whatever device; -1: not opened yet"`
	Head  int64       `json:"head" doc:"of the feed's stream"`
	Posts []models.ID `json:"posts" nullable:"false" doc:"the unread ones, newest first, at most 100"`
}

// Unread tells what somebody has not read: of the street's feed, and of the circles they are in.
func (s *Service) Unread(ctx context.Context, reader *identity.Principal) ([]FeedUnread, error) {
	var circles []models.ID
	err := s.DB.Read(ctx).Model(&models.CircleMember{}).Where("account_id = ? AND alliance_id = ? AND state = ?", reader.AccountID, reader.AllianceID, models.CircleMemberIn).
		Order("circle_id").Pluck("circle_id", &circles).Error
	if err != nil {
		return nil, err
	}
	feeds := []string{models.StreetFeed}
	for _, id := range circles {
		feeds = append(feeds, id.String())
	}
	all := make([]FeedUnread, len(feeds))
	for i, feed := range feeds {
		if all[i], err = s.unread(ctx, reader, feed); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (s *Service) unread(ctx context.Context, reader *identity.Principal, feed string) (FeedUnread, error) {
	u := FeedUnread{Feed: feed, Posts: []models.ID{}}
	var err error
	if u.Seq, err = s.readUpTo(ctx, reader, feed); err != nil {
		return u, err
	}
	if u.Head, err = s.Streams.Head(ctx, reader.AllianceID, models.FeedStream(feed)); err != nil || u.Seq == neverOpened || u.Seq >= u.Head {
		return u, err
	}
	posts := s.DB.Read(ctx).Model(&models.Post{}).
		Where("alliance_id = ? AND feed = ? AND seq > ? AND deleted_at IS NULL AND (account_id IS NULL OR account_id <> ?)", reader.AllianceID, feed, u.Seq, reader.AccountID)
	return u, conduct.NotBlocked(posts, reader, "posts").Order("seq DESC").Limit(mostUnread).Pluck("id", &u.Posts).Error
}

// neverOpened is the mark of who has not opened a feed.
const neverOpened = -1

// readUpTo is somebody's mark in a feed, or neverOpened.
func (s *Service) readUpTo(ctx context.Context, reader *identity.Principal, feed string) (int64, error) {
	if reader.Visitor() {
		return neverOpened, nil
	}
	var marks []int64
	err := s.DB.Read(ctx).Model(&models.FeedRead{}).Where("account_id = ? AND alliance_id = ? AND feed = ?", reader.AccountID, reader.AllianceID, feed).
		Pluck("seq", &marks).Error
	if err != nil || len(marks) == 0 {
		return neverOpened, err
	}
	return marks[0], nil
}

// MarkRead notes that somebody has read a feed up to a seq; one beyond the last item counts as that one. Of two devices the
// one that is further wins, whichever comes first: what is read stays read. Their other devices are told. Errors: not_found,
// not_in_circle.
func (s *Service) MarkRead(ctx context.Context, reader *identity.Principal, feed string, seq int64) (FeedUnread, error) {
	if err := s.MayRead(ctx, reader, feed); err != nil {
		return FeedUnread{}, err
	}
	head, err := s.Streams.Head(ctx, reader.AllianceID, models.FeedStream(feed))
	if err != nil {
		return FeedUnread{}, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		raised, err := s.raise(tx, reader, feed, min(seq, head))
		if err == nil && raised && !reader.MemberID.IsZero() {
			db.AfterCommit(tx, func() { s.tellRead(reader, feed) })
		}
		return err
	})
	if err != nil {
		return FeedUnread{}, err
	}
	return s.unread(ctx, reader, feed)
}

// raise lifts somebody's mark, and never lowers it.
func (s *Service) raise(tx *gorm.DB, reader *identity.Principal, feed string, seq int64) (bool, error) {
	mark := models.FeedRead{AccountID: reader.AccountID, AllianceID: reader.AllianceID, Feed: feed, Seq: seq, At: s.Clock.Now()}
	made := db.OnConflictSkip(tx).Create(&mark)
	if made.Error != nil || made.RowsAffected > 0 {
		return true, made.Error
	}
	higher := tx.Model(&models.FeedRead{}).Where("account_id = ? AND alliance_id = ? AND feed = ? AND seq < ?", reader.AccountID, reader.AllianceID, feed, seq).
		Updates(map[string]any{"seq": seq, "at": mark.At})
	return higher.RowsAffected > 0, higher.Error
}

// tellRead lets a member's other devices know, by their inbox, how it stands when the signal leaves.
func (s *Service) tellRead(reader *identity.Principal, feed string) {
	about, err := models.ParseID(feed)
	if err != nil {
		about = models.ID{} // the street's
	}
	s.Streams.Signal(reader.AllianceID, "inbox:"+reader.MemberID.String(), "feed.read", func() any {
		now, err := s.unread(context.Background(), reader, feed)
		if err != nil {
			return nil
		}
		return now
	}, about)
}

// startReading sets the mark of who comes into a circle: what was said before is not news to them.
func (s *Service) startReading(tx *gorm.DB, by *identity.Principal, c models.Circle) error {
	var heads []int64
	err := tx.Model(&models.Stream{}).Where("alliance_id = ? AND name = ?", c.AllianceID, models.FeedStream(c.ID.String())).Pluck("head", &heads).Error
	if err != nil {
		return err
	}
	_, err = s.raise(tx, by, c.ID.String(), append(heads, 0)[0])
	return err
}
