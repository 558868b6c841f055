package seeds

import (
	"context"
	"math"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/pool"
)

type peopleData struct {
	Surnames string      `json:"surnames"`
	Women    []string    `json:"women"`
	Men      []string    `json:"men"`
	Young    []string    `json:"young"`
	Faces    facesData   `json:"faces"`
	Known    []knownData `json:"known"`
}

type facesData struct{ Women, Men, Young []string }

// knownData is a neighbour whom the feed knows by name.
type knownData struct {
	Face   string   `json:"face"`
	Name   string   `json:"name"`
	Day    int      `json:"day"` // of joining
	Stores []string `json:"stores"`
	Weight float64  `json:"weight"`
}

// neighbour is a member, or somebody who will be one.
type neighbour struct {
	place       int // in the order of joining
	account, id models.ID
	name, face  string
	stores      []*shop // where they go, the dearest first; the first is most often the origin
	weight      float64
	link        string // code of their own invitation, once it was asked for
	origin      *shop
	invited     bool // by a neighbour
	joined      bool
	contested   bool // two stores invited them; see planContests
}

// quotas says how many of the newcomers, in a street of 283 that no neighbour invited, each store brings in. The last
// three stay under five, so that the overview has something to withhold.
var quotas = []struct {
	slug string
	n    int
}{
	{"shoes", 64}, {"noodles", 45}, {"tea", 36}, {"bakery", 30}, {"fruit", 27}, {"books", 22}, {"herbs", 18}, {"flowers", 14},
	{"kids", 11}, {"tailor", 8}, {"glasses", 3}, {"tools", 3}, {"photo", 2},
}

// shopper tells whether the demo can be entered as this neighbour: the first two are those whom people.json makes the
// liveliest by far.
func (n *neighbour) shopper() bool { return n.place < 2 }

// invitedShare is how many of a hundred newcomers come by a neighbour's link.
const invitedShare = 30

// planNewcomers spreads the joinings over the street's life: slowly at first, and some today.
func (l *loader) planNewcomers() {
	l.byFace = map[string]*neighbour{}
	for i := range l.plan.Members {
		n := &neighbour{place: i, weight: liveliness(l.chance.people)}
		l.neighbours = append(l.neighbours, n)
		if i < len(l.people.Known) {
			l.expect(n, l.people.Known[i])
			continue
		}
		l.name(n)
		n.invited = l.chance.people.IntN(100) < invitedShare
	}
	l.planContests()
	l.assignOrigins()
	l.planJoinings()
}

func (l *loader) expect(n *neighbour, k knownData) {
	n.name, n.face, n.weight = k.Name, k.Face, k.Weight
	for _, slug := range k.Stores {
		n.stores = append(n.stores, l.stores[slug])
	}
	n.origin = n.stores[0]
	l.byFace[k.Face] = n
}

// name gives a neighbour a name that no other has, and often a drawn face.
func (l *loader) name(n *neighbour) {
	r, surnames := l.chance.people, []rune(l.people.Surnames)
	given, faces := l.people.Young, l.people.Faces.Young
	switch x := r.IntN(10); {
	case x < 4:
		given, faces = l.people.Women, l.people.Faces.Women
	case x < 7:
		given, faces = l.people.Men, l.people.Faces.Men
	}
	for n.name == "" || l.taken(n) {
		at := int(math.Pow(r.Float64(), 1.6) * float64(len(surnames)))
		n.name = string(surnames[at]) + one(r, given)
	}
	if r.IntN(100) < 55 {
		n.face = one(r, faces)
	}
}

func (l *loader) taken(n *neighbour) bool {
	for _, other := range l.neighbours {
		if other != n && other.name == n.name {
			return true
		}
	}
	return false
}

// assignOrigins deals the stores' quotas out to those whom no neighbour invites.
func (l *loader) assignOrigins() {
	var deal []*shop
	for _, q := range quotas {
		for range q.n {
			deal = append(deal, l.stores[q.slug])
		}
	}
	l.chance.people.Shuffle(len(deal), func(i, j int) { deal[i], deal[j] = deal[j], deal[i] })
	dealt := 0
	for _, n := range l.neighbours {
		if n.origin == nil && !n.invited {
			n.origin = deal[dealt%len(deal)]
			dealt++
		}
	}
}

func (l *loader) planJoinings() {
	r, known := l.chance.people, len(l.people.Known)
	span := l.day(l.plan.Days).Sub(l.day(1))
	for i, n := range l.neighbours {
		if i < known {
			day := l.day(min(l.people.Known[i].Day, l.plan.Days))
			l.thenJoin(n, at(day, "09:20").Add(time.Duration(i)*47*time.Minute))
			continue
		}
		if n.contested {
			continue
		}
		share := math.Pow(float64(i-known)/float64(len(l.neighbours)-known), 0.9)
		day := l.day(1).Add(time.Duration(share * float64(span)))
		l.thenJoin(n, l.waking(r.IntN(1000), day))
	}
}

// waking is a moment of a day when people are about; today's lie before the demo opens.
func (l *loader) waking(permille int, day time.Time) time.Time {
	y, m, d := day.In(l.zone).Date()
	from := time.Date(y, m, d, 8, 30, 0, 0, l.zone)
	until := from.Add(12 * time.Hour)
	if today := l.day(l.plan.Days); !from.Before(today) {
		from, until = l.awake(), l.plan.Now
	}
	return from.Add(until.Sub(from) * time.Duration(permille) / 1000)
}

// awake is from when something may have happened today: half past six, or in the small hours midnight.
func (l *loader) awake() time.Time {
	morning := at(l.day(l.plan.Days), "06:30")
	if l.plan.Now.Before(morning.Add(time.Hour)) {
		return l.day(l.plan.Days)
	}
	return morning
}

// thenJoin lets somebody join, and most of them buy something while they are there.
func (l *loader) thenJoin(n *neighbour, when time.Time) {
	l.then(when, func(ctx context.Context, _ *gorm.DB) error {
		welcome, err := l.join(ctx, n)
		if err != nil {
			return err
		}
		r := l.chance.people
		if n.weight > 0 && r.IntN(100) < 80 && l.isOpen(n.origin, when) {
			l.thenBuy(when.Add(time.Duration(2+r.IntN(20))*time.Minute), n, n.origin)
		}
		if welcome != nil {
			l.keep(n, welcome.ID, l.campaigns["welcome"], r.IntN(100) < 38)
		}
		return nil
	})
}

func (l *loader) join(ctx context.Context, n *neighbour) (*coupon.CouponView, error) {
	link, err := l.door(ctx, n)
	if err != nil {
		return nil, err
	}
	number := phone(1000 + n.place)
	if _, err := l.app.Identity.SendCode(ctx, number, "phone of "+number); err != nil {
		return nil, err
	}
	in, err := l.app.Pool.Join(ctx, pool.Newcomer{Link: link, Phone: number, Code: l.codes["+86"+number], Name: n.name})
	if err != nil {
		return nil, err
	}
	n.account, n.id, n.joined = in.Account, in.Member.ID, true
	l.settle(n)
	if month, day, told := bornOn(n.place); told {
		if err := l.app.Pool.SetBirthday(ctx, l.alliance.ID, n.id, &pool.Birthday{Month: month, Day: day}); err != nil {
			return nil, err
		}
	}
	welcome, _ := in.Coupon.(coupon.CouponView)
	if n.face != "" {
		err = l.face(ctx, n.account, n.id, n.face)
	}
	if welcome.ID.IsZero() {
		return nil, err
	}
	return &welcome, err
}

// door is the link by which somebody comes in: a neighbour's, or the counter's or the poster's of a store.
func (l *loader) door(ctx context.Context, n *neighbour) (string, error) {
	r := l.chance.people
	if !n.invited {
		if r.IntN(4) == 0 {
			return n.origin.poster, nil
		}
		return n.origin.counter, nil
	}
	inviter := pick(r, l.neighbours[:n.place], func(m *neighbour) float64 {
		if !m.joined || m.origin.rare {
			return 0
		}
		return m.weight
	})
	n.origin = inviter.origin
	if inviter.link == "" {
		invite, err := l.app.Pool.Invite(ctx, l.alliance.ID, inviter.id)
		if err != nil {
			return "", err
		}
		inviter.link = invite.Code
	}
	return inviter.link, nil
}

// settle gives a newcomer their habits: the store that brought them in, and a few others. One in ten never comes back.
func (l *loader) settle(n *neighbour) {
	r := l.chance.people
	if len(n.stores) > 0 {
		return
	}
	n.stores = []*shop{n.origin}
	for range 2 + r.IntN(4) {
		n.stores = append(n.stores, pick(r, l.order, func(s *shop) float64 { return s.pull }))
	}
	if r.IntN(10) == 0 {
		n.weight = 0
	}
}
