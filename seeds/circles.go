package seeds

import (
	"context"
	"errors"
	"strings"
	"time"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/press"
)

// circleData is a circle: who keeps it (a store, or the street), who keeps order in it, who else is in it, and what is said.
type circleData struct {
	keeper, name, about string
	access              models.CircleAccess
	level               models.Level
	ago                 int // days before today: opened
	moderator           string
	members             []string
	said                []circleTalk
}

// circleTalk is a post in a circle, with a picture if it has one, and its answers.
type circleTalk struct {
	ago           int
	hour          string
	who           string
	text, picture string
	answers       []answer
}

var circles = []circleData{
	{
		keeper: "flowers", name: "窗台上的花", about: "浇水、换盆、分株。谁家开花了，也来说一声。", access: models.CircleOpen, ago: 26, moderator: "zhao",
		members: []string{"li", "wang", "mei", "yue", "tang", "gao"},
		said: []circleTalk{
			{ago: 24, hour: "10:20", who: "flowers", text: "天凉了，绿萝搬进屋，离暖气远一点，水三天一浇就够。", answers: []answer{{"wang", "我家那盆黄叶子了，是水多了吧"}, {"flowers", "多半是，松松土，晒两天太阳"}}},
			{ago: 17, hour: "18:40", who: "mei", text: "水仙泡上了，赶得上过年吗", answers: []answer{{"zhao", "赶得上，屋里别太热"}, {"li", "我也去买几头"}}},
			{ago: 9, hour: "09:10", who: "zhao", text: "长寿花剪下来的枝别扔，插土里就活，我这里有五个小盆，谁要来拿。", answers: []answer{{"yue", "留一盆给我"}, {"tang", "我要红的"}}},
			{ago: 2, hour: "17:30", who: "flowers", text: "到了一批蝴蝶兰，开三个月。圈里的人来，花土送一袋。", picture: "bunch", answers: []answer{{"mei", "白的有吗"}}},
			{ago: 0, hour: "2h", who: "gao", text: "阳台那盆茉莉居然还在开，十一月了。", answers: []answer{{"zhao", "晚上关窗，别冻着它"}}},
		},
	},
	{
		keeper: "street", name: "夜里走一圈", about: "每晚九点绕街一圈的几个人，排班、看灯、看门。进来先跟方若兰说一声。", access: models.CircleInvitation, ago: 30, moderator: "tang",
		members: []string{"liu", "gao"},
		said: []circleTalk{
			{ago: 21, hour: "21:30", who: "tang", text: "书店后门的灯不亮，已经跟老周五金说了，明天换。", answers: []answer{{"liu", "我路过也看见了"}}},
			{ago: 7, hour: "21:40", who: "gao", text: "照相馆卷帘门没拉到底，打了电话，老板回来关的。", answers: []answer{{"tang", "辛苦"}}},
			{ago: 1, hour: "20:10", who: "street", text: "这周排班：一三五唐德福，二四刘建军，周末高海峰。逢集那晚两个人走。", answers: []answer{{"liu", "周四我跟人换一天"}}},
		},
	},
	{
		keeper: "noodles", name: "老汤桌", about: "常来面馆的人坐的一桌。新菜先在这里试，好不好吃说实话。", access: models.CircleLevel, level: models.LevelWeak, ago: 20, moderator: "liu",
		members: []string{"li", "sun", "gao", "he", "tang", "wang"},
		said: []circleTalk{
			{ago: 15, hour: "14:30", who: "noodles", text: "想出一碗羊肉汤面，汤吊了三回，明天中午留十碗，来了报桌名就行。", picture: "noodles-bowl", answers: []answer{{"li", "给我留一碗，少放胡椒"}, {"sun", "两碗"}}},
			{ago: 14, hour: "13:10", who: "liu", text: "汤好，肉再薄一点更好。", answers: []answer{{"noodles", "记下了，明天切薄"}}},
			{ago: 3, hour: "20:50", who: "noodles", text: "小年那天汤锅不收，老汤桌的人来，送一碟腌萝卜。", answers: []answer{{"li", "带我婆婆一起来"}}},
		},
	},
}

// facesIn are the neighbours of a circle.
func facesIn(name string) []string {
	for _, c := range circles {
		if c.name == name {
			return append([]string{c.moderator}, c.members...)
		}
	}
	return nil
}

// planCircles opens the circles, lets people in, and lets them talk.
func (l *loader) planCircles() {
	for _, c := range circles {
		if at(l.ago(c.ago), "09:00").Before(l.day(1)) {
			continue // of a longer history than this one
		}
		l.thenAlone(at(l.ago(c.ago), "09:00"), func(ctx context.Context) error { return l.openCircle(ctx, c) })
	}
}

func (l *loader) openCircle(ctx context.Context, c circleData) error {
	keeper, store := l.runs(), models.ID{}
	if s := l.stores[c.keeper]; s != nil {
		keeper, store = l.worker(s, s.owner, models.RoleOwner), s.ID
	}
	made, err := l.app.Feed.OpenCircle(ctx, keeper, feed.NewCircle{Store: store, Name: c.name, About: c.about, Access: c.access, Level: c.level})
	if err != nil {
		return err
	}
	for _, face := range append([]string{c.moderator}, c.members...) {
		if err := l.comeIn(ctx, keeper, made, face, face == c.moderator); err != nil {
			return err
		}
	}
	for _, t := range c.said {
		l.thenAlone(l.moment(t.ago, t.hour), func(ctx context.Context) error { return l.sayInCircle(ctx, made, t) })
	}
	return nil
}

// comeIn lets a neighbour into a circle; one who is not close enough to the store stays outside.
func (l *loader) comeIn(ctx context.Context, keeper *identity.Principal, c models.Circle, face string, moderates bool) error {
	n, by, ok := l.known(face)
	if !ok {
		return nil
	}
	if moderates || c.Access == models.CircleInvitation {
		if err := l.app.Feed.SetMember(ctx, keeper, c.ID, n.id, moderates); err != nil {
			return err
		}
	}
	if err := l.app.Feed.JoinCircle(ctx, by, c.ID); !errors.Is(err, feed.ErrLevel) {
		return err
	}
	return nil
}

// sayInCircle lets somebody of a circle speak; who did not get in says nothing.
func (l *loader) sayInCircle(ctx context.Context, c models.Circle, t circleTalk) error {
	who, ok := l.author(t.who, nil)
	if !ok {
		return nil
	}
	draft := feed.Draft{Author: who, Feed: c.ID.String(), Text: t.text}
	if t.picture != "" {
		photo, err := l.upload(ctx, who, t.picture)
		if err != nil {
			return err
		}
		draft.Photos = []models.ID{photo}
	}
	post, err := l.app.Feed.Say(ctx, draft)
	if errors.Is(err, feed.ErrNotInCircle) {
		return nil
	}
	if err != nil {
		return err
	}
	for i, a := range t.answers {
		l.thenAlone(post.CreatedAt.Add(time.Duration(i+1)*6*time.Minute), func(ctx context.Context) error {
			who, ok := l.author(a.who, nil)
			if !ok {
				return nil
			}
			_, err := l.app.Feed.Comment(ctx, who, post.ID, a.text)
			if errors.Is(err, feed.ErrNotInCircle) {
				return nil
			}
			return err
		})
	}
	return nil
}

// moment is an hour of a day before today, or of today so long before the demo opens: "2h".
func (l *loader) moment(ago int, hour string) time.Time {
	if before, err := time.ParseDuration(hour); err == nil {
		return l.plan.Now.Add(-before)
	}
	return at(l.ago(ago), hour)
}

// aStory is what the bookshop's regular wrote one Sunday.
var aStory = press.NewStory{Title: "一条街的门牌", Text: strings.Join([]string{
	"我刚搬来那年，门牌还是木头的，字是书店老先生写的。一号是药铺，十三号是照相馆，中间跳过了十一，说是当年那间塌了半边，一直没有人补。",
	"后来换成铁皮的，蓝底白字，街上的人还是按木牌的叫法：“去面馆那头”“裁缝铺对过”。送信的小伙子来了三回才弄明白，这条街的地址是人，不是数。",
	"去年修路，工人把几块旧木牌挖了出来，堆在五金店门口。老周一块一块擦干净，挂在自家墙上。你去买钉子的时候抬头看看，十一号也在里面。",
	"我问他，十一号是谁家的。他想了想说，是大家的，街口那棵槐树，就算十一号。",
}, "\n\n")}

// planReading lets a neighbour tell a story, and the demo's shoppers have read the street's feed up to this afternoon.
func (l *loader) planReading() {
	l.thenAlone(l.moment(3, "15:20"), func(ctx context.Context) error {
		n, by, ok := l.known("he")
		if !ok {
			return nil
		}
		story, d := models.TalkStory{}, aStory
		photo, err := l.upload(ctx, l.voice(n), "night-street")
		if err != nil {
			return err
		}
		d.Photos = []models.ID{photo}
		if story, err = l.app.Press.Write(ctx, by, d); err != nil {
			return err
		}
		l.planAnswers(models.Post{ID: story.PostID, CreatedAt: story.CreatedAt}, []answer{{"tang", "十一号，这个我知道，写得好。"}, {"zhao", "下回去买钉子我看看。"}})
		return nil
	})
	l.thenAlone(l.plan.Now.Add(-4*time.Hour), func(ctx context.Context) error {
		for _, face := range []string{"li", "wang"} {
			if err := l.catchUp(ctx, face); err != nil {
				return err
			}
		}
		return nil
	})
}

// catchUp marks as read what a neighbour has in the feeds by now.
func (l *loader) catchUp(ctx context.Context, face string) error {
	_, by, ok := l.known(face)
	if !ok {
		return nil
	}
	feeds, err := l.app.Feed.Unread(ctx, by)
	for _, f := range feeds {
		if err == nil {
			_, err = l.app.Feed.MarkRead(ctx, by, f.Feed, f.Head)
		}
	}
	return err
}
