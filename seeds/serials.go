package seeds

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/press"
	"onestreet/server/screen"
)

// dish is one evening of the chef's series.
type dish struct {
	ago                  int // days before today
	title, text, picture string
}

var dishes = []dish{
	{13, "葱油面", "小葱一把，洗净晾干，水没擦干要炸锅。冷油下葱白，小火熬到发黄，再下葱叶，黑了就过。\n三勺生抽一勺糖冲进去，关火。面煮到筷子夹不断，捞起来一拌，就行了。", "noodles-bowl"},
	{11, "番茄鸡蛋", "番茄顶上划个十字，开水烫半分钟，皮自己就掉。鸡蛋先炒，八成熟盛出来。\n番茄炒出沙来再把蛋倒回去，盐最后放，汁水才多。", ""},
	{8, "红烧肉", "五花肉切麻将块，冷水下锅，水开撇沫。炒糖色别怕慢，冒小泡就下肉。\n一锅水一次加够，小火一个钟头，中间别掀盖。", ""},
	{5, "酸汤鱼片", "鱼片用盐抓到发黏，再上浆，下锅不散。酸汤是我妈教的：番茄、泡椒、一勺米汤。", ""},
	{1, "阳春面汤头", "猪骨头先焯，再烤一烤，汤就香了。店里的汤头早上四点吊起，十点才敢卖。\n家里没这功夫，用开水冲虾皮和猪油，也像七分。", "noodles-bowl"},
}

// planned are what the noodle shop and the tea house are going to say: text, column, and on which day from today it goes out; 0:
// still a draft.
var planned = []struct {
	store  string
	column models.PlanColumn
	text   string
	inDays int
}{
	{"noodles", models.PlanProduct, "明天起有羊肉汤面，一天就一锅，卖完收锅。", 1},
	{"noodles", models.PlanCustomers, "三中的李老师来了六年，每回坐靠窗那张。今天带了学生来，学生也坐那张。", 2},
	{"noodles", models.PlanPersonal, "我爷爷挑担子卖面，就在这条街西口。那副担子还在我家阁楼上。", 0},
	{"tea", models.PlanProduct, "桂花乌龙开罐了，头三天来的都先尝一杯。", 1},
	{"tea", models.PlanCustomers, "下棋的两位老先生，一盘棋下了三天，今天总算分出了输赢。", 3},
	{"tea", models.PlanPersonal, "炭炉是我师傅传下来的，烧了四十年，炉口补过两回。", 0},
}

// planSerials lets the noodle shop's chef teach a dish on some evenings, which neighbours follow and read; fills the shop's
// content plan and the tea house's; and lights a screen in the shoe shop's window.
func (l *loader) planSerials() {
	begin := at(l.ago(14), "19:00")
	if begin.Before(l.day(1)) {
		return // of a longer history than this one
	}
	s := l.stores["noodles"]
	l.thenAlone(begin, func(ctx context.Context) error {
		cover, err := l.upload(ctx, l.persona(s), "noodles-bowl")
		if err != nil {
			return err
		}
		series, err := l.app.Press.Start(ctx, l.worker(s, s.owner, models.RoleOwner), press.NewSeries{Store: s.ID, Cover: cover, Title: "林师傅晚上教一道", About: "打烊前教一道家常的，家里有什么就用什么。"})
		if err != nil {
			return err
		}
		for _, d := range dishes {
			l.teach(series.ID, d)
		}
		return l.followed(ctx, series.ID)
	})
	l.thenAlone(l.plan.Now.Add(-3*time.Hour), l.draftPlan)
	l.thenAlone(at(l.ago(6), "10:00"), func(ctx context.Context) error {
		shoes := l.stores["shoes"]
		_, err := l.app.Screen.Make(ctx, l.worker(shoes, shoes.owner, models.RoleOwner), shoes.ID, screen.Setting{Name: "橱窗里的电视"})
		return err
	})
}

// worker is somebody at work in a store.
func (l *loader) worker(s *shop, account models.ID, role models.Role) *identity.Principal {
	return &identity.Principal{AccountID: account, AllianceID: l.alliance.ID, Staff: map[models.ID]models.Role{s.ID: role}}
}

// teach plans an evening's part; those who follow hear of it in the morning, and some read it.
func (l *loader) teach(series models.ID, d dish) {
	s := l.stores["noodles"]
	l.thenAlone(at(l.ago(d.ago), "20:40"), func(ctx context.Context) error {
		part := press.NewPart{Title: d.title, Text: d.text}
		if d.picture != "" {
			photo, err := l.upload(ctx, l.persona(s), d.picture)
			if err != nil {
				return err
			}
			part.Photos = []models.ID{photo}
		}
		post, err := l.app.Press.Tell(ctx, l.worker(s, s.owner, models.RoleOwner), series, part)
		if err == nil {
			l.planAnswers(post, nil)
		}
		return err
	})
	l.thenAlone(at(l.ago(d.ago-1), "08:20"), func(ctx context.Context) error { return l.app.Notify.TellOfParts(ctx) })
}

// followed lets some of the shop's customers follow, each up to where they have got.
func (l *loader) followed(ctx context.Context, series models.ID) error {
	followers := 0
	for _, n := range l.present() {
		if followers == 24 {
			break
		}
		if n.place%3 != 0 && !n.shopper() {
			continue
		}
		followers++
		reader := &identity.Principal{AccountID: n.account, AllianceID: l.alliance.ID, MemberID: n.id}
		if err := l.app.Press.Follow(ctx, reader, series, true); err != nil {
			return err
		}
		read := int64(1 + n.place%len(dishes))
		if n.shopper() {
			read = int64(len(dishes)) - 2
		}
		l.thenAlone(l.plan.Now.Add(-2*time.Hour), func(ctx context.Context) error { return l.app.Press.ReadTo(ctx, reader, series, read) })
	}
	return nil
}

// draftPlan lets the clerk write and the owner set times.
func (l *loader) draftPlan(ctx context.Context) error {
	for _, p := range planned {
		s := l.stores[p.store]
		clerk, owner := l.worker(s, s.clerk, models.RoleClerk), l.worker(s, s.owner, models.RoleOwner)
		item, err := l.app.Press.Draft(ctx, clerk, s.ID, press.PlanDraft{Column: p.column, Text: p.text})
		if err != nil {
			return err
		}
		if p.inDays > 0 {
			if err := l.app.Press.Schedule(ctx, owner, s.ID, item.ID, `"1"`, l.ago(-p.inDays).Format(time.DateOnly), "10:30"); err != nil {
				return err
			}
		}
	}
	return nil
}
