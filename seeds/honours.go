package seeds

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/relation"
)

// treat is something that a store gives for points.
type treat struct {
	what   string
	points int64
}

// treats is what the stores give for points, small things that cost them little.
var treats = map[string][]treat{
	"shoes":   {{"换了一双鞋垫", 60}, {"补了一回鞋底", 120}},
	"noodles": {{"加了一份牛肉", 50}, {"换了一碗小馄饨", 80}},
	"tea":     {{"续了一壶茶", 40}, {"换了二两茉莉花", 150}},
	"books":   {{"换了一张藏书票", 30}, {"抵了一本旧书", 100}},
	"herbs":   {{"换了一包陈皮", 60}, {"代煎了一帖药", 80}},
	"tailor":  {{"换了四粒纽扣", 40}, {"改了一条裤脚", 100}},
	"bakery":  {{"换了一个肉松包", 30}, {"换了半打蛋挞", 90}},
	"glasses": {{"换了一副鼻托", 50}, {"换了一瓶清洗液", 80}},
	"flowers": {{"换了一枝康乃馨", 40}, {"换了一小盆绿萝", 120}},
	"tools":   {{"配了一把钥匙", 50}, {"磨了两把刀", 60}},
	"kids":    {{"换了一双小袜子", 70}, {"换了一个发卡", 40}},
	"fruit":   {{"换了两个橙子", 30}, {"换了一盒草莓", 150}},
	"photo":   {{"洗了五张照片", 50}, {"换了一个相框", 120}},
}

// honoursPerMember is how often, in all the days, each of the street's members spends points on average, in percent.
const honoursPerMember = 60

// planHonours plans who spends points on a day, and where: mostly at their own store, now and then at any other, as the
// points are the pool's.
func (l *loader) planHonours(d int) {
	here := l.present()
	if len(here) == 0 {
		return
	}
	r, day := l.chance.points, l.day(d)
	for range int(float64(l.plan.Members*honoursPerMember)/100*l.loads[d] + r.Float64()) {
		n, s := one(r, here), one(r, l.order)
		if r.IntN(3) > 0 {
			s = one(r, n.stores)
		}
		if when := s.moment(r, day); l.isOpen(s, when) {
			l.thenHonour(when, r.Uint64(), n, s)
		}
	}
}

// thenHonour lets a member get something for points that they can pay for; who cannot keeps them.
func (l *loader) thenHonour(when time.Time, taste uint64, n *neighbour, s *shop) {
	l.then(when, func(ctx context.Context, tx *gorm.DB) error {
		has, err := l.app.Ledger.Points(ctx, l.alliance.ID, n.id)
		if err != nil {
			return err
		}
		wish, able := choose(taste, treats[s.Slug], has)
		if !able {
			return nil
		}
		_, err = l.app.Relation.Record(tx, relation.Visit{
			Alliance: l.alliance.ID, Store: s.ID, Member: n.id, Kind: models.VisitHonour, Points: wish.points, What: wish.what, By: s.clerk,
			Reference: fmt.Sprintf("demo:honour:%s:%d", n.id, when.Unix()),
		})
		return err
	})
}

// choose draws one of the treats that so many points pay for. Its chance is its own, so that nothing else of the history
// turns on how many points somebody has.
func choose(taste uint64, list []treat, points int64) (treat, bool) {
	var able []treat
	for _, t := range list {
		if t.points <= points {
			able = append(able, t)
		}
	}
	if len(able) == 0 {
		return treat{}, false
	}
	return one(rand.New(rand.NewPCG(taste, 0)), able), true
}
