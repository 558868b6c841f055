// Package chat is what a member and a store say to each other, one to one: text, a photo, a coupon. There is one
// conversation a member and store; nobody else reads it, not the other stores and not the coordinator.
//
//	member writes ── message + item of chat:<conversation>, in one commit ── socket ── both sides' screens
//	   │ the store rests ── one line a rest says when it is back; the desk is told after the rest
//	   └ two minutes, and nobody has read it ── chat.waiting ── a line on the store's desk
//	staff answers ── looks after it from now on ── hands it to a colleague ── a line tells the member
//	staff answers a member ── chat.talked, once a day ── counts for the level
//
// A member begins; a store may begin with those in its own book. Neither writes while the member has muted the store,
// nor while the store takes no messages from the member. Read marks are a seq for each side: they only rise, so another
// device never turns read into unread.
package chat

import (
	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/realtime"
	"onestreet/server/pool"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Streams  *realtime.Streams
	Identity *identity.Service
	Ledger   *ledger.Service
	Pool     *pool.Service
	Coupon   *coupon.Service
	Pictures *blob.Disk
	// Recheck makes every node look again at what an account's sockets may follow; called after commits.
	Recheck func(account models.ID)
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature. It adds its part to what the pool exports of a member and does when one leaves.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Pool.OnExport("chat", s.export)
	d.Pool.OnLeave("chat", s.leave)
	d.Ledger.Checks.Add("chat.messages", auditMessages)
	return s
}

// Seat is where the caller sits in a conversation: on the member's side, or on the store's.
type Seat struct {
	Alliance, Account, Member, Store models.ID
	Side                             models.ChatSide
}

// MemberSeat is a member's seat opposite a store.
func MemberSeat(p *identity.Principal, store models.ID) Seat {
	return Seat{Alliance: p.AllianceID, Account: p.AccountID, Member: p.MemberID, Store: store, Side: models.ChatMemberSide}
}

// StoreSeat is the staff's seat opposite a member.
func StoreSeat(p *identity.Principal, store, member models.ID) Seat {
	return Seat{Alliance: p.AllianceID, Account: p.AccountID, Member: member, Store: store, Side: models.ChatStoreSide}
}

func (a Seat) ofStore() bool { return a.Side == models.ChatStoreSide }
