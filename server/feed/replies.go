package feed

import (
	"bytes"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/realtime"
	"onestreet/server/platform/web"
)

// reply is a comment that is being written: what it says to whom, and how many there are under the post with it.
type reply struct {
	comment  models.PostComment
	author   Author
	post     *models.Post
	answered models.ID
	called   []models.TalkMention
	count    int64
	shown    CommentView
}

func (r *reply) place() place { return place{r.post.AllianceID, r.post.ID, r.comment.ID} }

// replyAll writes a batch of comments: each is judged by itself, and one that is refused changes nothing; the others are
// written together. The rows of all their posts are held first, in the order of their ids, so that two batches never wait
// for each other. One that was answered before is there by its id only.
func (s *Service) replyAll(tx *gorm.DB, batch []Answer) ([]db.Answer[models.PostComment], error) {
	answers := make([]db.Answer[models.PostComment], len(batch))
	under, err := s.holdPosts(tx, batch)
	if err != nil {
		return nil, err
	}
	asks := make([]*web.Ask, len(batch))
	for i, d := range batch {
		asks[i] = d.ask
	}
	answered, err := web.AnswersTo(tx, asks)
	if err != nil {
		return nil, err
	}
	all := make([]*reply, len(batch))
	for i, d := range batch {
		all[i], err = s.replyOnce(tx, answered, under, d, &answers[i])
		if err != nil {
			return nil, err // the database's word, not ours: the batch is run again or fails as one
		}
	}
	if err := s.writeReplies(tx, slices.DeleteFunc(slices.Clone(all), func(r *reply) bool { return r == nil })); err != nil {
		return nil, err
	}
	for i, r := range all {
		if r != nil {
			answers[i].Value = r.comment
		}
	}
	return answers, answered.Keep(tx, s.Clock.Now())
}

// replyNow writes a comment in the caller's transaction.
func (s *Service) replyNow(tx *gorm.DB, d Answer) error {
	answers, err := s.replyAll(tx, []Answer{d})
	if err != nil {
		return err
	}
	return answers[0].Err
}

// replyOnce prepares a comment, unless it was made before or is refused: that is its answer then, and there is no reply.
func (s *Service) replyOnce(tx *gorm.DB, answered *web.Answers, under map[models.ID]*models.Post, d Answer, to *db.Answer[models.PostComment]) (*reply, error) {
	first, err := web.First[answer](answered, d.ask)
	if err != nil {
		to.Err = err
		return nil, nil
	}
	if first != nil {
		to.Value.ID, to.Err = first.Comment, first.told()
		return nil, nil
	}
	r, err := s.prepareReply(tx, under[d.Post], d)
	if web.Refused(err) {
		to.Err = err
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	keepAnswer(answered, d.ask, answer{Comment: r.comment.ID})
	return r, nil
}

// holdPosts locks the rows of the posts that are answered.
func (s *Service) holdPosts(tx *gorm.DB, batch []Answer) (map[models.ID]*models.Post, error) {
	ids := map[models.ID]bool{}
	var wanted []models.ID
	for _, d := range batch {
		if !ids[d.Post] {
			ids[d.Post], wanted = true, append(wanted, d.Post)
		}
	}
	var rows []models.Post
	err := db.Lock(tx).Where("id IN ?", wanted).Order("id").Find(&rows).Error
	held := make(map[models.ID]*models.Post, len(rows))
	for i := range rows {
		held[rows[i].ID] = &rows[i]
	}
	return held, err
}

// prepareReply makes the comment of an answer, and does what may still refuse it: what was done is undone then. The post's
// row is held; nil is one that there is not.
func (s *Service) prepareReply(tx *gorm.DB, p *models.Post, d Answer) (*reply, error) {
	if p == nil || p.AllianceID != d.Alliance {
		return nil, models.ErrNotFound
	}
	if err := s.mayAnswer(tx, d.Author, *p); err != nil {
		return nil, err
	}
	r := &reply{author: d.Author, post: p, comment: models.PostComment{
		ID: models.NewID(), AllianceID: d.Alliance, PostID: p.ID, AccountID: d.Account, MemberID: d.Member, StoreID: d.Store,
		Text: d.Text, CreatedAt: s.Clock.Now(),
	}}
	if !d.held.IsZero() {
		r.comment.ID = d.held
	}
	if err := r.under(tx, d.To); err != nil {
		return nil, err
	}
	if len(d.Mentions) > 0 || d.weighed.Notes() {
		if err := db.Part(tx, func(tx *gorm.DB) error { return s.settleReply(tx, d, r) }); err != nil {
			return nil, err
		}
	}
	p.Comments++
	r.count = p.Comments
	return r, nil
}

// settleReply is what a comment does before it is written, and may be refused by.
func (s *Service) settleReply(tx *gorm.DB, d Answer, r *reply) (err error) {
	if err := s.Conduct.Said(tx, d.weighed, r.comment.ID); err != nil || len(d.Mentions) == 0 {
		return err
	}
	r.called, err = s.called(tx, r.place(), d.Said)
	return err
}

// under puts a reply below the comment it answers, one level deep, and notes the member whom it answers.
func (r *reply) under(tx *gorm.DB, to models.ID) error {
	if to.IsZero() {
		r.answered = r.post.MemberID
		return nil
	}
	parent, err := comment(tx, *r.post, to)
	if err != nil {
		return err
	}
	r.answered, r.comment.ReplyToID, r.comment.ParentID = parent.MemberID, parent.ID, parent.ID
	if !parent.ParentID.IsZero() {
		r.comment.ParentID = parent.ParentID
	}
	return nil
}

// comment reads one under a post. Errors: not_found, comment_gone.
func comment(tx *gorm.DB, p models.Post, id models.ID) (models.PostComment, error) {
	c, err := db.Find[models.PostComment](tx, "id = ? AND post_id = ?", id, p.ID)
	if err == nil && c.DeletedAt != nil {
		err = ErrCommentGone
	}
	return c, err
}

// writeReplies writes comments: a statement a table, and one or two a post. What lies in the streams comes last, street by
// street in the order of their ids, for the streams' rows are held until the commit.
func (s *Service) writeReplies(tx *gorm.DB, all []*reply) error {
	if len(all) == 0 {
		return nil
	}
	return s.Outbox.Gather(tx, func(tx *gorm.DB) error {
		if err := s.underPosts(tx, all); err != nil {
			return err
		}
		if err := s.callReplies(tx, all); err != nil {
			return err
		}
		for _, street := range grouped(all, func(r *reply) models.ID { return r.post.AllianceID }) {
			if err := s.tellReplies(tx, street); err != nil {
				return err
			}
		}
		return insertReplies(tx, all)
	})
}

// grouped puts what belongs together side by side, each group in the order in which it came, by the order of their ids.
func grouped[T any](all []T, of func(T) models.ID) [][]T {
	groups := map[models.ID][]T{}
	for _, one := range all {
		groups[of(one)] = append(groups[of(one)], one)
	}
	ordered := make([][]T, 0, len(groups))
	for _, group := range groups {
		ordered = append(ordered, group)
	}
	slices.SortFunc(ordered, func(a, b []T) int {
		left, right := of(a[0]), of(b[0])
		return bytes.Compare(left[:], right[:])
	})
	return ordered
}

// underPosts counts the comments in their posts, and makes the posts found by their words.
func (s *Service) underPosts(tx *gorm.DB, all []*reply) error {
	for _, group := range grouped(all, func(r *reply) models.ID { return r.post.ID }) {
		p, texts := group[0].post, make([]string, len(group))
		for i, r := range group {
			texts[i] = r.comment.Text
		}
		if err := tx.Model(&models.Post{}).Where("id = ?", p.ID).Update("comments", gorm.Expr("comments + ?", len(group))).Error; err != nil {
			return err
		}
		if err := addTerms(tx, p.AllianceID, p.ID, texts...); err != nil {
			return err
		}
	}
	return nil
}

// callReplies notes whom the comments call, and tells them and those who are answered.
func (s *Service) callReplies(tx *gorm.DB, all []*reply) error {
	var called []models.TalkMention
	for _, r := range all {
		called = append(called, r.called...)
		if err := s.call(tx, r.author, r.place(), r.called, r.answered); err != nil {
			return err
		}
	}
	if len(called) == 0 {
		return nil
	}
	return tx.Create(&called).Error
}

// tellReplies gives the comments of one street their places in the streams, as a visitor sees them, and tells the features.
func (s *Service) tellReplies(tx *gorm.DB, street []*reply) error {
	alliance, rows := street[0].post.AllianceID, make([]models.PostComment, len(street))
	for i, r := range street {
		rows[i] = r.comment
	}
	views, err := s.commentViews(tx.Statement.Context, &identity.Principal{AllianceID: alliance}, rows)
	if err != nil {
		return err
	}
	to, items := make([]string, len(street)), make([]realtime.Draft, len(street))
	for i, r := range street {
		r.shown = views[i]
		to[i], items[i] = models.FeedStream(r.post.Feed), realtime.Draft{Kind: "comment.created", Data: r.item}
	}
	if _, err := s.Streams.AppendEach(tx, alliance, to, items); err != nil {
		return err
	}
	for _, r := range street {
		told := models.CommentCreated{PostID: r.post.ID, CommentID: r.comment.ID, MemberID: r.comment.MemberID, StoreID: r.post.StoreID, At: r.comment.CreatedAt}
		if err := s.Outbox.Add(tx, alliance, models.EventCommentCreated, told); err != nil {
			return err
		}
	}
	return nil
}

// item is what the stream says of a comment that has got its place in it.
func (r *reply) item(seq int64) any {
	r.comment.Seq = seq
	return map[string]any{"post_id": r.post.ID, "comment": r.shown, "comments": r.count}
}

// newReplies writes new comments; what is not among the columns begins as the table has it.
var newReplies = db.Insert{
	Into:  "post_comments (id, alliance_id, post_id, parent_id, reply_to_id, seq, account_id, member_id, store_id, text, created_at)",
	Width: 11,
}

func insertReplies(tx *gorm.DB, all []*reply) error {
	rows := make([]any, 0, len(all)*newReplies.Width)
	for _, r := range all {
		c := r.comment
		rows = append(rows, c.ID, c.AllianceID, c.PostID, c.ParentID, c.ReplyToID, c.Seq, c.AccountID, c.MemberID, c.StoreID, c.Text, c.CreatedAt)
	}
	return newReplies.Exec(tx, rows)
}
