package seeds

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
	"onestreet/server/referral"
)

// rivalDays is how long a street must have been living for its stores to argue.
const rivalDays = 45

// contest is a newcomer whom two stores invited: by a link of one, and three days later at the counter of another, which
// has the credit. Days are counted back from today; a day of 0 is a step that was not taken.
type contest struct {
	first, then string // stores
	shared      bool   // first's was a neighbour's link, not its poster
	joined      int    // days ago
	objects     string // the store that objects
	word        string
	objected    int
	answer      string
	answered    int
	decidedFor  string
	decision    string
	decided     int
	buys        bool // once it is decided
}

var contests = []contest{
	{first: "tea", then: "shoes", shared: true, joined: 32, objects: "tea", word: "是我们的老茶客领来的，链接点开看过，那天只是顺路在布鞋店扫了码。", objected: 29,
		answer: "她进门就说要买鞋，站着试了三双，码是自己扫的。", answered: 27, decidedFor: "tea", decision: "链接早三天，人也说是茶客领来的，这回算茶馆。", decided: 25, buys: true},
	{first: "shoes", then: "books", shared: true, joined: 24, objects: "shoes", word: "是我们的老顾客把链接发给她的，她妈妈在我们这儿买鞋二十年了。", objected: 22,
		answer: "她是来听读书会的，码是她在我们柜台自己扫的。", answered: 20, decidedFor: "books", decision: "柜台扫的码大过转的链接，人也是冲读书会来的，照规矩算书店。", decided: 18, buys: true},
	{first: "tea", then: "shoes", shared: true, joined: 9, objects: "tea", word: "人是老吴叫来的，那天只是路过布鞋店才扫的码。", objected: 5,
		answer: "她在我们柜台站了半个钟头，鞋都试了三双，不是路过。", answered: 2},
	{first: "noodles", then: "shoes", shared: true, joined: 6, objects: "noodles", word: "他天天来吃面，链接是我们的老主顾转给他的。", objected: 1},
	{first: "books", then: "shoes", shared: true, joined: 12},
	{first: "shoes", then: "tea", shared: true, joined: 8},
	{first: "shoes", then: "books", joined: 4},
}

// planContests takes some of the newcomers out of the common run, one a contest. They buy nothing before it is decided.
func (l *loader) planContests() {
	known := len(l.people.Known)
	apart := (len(l.neighbours) - known) / (len(contests) + 1)
	if l.plan.Days < rivalDays || apart < 2 {
		return
	}
	for i, c := range contests {
		n := l.neighbours[known+(i+1)*apart]
		n.contested, n.invited, n.weight, n.origin = true, false, 0, l.stores[c.then]
		n.stores = []*shop{n.origin}
		l.thenContest(c, n)
	}
}

// thenContest plans what happens in a contest.
func (l *loader) thenContest(c contest, n *neighbour) {
	device := models.NewID()
	l.then(at(l.ago(c.joined+3), "19:42"), func(ctx context.Context, _ *gorm.DB) error {
		code, err := l.rivalLink(ctx, c)
		if err == nil {
			_, _, err = l.app.Pool.Invitation(ctx, code, device)
		}
		return err
	})
	l.then(at(l.ago(c.joined), "10:15"), func(ctx context.Context, _ *gorm.DB) error { return l.joinThere(ctx, n, device) })
	if c.objected == 0 {
		return
	}
	var said models.Objection
	l.then(at(l.ago(c.objected), "17:45"), func(ctx context.Context, _ *gorm.DB) (err error) {
		said, err = l.objects(ctx, c, n)
		return err
	})
	if c.answered > 0 {
		l.then(at(l.ago(c.answered), "11:20"), func(ctx context.Context, _ *gorm.DB) error {
			s := l.stores[c.then]
			return l.app.Referral.Answer(ctx, l.alliance.ID, s.ID, said.ID, s.owner, c.answer)
		})
	}
	if c.decided > 0 {
		l.thenDecide(c, n)
	}
}

// rivalLink is the link that a newcomer followed first.
func (l *loader) rivalLink(ctx context.Context, c contest) (string, error) {
	s := l.stores[c.first]
	if !c.shared {
		return s.poster, nil
	}
	for _, m := range l.neighbours {
		if m.joined && m.origin == s && !m.contested {
			invite, err := l.app.Pool.Invite(ctx, l.alliance.ID, m.id)
			return invite.Code, err
		}
	}
	return s.poster, nil
}

func (l *loader) joinThere(ctx context.Context, n *neighbour, device models.ID) error {
	number := phone(1000 + n.place)
	if _, err := l.app.Identity.SendCode(ctx, number, "phone of "+number); err != nil {
		return err
	}
	in, err := l.app.Pool.Join(ctx, pool.Newcomer{Link: n.origin.counter, Phone: number, Code: l.codes["+86"+number], Name: n.name, Device: device})
	n.account, n.id, n.joined = in.Account, in.Member.ID, err == nil
	if err == nil && n.face != "" {
		err = l.face(ctx, n.account, n.id, n.face)
	}
	return err
}

func (l *loader) objects(ctx context.Context, c contest, n *neighbour) (models.Objection, error) {
	m, err := l.app.Pool.Member(ctx, l.alliance.ID, n.id)
	if err != nil {
		return models.Objection{}, err
	}
	s := l.stores[c.objects]
	return l.app.Referral.Object(ctx, referral.Objecting{Alliance: l.alliance.ID, Store: s.ID, Account: s.owner, Number: m.Number, Reason: c.word})
}

func (l *loader) thenDecide(c contest, n *neighbour) {
	when := at(l.ago(c.decided), "16:05")
	l.then(when, func(ctx context.Context, _ *gorm.DB) error {
		r, err := l.app.Referral.Of(ctx, l.alliance.ID, n.id)
		if err != nil {
			return err
		}
		return l.app.Referral.Decide(ctx, referral.Decision{
			Alliance: l.alliance.ID, Referral: r.ID, Store: l.stores[c.decidedFor].ID, Account: l.coordinator, Reason: c.decision,
		})
	})
	if c.buys {
		l.then(when.Add(26*time.Hour), func(context.Context, *gorm.DB) error {
			n.weight = 1
			return nil
		})
	}
}
