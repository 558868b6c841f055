package feed

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed/words"
	"onestreet/server/platform/db"
)

// reindexed is how many posts a run of the job catches up in one transaction.
const reindexed = 50

// termsAtOnce is how many terms go in one statement: SQLite's driver slows with the square of the parameters.
const termsAtOnce = 200

// addTerms makes a post found by words that are new under it.
func addTerms(tx *gorm.DB, alliance, post models.ID, texts ...string) error {
	terms := words.Terms(texts...)
	rows := make([]models.PostTerm, len(terms))
	for i, term := range terms {
		rows[i] = models.PostTerm{AllianceID: alliance, Term: term, PostID: post}
	}
	if len(rows) == 0 {
		return nil
	}
	return db.OnConflictSkip(tx).CreateInBatches(&rows, termsAtOnce).Error
}

// insertTerms writes the terms of new posts, of which nothing stands there yet.
var insertTerms = db.Insert{Into: "post_terms (alliance_id, term, post_id)", Width: 3}

// addFirstTerms makes new posts found by their words.
func addFirstTerms(tx *gorm.DB, posts []models.Post) error {
	var rows []any
	for _, p := range posts {
		for _, term := range words.Terms(p.Text) {
			rows = append(rows, p.AllianceID, term, p.ID)
		}
	}
	return insertTerms.Exec(tx, rows)
}

// dropTerms makes a post no longer found by words that are gone, unless they stand in what is left. The post's row is held,
// so what is left does not change meanwhile.
func dropTerms(tx *gorm.DB, alliance, post models.ID, gone string, left ...string) error {
	stay := words.Terms(left...)
	terms := slices.DeleteFunc(words.Terms(gone), func(term string) bool {
		_, found := slices.BinarySearch(stay, term)
		return found
	})
	if len(terms) == 0 {
		return nil
	}
	return tx.Where("alliance_id = ? AND term IN ? AND post_id = ?", alliance, terms, post).Delete(&models.PostTerm{}).Error
}

// dropAllTerms makes a post not found at all.
func dropAllTerms(tx *gorm.DB, p models.Post) error {
	answers, err := answersOf(tx, p.ID, models.ID{})
	if err != nil {
		return err
	}
	for _, text := range append(answers, p.Text) {
		if err := dropTerms(tx, p.AllianceID, p.ID, text); err != nil {
			return err
		}
	}
	return nil
}

// retell follows a change of words: before gives way to after, in the post itself or in one of its comments.
func retell(tx *gorm.DB, p models.Post, comment models.ID, before, after string) error {
	left, err := answersOf(tx, p.ID, comment)
	if err != nil {
		return err
	}
	if !comment.IsZero() {
		left = append(left, p.Text)
	}
	if err := dropTerms(tx, p.AllianceID, p.ID, before, append(left, after)...); err != nil {
		return err
	}
	return addTerms(tx, p.AllianceID, p.ID, after)
}

// answersOf reads what the comments under a post say, all but one; the zero id leaves none out.
func answersOf(tx *gorm.DB, post, but models.ID) ([]string, error) {
	all := tx.Session(&gorm.Session{NewDB: true}).Model(&models.PostComment{}).Where("post_id = ? AND deleted_at IS NULL", post)
	if !but.IsZero() {
		all = all.Where("id <> ?", but)
	}
	var texts []string
	err := all.Pluck("text", &texts).Error
	return texts, err
}

// Index makes posts found that were written before there was a search, or by other rules; a job calls it. It stops when
// none is left.
func (s *Service) Index(ctx context.Context) error {
	for {
		n, err := s.indexSome(ctx)
		if err != nil || n < reindexed {
			return err
		}
	}
}

func (s *Service) indexSome(ctx context.Context) (int, error) {
	var behind []models.ID
	err := s.DB.Read(ctx).Model(&models.Post{}).Where("indexed < ?", words.Version).Order("indexed, id").Limit(reindexed).Pluck("id", &behind).Error
	if err != nil || len(behind) == 0 {
		return 0, err
	}
	return len(behind), s.DB.Tx(ctx, func(tx *gorm.DB) error {
		for _, id := range behind {
			if err := index(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// index writes a post's terms anew, under the lock that comments and edits take.
func index(tx *gorm.DB, id models.ID) error {
	p, err := db.Find[models.Post](db.Lock(tx), "id = ?", id)
	if err != nil {
		return err
	}
	if p.DeletedAt == nil {
		answers, err := answersOf(tx, p.ID, models.ID{})
		if err != nil {
			return err
		}
		if err := addTerms(tx, p.AllianceID, p.ID, append(answers, p.Text)...); err != nil {
			return err
		}
	}
	return tx.Model(&models.Post{}).Where("id = ?", p.ID).Update("indexed", words.Version).Error
}
