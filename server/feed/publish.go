package feed

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed/words"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/realtime"
	"onestreet/server/platform/web"
)

// spoken is what became of a draft: its post, and how everybody sees it.
type spoken struct {
	post  models.Post
	shown PostView
	again bool // it was said before, with the same key; shown is empty
}

// fresh is a post that is being written, and whom its text calls.
type fresh struct {
	post   models.Post
	author Author
	called []models.TalkMention
	shown  PostView

	pictured bool
}

// publish writes a batch, street by street in the order of their ids.
func (s *Service) publish(tx *gorm.DB, batch []Draft) ([]db.Answer[spoken], error) {
	answers := make([]db.Answer[spoken], len(batch))
	return answers, db.Late(tx, func(tx *gorm.DB) error {
		for _, group := range byStreet(batch) {
			if err := s.publishGroup(tx, batch, group, answers); err != nil {
				return err
			}
		}
		return nil
	})
}

// byStreet groups the places in a batch, each group in the order in which its drafts came.
func byStreet(batch []Draft) [][]int {
	places := make([]int, len(batch))
	for i := range places {
		places[i] = i
	}
	return grouped(places, func(i int) models.ID { return batch[i].Alliance })
}

// publishGroup writes what one street says: each draft is prepared by itself, and one that is refused changes nothing; the
// others are written together.
func (s *Service) publishGroup(tx *gorm.DB, batch []Draft, group []int, answers []db.Answer[spoken]) error {
	answered, err := web.AnswersTo(tx, asksOf(batch, group))
	if err != nil {
		return err
	}
	var all []*fresh
	var places []int
	for _, i := range group {
		d := batch[i]
		first, err := web.First[answer](answered, d.ask)
		if answers[i].Err = err; err != nil {
			continue
		}
		if first != nil {
			answers[i].Value, answers[i].Err = first.post()
			continue
		}
		f, err := s.prepare(tx, d)
		if answers[i].Err = err; web.Refused(err) {
			continue
		}
		if err != nil {
			return err // the database's word, not ours: the batch is run again or fails as one
		}
		keepAnswer(answered, d.ask, answer{Post: f.post.ID})
		all, places = append(all, f), append(places, i)
	}
	if err := s.writeAll(tx, batch[group[0]].Alliance, all); err != nil {
		return err
	}
	for n, i := range places {
		answers[i].Value = spoken{post: all[n].post, shown: all[n].shown}
	}
	return answered.Keep(tx, s.Clock.Now())
}

func asksOf(batch []Draft, group []int) []*web.Ask {
	asks := make([]*web.Ask, len(group))
	for i, at := range group {
		asks[i] = batch[at].ask
	}
	return asks
}

// prepare makes the post of a draft, and does what may still refuse it: what was done is undone then.
func (s *Service) prepare(tx *gorm.DB, d Draft) (*fresh, error) {
	f := &fresh{author: d.Author, pictured: len(d.Photos) > 0, post: models.Post{
		ID: models.NewID(), AllianceID: d.Alliance, Feed: d.Feed, AccountID: d.Account, MemberID: d.Member, StoreID: d.Store,
		Text: d.Text, CardKind: d.Card, CardID: d.CardID, CreatedAt: s.Clock.Now(), Indexed: words.Version,
	}}
	if !d.held.IsZero() {
		f.post.ID = d.held
	}
	_, bound := s.bindings[d.Card]
	if len(d.Photos)+len(d.Mentions) == 0 && !bound && !d.weighed.Notes() {
		return f, nil // only words: nothing can refuse them any more
	}
	return f, db.Part(tx, func(tx *gorm.DB) error { return s.settle(tx, d, f) })
}

// settle is what a post does before it is written, and may be refused by.
func (s *Service) settle(tx *gorm.DB, d Draft, f *fresh) (err error) {
	if err := takePhotos(tx, f.post, d.Photos); err != nil {
		return err
	}
	if err := s.Conduct.Said(tx, d.weighed, f.post.ID); err != nil {
		return err
	}
	if len(d.Mentions) > 0 {
		if f.called, err = s.called(tx, f.place(), Said{d.Text, d.Mentions}); err != nil {
			return err
		}
	}
	return s.written(tx, f.post, d.Head)
}

func (f *fresh) place() place { return place{f.post.AllianceID, f.post.ID, f.post.ID} }

// write adds one post in the caller's transaction.
func (s *Service) write(tx *gorm.DB, d Draft) (models.Post, error) {
	f, err := s.prepare(tx, d)
	if err != nil {
		return models.Post{}, err
	}
	err = s.writeAll(tx, d.Alliance, []*fresh{f})
	return f.post, err
}

// writeAll writes posts of one street: a statement a table, however many they are. Their places in the streams come last,
// for the streams' rows are held until the commit, and all else can be done while another batch holds them.
func (s *Service) writeAll(tx *gorm.DB, alliance models.ID, all []*fresh) error {
	if len(all) == 0 {
		return nil
	}
	posts := make([]models.Post, len(all))
	for i, f := range all {
		posts[i] = f.post
	}
	if err := s.show(tx, alliance, all, posts); err != nil {
		return err
	}
	if err := addFirstTerms(tx, posts); err != nil {
		return err
	}
	if err := s.tellAll(tx, alliance, all); err != nil {
		return err
	}
	return s.announce(tx, alliance, all)
}

// tellAll tells what is said, and those whom it calls.
func (s *Service) tellAll(tx *gorm.DB, alliance models.ID, all []*fresh) error {
	return s.Outbox.Gather(tx, func(tx *gorm.DB) error {
		for _, f := range all {
			p := f.post
			told := models.PostCreated{PostID: p.ID, AuthorAccountID: p.AccountID, Stream: models.FeedStream(p.Feed), MemberID: p.MemberID, StoreID: p.StoreID, At: p.CreatedAt}
			if err := s.Outbox.Add(tx, alliance, models.EventPostCreated, told); err != nil {
				return err
			}
		}
		return s.callAll(tx, all)
	})
}

// callAll notes whom the posts call, and tells them.
func (s *Service) callAll(tx *gorm.DB, all []*fresh) error {
	var called []models.TalkMention
	for _, f := range all {
		called = append(called, f.called...)
		if err := s.call(tx, f.author, f.place(), f.called, models.ID{}); err != nil {
			return err
		}
	}
	if len(called) == 0 {
		return nil
	}
	return tx.Create(&called).Error
}

// show makes the posts as a visitor sees them: so they stand in the stream. Of a new post's pictures and mentions is known
// whether there are any.
func (s *Service) show(tx *gorm.DB, alliance models.ID, all []*fresh, posts []models.Post) error {
	ctx, visitor := tx.Statement.Context, &identity.Principal{AllianceID: alliance}
	b, err := s.scene(ctx, visitor, posts)
	if err != nil {
		return err
	}
	var pictured []models.ID
	var called []models.TalkMention
	for _, f := range all {
		if called = append(called, f.called...); f.pictured {
			pictured = append(pictured, f.post.ID)
		}
	}
	if b.photos, err = s.photosOf(ctx, pictured); err != nil {
		return err
	}
	b.mentions = mentionViews(called)
	for _, f := range all {
		f.shown = b.view(visitor, f.post)
	}
	return nil
}

// announce gives the posts their places in the streams.
func (s *Service) announce(tx *gorm.DB, alliance models.ID, all []*fresh) error {
	to, items := make([]string, len(all)), make([]realtime.Draft, len(all))
	for i, f := range all {
		to[i], items[i] = models.FeedStream(f.post.Feed), realtime.Draft{Kind: "post.created", Data: f.item}
	}
	if _, err := s.Streams.AppendEach(tx, alliance, to, items); err != nil {
		return err
	}
	rows := make([]any, 0, len(all)*insertPosts.Width)
	for _, f := range all {
		p := f.post
		rows = append(rows, p.ID, p.AllianceID, p.Feed, p.Seq, p.AccountID, p.MemberID, p.StoreID, p.Text, p.CardKind, p.CardID, p.CreatedAt, p.Indexed)
	}
	return insertPosts.Exec(tx, rows)
}

// insertPosts writes new posts; what is not among the columns begins as the table has it.
var insertPosts = db.Insert{
	Into:  "posts (id, alliance_id, feed, seq, account_id, member_id, store_id, text, card_kind, card_id, created_at, indexed)",
	Width: 12,
}

// item is what the stream says of a post that has got its place in it.
func (f *fresh) item(seq int64) any {
	f.post.Seq, f.shown.Seq = seq, seq
	return map[string]any{"post": f.shown}
}
