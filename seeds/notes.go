package seeds

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/server/platform/web"
	"onestreet/server/pool"
	"onestreet/server/relation"
)

// planNotes plans what stores and members write down: the shoe shop's old book, portraits, a complaint, who may see
// what, and what is going on right now.
func (l *loader) planNotes() {
	l.then(at(l.day(min(2, l.plan.Days)), "14:00"), l.bringBook)
	for i, s := range l.order {
		back := 3 + i%5
		l.then(at(l.ago(min(back, l.plan.Days)), "21:10"), func(ctx context.Context, _ *gorm.DB) error { return l.describe(ctx, s) })
	}
	l.then(at(l.ago(1), "12:45"), l.complain)
	l.then(at(l.ago(2), "22:00"), l.choosePrivacy)
	l.then(l.plan.Now, l.goLive)
}

// bookLines is how many old customers the shoe shop's book has who have not joined yet.
const bookLines = 28

// bringBook imports the shoe shop's notebook: people who are invited, and have not come yet.
func (l *loader) bringBook(ctx context.Context, _ *gorm.DB) error {
	s := l.stores["shoes"]
	imp, err := l.app.Pool.Upload(ctx, l.alliance.ID, s.ID, s.owner, "老顾客.csv", []byte(l.book()))
	if err != nil {
		return err
	}
	if _, err := l.app.Pool.RunImport(ctx, l.alliance.ID, s.ID, imp.ID); err != nil {
		return err
	}
	return l.app.Pool.ResumeImports(ctx)
}

var bookNotes = []string{"脚宽，要 39 码", "给老伴买过棉鞋", "喜欢黑色", "孩子脚长得快", "鞋底要防滑", ""}

func (l *loader) book() string {
	r := l.chance.notes
	var b strings.Builder
	b.WriteString("姓名,手机,最近购买,累计消费,次数,备注\n")
	for i := range bookLines {
		n := &neighbour{}
		l.name(n)
		bought := l.ago(l.plan.Days + 20 + r.IntN(300)).Format(time.DateOnly)
		times := 1 + r.IntN(6)
		_, _ = fmt.Fprintf(&b, "%s,%s,%s,%d,%d,%s\n", n.name, phone(9000+i), bought, times*(68+10*r.IntN(9)), times, one(r, bookNotes))
	}
	return b.String()
}

// customs are what staff write about regulars, by trade; "" fits any.
var customs = map[string][]relation.Portrait{
	"": {
		{Tags: []string{"老街坊"}, Note: "腿脚不便，东西帮着提到门口。"},
		{Tags: []string{"周末来"}, Note: "常带孙子，孩子怕生。"},
		{Tags: []string{"爱聊天"}, Note: "上回说儿子要结婚，见面问一声。"},
		{Tags: []string{"下班来"}, Note: "来得晚，给留一份。"},
	},
	"shoes": {
		{Tags: []string{"39 码", "脚宽"}, Note: "右脚拇指外翻，楦头要撑半天。"},
		{Tags: []string{"36 码"}, Note: "只穿黑面红里，不要绣花。"},
		{Tags: []string{"41 码", "老街坊"}, Note: "膝盖不好，鞋底纳厚一层。"},
		{Tags: []string{"童鞋"}, Note: "双胞胎，两双要一样的。"},
	},
	"noodles": {
		{Tags: []string{"少盐"}, Note: "血压高，汤另盛。"},
		{Tags: []string{"多葱", "加面"}, Note: "工地上的，分量要足。"},
		{Tags: []string{"不吃辣"}, Note: "带孩子来，给一只小碗。"},
	},
	"tea": {
		{Tags: []string{"老位子"}, Note: "靠窗第二张，只喝熟普。"},
		{Tags: []string{"打牌"}, Note: "下午三缺一可以叫一声。"},
	},
	"herbs": {{Tags: []string{"膏药"}, Note: "腰上的老伤，阴天前会来。"}},
}

// titles are how staff call people whom they know: such as fit whoever has the name.
var titles = []string{"老%s", "%s师傅", "小%s", "%s老师"}

const described = 9

// describe lets a store's clerk write down who its regulars are.
func (l *loader) describe(ctx context.Context, s *shop) error {
	r := l.chance.notes
	words := append(slices.Clone(customs[s.Slug]), customs[""]...)
	for i, n := range s.regulars(described) {
		p := words[i%len(words)]
		if i%3 != 2 {
			p.Remark = fmt.Sprintf(titles[r.IntN(len(titles))], string([]rune(n.name)[:1]))
		}
		err := l.app.Relation.Describe(ctx, l.alliance.ID, s.ID, n.id, p)
		if err != nil && !refused(err) {
			return err
		}
	}
	return nil
}

// regulars are those who come most, the ones who joined first before others.
func (s *shop) regulars(most int) []*neighbour {
	all := make([]*neighbour, 0, len(s.bought))
	for n := range s.bought {
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *neighbour) int {
		if s.bought[a] != s.bought[b] {
			return s.bought[b] - s.bought[a]
		}
		return a.place - b.place
	})
	return all[:min(most, len(all))]
}

// complain leaves one thing at the noodle shop that is not settled yet.
func (l *loader) complain(ctx context.Context, tx *gorm.DB) error {
	if err := l.drain(ctx, tx); err != nil {
		return err
	}
	s := l.stores["noodles"]
	for i, n := range s.regulars(8) {
		if i < 4 {
			continue
		}
		err := l.app.Relation.Complain(ctx, l.alliance.ID, s.ID, n.id, "等了四十分钟，端上来面坨了。")
		if !refused(err) {
			return err
		}
	}
	return nil
}

// choosePrivacy lets a few members decide who may see their phone and who keeps quiet.
func (l *loader) choosePrivacy(ctx context.Context, _ *gorm.DB) error {
	for i, n := range l.present() {
		if i%7 != 0 {
			continue
		}
		for k, s := range n.stores[:min(3, len(n.stores))] {
			_, err := l.app.Pool.SetPrivacy(ctx, l.alliance.ID, n.id, s.ID, k < 2, k == 2 && i%2 == 0)
			if err != nil && !refused(err) {
				return err
			}
		}
	}
	return nil
}

// goLive hangs out what is going on now, where somebody is there to do it.
func (l *loader) goLive(ctx context.Context, _ *gorm.DB) error {
	for _, sign := range []struct{ slug, text string }{{"noodles", "葱油出锅"}, {"tea", "今晚说书"}, {"bakery", "核桃酥刚好"}} {
		s, err := l.app.Pool.Store(ctx, l.alliance.ID, l.stores[sign.slug].ID)
		if err != nil {
			return err
		}
		_, err = l.app.Pool.ChangeStore(ctx, l.alliance.ID, s.ID, web.ETag(s.Version), pool.StoreChange{Live: &sign.text})
		if err != nil && !refused(err) {
			return err
		}
	}
	return nil
}
