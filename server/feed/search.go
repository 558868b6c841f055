package feed

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed/words"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Bounds of one search: how many candidates are read at a time and in all (who wants more asks for the next page), how
// many terms narrow the index, and up to where a term's posts are counted to find the rarest.
const (
	searchChunk = 64
	searchMost  = 2048
	searchTerms = 3
	countUpTo   = 2000
	manyBegin   = 8000 // a beginning that so many terms have is in every few posts: these are looked through themselves
)

// Hit is a post that a search found: by its words, by who said it, or by an answer under it.
type Hit struct {
	Post         PostView     `json:"post"`
	Marks        []words.Mark `json:"marks" nullable:"false" doc:"where it is in the post's text, in characters"`
	ByName       bool         `json:"by_name" doc:"the name of who said it was looked for"`
	Comment      *CommentView `json:"comment,omitempty" doc:"the answer that has it, when the post's own words do not"`
	CommentMarks []words.Mark `json:"comment_marks" nullable:"false"`
}

// Search finds what is said in the feeds that the reader may read, or in one of them, newest first: every piece of the query
// in a post's words, in an answer under it, or in the name of who said it. Errors: search_empty, cursor, not_found,
// not_in_circle.
func (s *Service) Search(ctx context.Context, reader *identity.Principal, q, feed, cursor string, limit int) (web.Page[Hit], error) {
	look := search{Service: s, read: s.DB.Read(ctx), reader: reader, query: words.Parse(models.PlainText(q))}
	if len(look.query.Pieces) == 0 {
		return web.Page[Hit]{}, ErrSearchEmpty.At("q")
	}
	var after position
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[Hit]{}, err
	}
	if err := look.prepare(ctx, feed); err != nil {
		return web.Page[Hit]{}, err
	}
	found, next, err := look.page(after.ID, limit)
	if err != nil {
		return web.Page[Hit]{}, err
	}
	hits, err := look.hits(ctx, found)
	return web.NewPage(hits, next), err
}

// search is one search under way.
type search struct {
	*Service
	read   *gorm.DB
	reader *identity.Principal
	query  words.Query
	feeds  []string
	terms  []string // the rarest first; without any, begins
	begins string
	none   bool    // a term is nowhere
	named  []named // for each piece

	everywhere bool // what begins so is in every few posts
}

func (s *search) prepare(ctx context.Context, feed string) (err error) {
	if s.feeds, err = s.readable(ctx, s.reader, feed); err != nil {
		return err
	}
	if err = s.lookUpNames(ctx); err != nil {
		return err
	}
	s.begins = s.query.Begins()
	if s.terms, s.none, err = s.rarest(s.query.Terms()); err != nil || len(s.terms) > 0 {
		return err
	}
	n, err := s.count(s.begun(), manyBegin)
	s.everywhere = n == manyBegin
	return err
}

// begun are the index's lines whose term begins as the query wants.
func (s *search) begun() *gorm.DB {
	return s.read.Model(&models.PostTerm{}).Where("alliance_id = ? AND term >= ? AND term < ?", s.reader.AllianceID, s.begins, s.begins+"\U0010FFFF")
}

// count counts rows up to a bound.
func (s *search) count(of *gorm.DB, upTo int) (n int64, err error) {
	err = s.read.Table("(?) AS some", of.Select("1 AS one").Limit(upTo)).Count(&n).Error
	return n, err
}

// readable are the feeds that a search goes through: the one that is named, or all that the reader may read.
func (s *Service) readable(ctx context.Context, reader *identity.Principal, feed string) ([]string, error) {
	if feed != "" {
		return []string{feed}, s.MayRead(ctx, reader, feed)
	}
	feeds := []string{models.StreetFeed}
	if reader.Visitor() {
		return feeds, nil
	}
	circles := s.DB.Read(ctx).Model(&models.Circle{}).Where("alliance_id = ?", reader.AllianceID)
	if !reader.Coordinator {
		mine := s.DB.Read(ctx).Model(&models.CircleMember{}).Select("circle_id").Where("account_id = ? AND state = ?", reader.AccountID, models.CircleMemberIn)
		circles = circles.Where("access = ? OR id IN (?)", models.CircleOpen, mine)
	}
	var ids []models.ID
	err := circles.Pluck("id", &ids).Error
	for _, id := range ids {
		feeds = append(feeds, id.String())
	}
	return feeds, err
}

// rarest orders terms by how many posts have them, and keeps a few; none tells that one is nowhere.
func (s *search) rarest(terms []string) (kept []string, none bool, err error) {
	counts := map[string]int64{}
	for _, term := range terms {
		n, err := s.count(s.read.Model(&models.PostTerm{}).Where("alliance_id = ? AND term = ?", s.reader.AllianceID, term), countUpTo)
		if err != nil {
			return nil, false, err
		}
		counts[term] = n
		none = none || n == 0
	}
	slices.SortStableFunc(terms, func(a, b string) int { return int(counts[a] - counts[b]) })
	return terms[:min(len(terms), searchTerms)], none, nil
}

// page goes through the candidates below a post, newest first, until a page is full, none is left, or enough were read.
func (s *search) page(below models.ID, limit int) (found []finding, next string, err error) {
	for read := 0; ; {
		posts, err := s.candidates(below)
		if err != nil {
			return nil, "", err
		}
		good, err := s.checked(posts)
		if err != nil {
			return nil, "", err
		}
		if found = append(found, good...); len(found) > limit {
			found = found[:limit]
			return found, web.EncodeCursor(position{ID: found[limit-1].post.ID}), nil
		}
		if len(posts) < searchChunk {
			return found, "", nil
		}
		below = posts[len(posts)-1].ID
		if read += len(posts); read >= searchMost {
			return found, web.EncodeCursor(position{ID: below}), nil
		}
	}
}

// candidates are the next posts that may be meant: all pieces are in a post's words, or at least one is in the name of who
// said it. The newest of the ones and the newest of the others, together, have the newest of all.
func (s *search) candidates(below models.ID) ([]models.Post, error) {
	posts, err := s.byWords(below)
	if err != nil {
		return nil, err
	}
	named, err := s.byNames(below)
	if err != nil {
		return nil, err
	}
	posts = append(posts, named...)
	slices.SortFunc(posts, func(a, b models.Post) int { return -slices.Compare(a.ID[:], b.ID[:]) })
	posts = slices.CompactFunc(posts, func(a, b models.Post) bool { return a.ID == b.ID })
	return posts[:min(len(posts), searchChunk)], nil
}
