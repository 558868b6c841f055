// Package press looks after what is more than a remark: series, whose parts are read in order and followed; stories, which are
// longer than a post; and the content plan of a store's persona.
//
//	series: running ⇄ paused ── ended           part: a post with the series' next number, given under its row's lock
//	follow ── the next part ── a letter, in the morning when it came at night (notify)
//
//	plan: draft ⇄ scheduled ── published         by the owner, now or when it is due; once, on whatever node
//	         └──────┴── refused (the street's rules) ── edited: draft
//
// The room stands above the feed: parts and plans are posts, and the feed tells it (Binding) when one is written, in the
// post's own transaction. So a part that waits for a moderator gets its number when it is shown.
package press

import (
	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// Deps is what the feature stands on.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Ledger *ledger.Service // for the audit's check only: no money moves here
	Pool   *pool.Service
	Feed   *feed.Service
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature. It binds the cards of parts and stories, adds its part to what the pool exports of a member and
// does when one leaves, and its check to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Feed.Bind(models.CardPart, feed.Binding{Written: s.partWritten, Cards: s.partCards})
	d.Feed.Bind(models.CardStory, feed.Binding{Written: s.storyWritten, Gone: s.storyGone, Cards: s.storyCards})
	d.Pool.OnExport("series", s.export)
	d.Pool.OnLeave("series", s.leave)
	d.Ledger.Checks.Add("press.series", auditSeries)
	return s
}
