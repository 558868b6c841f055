package feed

import (
	"context"

	"gorm.io/gorm"
)

// ReplyAlone answers a post in a transaction of its own: what comments that share a commit are measured against.
func (s *Service) ReplyAlone(ctx context.Context, d Answer) (err error) {
	if d.weighed, err = s.Conduct.Weigh(ctx, d.words()); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.replyNow(tx, d) })
}
