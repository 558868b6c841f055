package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/conduct"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/pool"
)

// lastComments is how many answers a post shows at once.
const lastComments = 3

// PostView is a post as a reader sees it.
type PostView struct {
	ID           models.ID        `json:"id"`
	Seq          int64            `json:"seq"`
	Stream       string           `json:"stream"`
	Author       models.PersonRef `json:"author"`
	Store        *models.StoreRef `json:"store,omitempty" doc:"the store whose persona speaks"`
	Text         string           `json:"text"`
	Photos       []PhotoView      `json:"photos" nullable:"false"`
	Card         *CardView        `json:"card,omitempty"`
	Likes        int64            `json:"likes"`
	Liked        bool             `json:"liked"`
	Reactions    []ReactionView   `json:"reactions" nullable:"false" doc:"those that somebody gave"`
	Mentions     []MentionView    `json:"mentions" nullable:"false"`
	Comments     int64            `json:"comments"`
	LastComments []CommentView    `json:"last_comments" nullable:"false" doc:"the newest three, oldest of them first"`
	Mine         bool             `json:"mine" doc:"the reader may remove it"`
	Editable     bool             `json:"editable" doc:"the reader may change its words"`
	Pinnable     bool             `json:"pinnable" doc:"the reader may put it at the top of its feed"`
	CreatedAt    time.Time        `json:"created_at"`
	EditedAt     *time.Time       `json:"edited_at,omitempty"`
}

// CardView is what a post shows besides its words; one of them is there.
type CardView struct {
	Kind       models.CardKind          `json:"kind" enum:"campaign,event,part,story,store"`
	ID         models.ID                `json:"id"`
	Campaign   *coupon.CampaignView     `json:"campaign,omitempty"`
	Occurrence *calendar.OccurrenceView `json:"occurrence,omitempty"`
	Part       *PartCard                `json:"part,omitempty"`
	Story      *StoryCard               `json:"story,omitempty"`
	Store      *pool.StoreFront         `json:"store,omitempty"`
}

// CommentView is an answer. A reply names the answer it stands under and what it replies to, which comes before it in the
// list. One that was taken down while others replied to it is Gone: its words and who spoke are empty.
type CommentView struct {
	ID        models.ID        `json:"id"`
	PostID    models.ID        `json:"post_id"`
	ParentID  models.ID        `json:"parent_id,omitzero"`
	ReplyToID models.ID        `json:"reply_to_id,omitzero"`
	Author    models.PersonRef `json:"author"`
	Store     *models.StoreRef `json:"store,omitempty"`
	Text      string           `json:"text"`
	Mentions  []MentionView    `json:"mentions" nullable:"false"`
	Mine      bool             `json:"mine" doc:"the reader may remove it"`
	Editable  bool             `json:"editable" doc:"the reader may change its words"`
	Gone      bool             `json:"gone"`
	CreatedAt time.Time        `json:"created_at"`
	EditedAt  *time.Time       `json:"edited_at,omitempty"`
}

// views shows posts of one street to a reader, in the given order, with a fixed number of queries.
func (s *Service) views(ctx context.Context, reader *identity.Principal, posts []models.Post) ([]PostView, error) {
	b, err := s.gather(ctx, reader, posts)
	if err != nil {
		return nil, err
	}
	views := make([]PostView, len(posts))
	for i, p := range posts {
		views[i] = b.view(reader, p)
	}
	return views, nil
}

// publicView is the post as a visitor sees it.
func (s *Service) publicView(tx *gorm.DB, p models.Post) (PostView, error) {
	views, err := s.views(tx.Statement.Context, &identity.Principal{AllianceID: p.AllianceID}, []models.Post{p})
	if err != nil {
		return PostView{}, err
	}
	return views[0], nil
}

// view is a post before its backdrop.
func (b backdrop) view(reader *identity.Principal, p models.Post) PostView {
	return PostView{
		ID: p.ID, Seq: p.Seq, Stream: models.FeedStream(p.Feed), Author: b.people.speaker(p.AccountID, p.MemberID, p.StoreID), Store: b.people.store(p.StoreID),
		Text: p.Text, Photos: listed(b.photos[p.ID]), Card: b.card(p), Likes: p.Likes, Liked: b.liked[p.ID], Reactions: listed(b.reactions[p.ID]),
		Mentions: listed(b.mentions[p.ID]), Comments: p.Comments, LastComments: listed(b.comments[p.ID]), CreatedAt: p.CreatedAt, EditedAt: p.EditedAt,
		Mine:     !reader.Visitor() && (b.moderated[p.Feed] || mayRemove(reader, p.AccountID, p.StoreID)),
		Editable: !reader.Visitor() && mayEdit(reader, p.AccountID, p.StoreID),
		Pinnable: b.moderated[p.Feed],
	}
}

// backdrop is all that posts need besides their rows.
type backdrop struct {
	people    people
	photos    map[models.ID][]PhotoView
	liked     map[models.ID]bool
	reactions map[models.ID][]ReactionView
	mentions  map[models.ID][]MentionView
	comments  map[models.ID][]CommentView
	campaigns map[models.ID]coupon.CampaignView
	events    map[models.ID]calendar.OccurrenceView
	bound     map[models.ID]CardView
	stores    map[models.ID]pool.StoreFront
	moderated map[string]bool
}

func (s *Service) gather(ctx context.Context, reader *identity.Principal, posts []models.Post) (backdrop, error) {
	b, err := s.stage(ctx, reader, posts)
	if err != nil {
		return b, err
	}
	ids := idsOf(posts)
	if b.liked, err = s.likedBy(ctx, reader.AccountID, ids); err != nil {
		return b, err
	}
	if b.moderated, err = s.moderated(s.DB.Read(ctx), reader, posts); err != nil {
		return b, err
	}
	if b.reactions, err = s.reactions(ctx, reader.AccountID, ids); err != nil {
		return b, err
	}
	b.comments, err = s.newestComments(ctx, reader, posts)
	return b, err
}

// stage is what posts show themselves, without what was said to them: all that there is of new ones.
func (s *Service) stage(ctx context.Context, reader *identity.Principal, posts []models.Post) (backdrop, error) {
	b, err := s.scene(ctx, reader, posts)
	if err != nil {
		return b, err
	}
	if b.photos, err = s.photosOf(ctx, idsOf(posts)); err != nil {
		return b, err
	}
	b.mentions, err = mentionsOf(s.DB.Read(ctx), idsOf(posts))
	return b, err
}

// scene is who speaks, and what the cards are of.
func (s *Service) scene(ctx context.Context, reader *identity.Principal, posts []models.Post) (b backdrop, err error) {
	said := make([]voice, len(posts))
	for i, p := range posts {
		said[i] = voice{p.AccountID, p.MemberID, p.StoreID}
	}
	if b.people, err = s.people(ctx, reader.AllianceID, said); err != nil {
		return b, err
	}
	return b, s.stageCards(ctx, reader, posts, &b)
}

func (s *Service) stageCards(ctx context.Context, reader *identity.Principal, posts []models.Post, b *backdrop) (err error) {
	cards := map[models.CardKind][]models.ID{}
	for _, p := range posts {
		cards[p.CardKind] = append(cards[p.CardKind], p.CardID)
	}
	if b.bound, err = s.boundCards(ctx, posts); err != nil {
		return err
	}
	if campaigns := cards[models.CardCampaign]; len(campaigns) > 0 {
		if b.campaigns, err = s.Coupon.View(ctx, reader, campaigns); err != nil {
			return err
		}
	}
	if b.stores, err = s.storeCards(ctx, reader.AllianceID, cards[models.CardStore]); err != nil {
		return err
	}
	b.events, err = s.Calendar.Cards(ctx, reader.AllianceID, reader.MemberID, cards[models.CardEvent])
	return err
}

func idsOf(posts []models.Post) []models.ID {
	ids := make([]models.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	return ids
}

// card is nil also when what it showed may not be seen any more.
func (b backdrop) card(p models.Post) *CardView {
	v := &CardView{Kind: p.CardKind, ID: p.CardID}
	switch p.CardKind {
	case models.CardCampaign:
		if c, ok := b.campaigns[p.CardID]; ok {
			v.Campaign = &c
			return v
		}
	case models.CardEvent:
		if e, ok := b.events[p.CardID]; ok {
			v.Occurrence = &e
			return v
		}
	case models.CardStore:
		if store, ok := b.stores[p.CardID]; ok {
			v.Store = &store
			return v
		}
	default:
		if bound, ok := b.bound[p.ID]; ok {
			return &bound
		}
	}
	return nil
}

func (s *Service) likedBy(ctx context.Context, account models.ID, posts []models.ID) (map[models.ID]bool, error) {
	liked := map[models.ID]bool{}
	if account.IsZero() || len(posts) == 0 {
		return liked, nil
	}
	var rows []models.PostLike
	err := s.DB.Read(ctx).Where("account_id = ? AND post_id IN ?", account, posts).Find(&rows).Error
	for _, r := range rows {
		liked[r.PostID] = true
	}
	return liked, err
}

// newestComments reads the last answers of each post that has any.
func (s *Service) newestComments(ctx context.Context, reader *identity.Principal, posts []models.Post) (map[models.ID][]CommentView, error) {
	var answered []models.ID
	for _, p := range posts {
		if p.Comments > 0 {
			answered = append(answered, p.ID)
		}
	}
	if len(answered) == 0 {
		return nil, nil
	}
	ranked := s.DB.Read(ctx).Model(&models.PostComment{}).
		Select("*, ROW_NUMBER() OVER (PARTITION BY post_id ORDER BY created_at DESC, id DESC) AS place").
		Where("post_id IN ? AND deleted_at IS NULL", answered)
	ranked = conduct.NotBlocked(ranked, reader, "post_comments")
	var rows []models.PostComment
	err := s.DB.Read(ctx).Table("(?) AS c", ranked).Where("place <= ?", lastComments).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	views, err := s.commentViews(ctx, reader, rows)
	byPost := map[models.ID][]CommentView{}
	for _, v := range views {
		byPost[v.PostID] = append(byPost[v.PostID], v)
	}
	return byPost, err
}

func (s *Service) commentViews(ctx context.Context, reader *identity.Principal, rows []models.PostComment) ([]CommentView, error) {
	said, ids := make([]voice, len(rows)), make([]models.ID, len(rows))
	for i, c := range rows {
		said[i], ids[i] = voice{c.AccountID, c.MemberID, c.StoreID}, c.ID
	}
	known, err := s.people(ctx, reader.AllianceID, said)
	if err != nil {
		return nil, err
	}
	called, err := mentionsOf(s.DB.Read(ctx), ids)
	views := make([]CommentView, 0, len(rows))
	for _, c := range rows {
		views = append(views, commentView(reader, c, known, called[c.ID]))
	}
	return views, err
}

func commentView(reader *identity.Principal, c models.PostComment, known people, called []MentionView) CommentView {
	v := CommentView{ID: c.ID, PostID: c.PostID, ParentID: c.ParentID, ReplyToID: c.ReplyToID, Mentions: listed(called), CreatedAt: c.CreatedAt}
	if c.DeletedAt != nil {
		v.Gone = true
		return v
	}
	v.Author, v.Store = known.speaker(c.AccountID, c.MemberID, c.StoreID), known.store(c.StoreID)
	v.Text, v.EditedAt = c.Text, c.EditedAt
	v.Mine = !reader.Visitor() && mayRemove(reader, c.AccountID, c.StoreID)
	v.Editable = !reader.Visitor() && mayEdit(reader, c.AccountID, c.StoreID)
	return v
}
