package feed

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed/words"
)

// namedMost is how many members of one name are looked after.
const namedMost = 200

// named are those whose names have a piece of a query.
type named struct{ members, stores map[models.ID]bool }

func (n named) said(p models.Post) bool {
	if !p.StoreID.IsZero() {
		return n.stores[p.StoreID]
	}
	return n.members[p.MemberID]
}

// lookUpNames finds, for each piece, whose name has it: names are read as they are now, so a new name is found at once and
// one that is gone is not.
func (s *search) lookUpNames(ctx context.Context) error {
	stores, err := s.Pool.Stores(ctx, s.reader.AllianceID)
	if err != nil {
		return err
	}
	for _, p := range s.query.Pieces {
		n := named{members: map[models.ID]bool{}, stores: map[models.ID]bool{}}
		for _, store := range stores {
			if p.In(store.Name) || p.In(store.PersonaName) {
				n.stores[store.ID] = true
			}
		}
		var rows []models.Member
		err := s.read.Select("id, name").Where("alliance_id = ? AND left_at IS NULL AND LOWER(name) LIKE ? ESCAPE '!'", s.reader.AllianceID, "%"+likeEscape.Replace(p.Text())+"%").
			Order("id").Limit(namedMost).Find(&rows).Error
		if err != nil {
			return err
		}
		for _, m := range rows {
			if p.In(m.Name) {
				n.members[m.ID] = true
			}
		}
		s.named = append(s.named, n)
	}
	return nil
}

// posts are a chunk of those that the search may show.
func (s *search) posts(of *gorm.DB) ([]models.Post, error) {
	return s.chunk(of.Where("posts.alliance_id = ? AND posts.feed IN ?", s.reader.AllianceID, s.feeds))
}

// newest are the next posts whatever they say. Most of a street's are in its own feed: walking down by time there finds a
// chunk at once, which sorting them all would not; the plus keeps SQLite from it. A circle's few are looked up by its name.
func (s *search) newest(below models.ID) ([]models.Post, error) {
	in := "posts.feed IN ?"
	if slices.Contains(s.feeds, models.StreetFeed) {
		in = "+" + in
	}
	of := s.read.Model(&models.Post{}).Where("posts.alliance_id = ? AND "+in, s.reader.AllianceID, s.feeds)
	return s.chunk(older(of, "id", below).Order("id DESC"))
}

func (s *search) chunk(of *gorm.DB) ([]models.Post, error) {
	of = conduct.NotBlocked(of, s.reader, "posts").Where("posts.deleted_at IS NULL")
	var rows []models.Post
	err := of.Limit(searchChunk).Find(&rows).Error
	return rows, err
}

// byWords walks the index from the newest post down: along the rarest term, with a look at each of the others; or, when
// only the beginning of a term is known, along all that begin so.
func (s *search) byWords(below models.ID) ([]models.Post, error) {
	if s.none {
		return nil, nil
	}
	if s.everywhere {
		return s.newest(below)
	}
	if len(s.terms) == 0 {
		begun := older(s.begun().Distinct("post_id"), "post_id", below)
		return s.posts(s.read.Model(&models.Post{}).Select("posts.*").Joins("JOIN (?) AS t ON t.post_id = posts.id", begun).Order("t.post_id DESC"))
	}
	of := s.read.Model(&models.Post{}).Select("posts.*").Joins("JOIN post_terms t ON t.post_id = posts.id").
		Where("t.alliance_id = ? AND t.term = ?", s.reader.AllianceID, s.terms[0])
	for _, term := range s.terms[1:] {
		of = of.Where("EXISTS (SELECT 1 FROM post_terms x WHERE x.alliance_id = t.alliance_id AND x.term = ? AND x.post_id = t.post_id)", term)
	}
	return s.posts(older(of, "t.post_id", below).Order("t.post_id DESC"))
}

// older leaves what comes after a place, the newest first; the zero id is before everything.
func older(of *gorm.DB, column string, below models.ID) *gorm.DB {
	if below.IsZero() {
		return of
	}
	return of.Where(column+" < ?", below)
}

// byNames reads what those said in whose name a piece stands.
func (s *search) byNames(below models.ID) ([]models.Post, error) {
	var members, stores []models.ID
	for _, n := range s.named {
		for id := range n.members {
			members = append(members, id)
		}
		for id := range n.stores {
			stores = append(stores, id)
		}
	}
	if len(members)+len(stores) == 0 {
		return nil, nil
	}
	of := s.read.Model(&models.Post{}).Where("member_id IN ? OR store_id IN ?", members, stores)
	return s.posts(older(of, "id", below).Order("id DESC"))
}

// finding is a post that was found, and by what.
type finding struct {
	post    models.Post
	byName  bool
	comment *models.PostComment
}

// checked keeps the posts that have what the index promises. Those whose own words do not are looked at with each answer.
func (s *search) checked(posts []models.Post) ([]finding, error) {
	var found []finding
	var open []models.ID
	for _, p := range posts {
		if !s.has(p, p.Text) && p.Comments > 0 {
			open = append(open, p.ID)
		}
	}
	answers, err := s.answers(open)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if s.has(p, p.Text) {
			found = append(found, finding{post: p, byName: !s.query.In(p.Text)})
			continue
		}
		at := slices.IndexFunc(answers[p.ID], func(c models.PostComment) bool { return s.has(p, p.Text, c.Text) })
		if at >= 0 {
			found = append(found, finding{post: p, comment: &answers[p.ID][at]})
		}
	}
	return found, nil
}

// has tells whether every piece stands in one of the texts or in the name of who posted.
func (s *search) has(p models.Post, texts ...string) bool {
	for i, piece := range s.query.Pieces {
		if !s.named[i].said(p) && !slices.ContainsFunc(texts, piece.In) {
			return false
		}
	}
	return true
}

// answers are the newest answers first, of those whom the reader does not hide.
func (s *search) answers(posts []models.ID) (map[models.ID][]models.PostComment, error) {
	under := map[models.ID][]models.PostComment{}
	if len(posts) == 0 {
		return under, nil
	}
	var rows []models.PostComment
	err := conduct.NotBlocked(s.read.Where("post_id IN ? AND deleted_at IS NULL", posts), s.reader, "post_comments").Order("id DESC").Find(&rows).Error
	for _, c := range rows {
		under[c.PostID] = append(under[c.PostID], c)
	}
	return under, err
}

// hits shows what was found.
func (s *search) hits(ctx context.Context, found []finding) ([]Hit, error) {
	posts := make([]models.Post, len(found))
	var answers []models.PostComment
	for i, f := range found {
		posts[i] = f.post
		if f.comment != nil {
			answers = append(answers, *f.comment)
		}
	}
	views, err := s.views(ctx, s.reader, posts)
	if err != nil {
		return nil, err
	}
	said, err := s.commentViews(ctx, s.reader, answers)
	hits := make([]Hit, len(found))
	for i, f := range found {
		hits[i] = Hit{Post: views[i], Marks: s.query.Marks(f.post.Text), ByName: f.byName, CommentMarks: []words.Mark{}}
		if f.comment != nil && len(said) > 0 {
			hits[i].Comment, hits[i].CommentMarks = &said[0], s.query.Marks(said[0].Text)
			said = said[1:]
		}
	}
	return hits, err
}
