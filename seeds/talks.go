package seeds

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
)

// talk is a post with the answers that were written for it, from data/feed.txt:
//
//	@noodles 18:20 noodles market     who, when, a picture, and which day it wants
//	What is said.
//	> sun: an answer
//
// Who is a store's slug, a known neighbour's face, "street" for the coordinator or "?" for anyone. It falls on the next
// day of its kind: market, eve (of a market day), weekend, or today.
type talk struct {
	who, hour, picture, day string
	text                    string
	answers                 []answer
}

type answer struct{ who, text string }

func readTalks() ([]talk, error) {
	data, err := files.ReadFile("data/feed.txt")
	if err != nil {
		return nil, err
	}
	var talks []talk
	lines := bufio.NewScanner(strings.NewReader(string(data)))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		head, isHead := strings.CutPrefix(line, "@")
		said, isAnswer := strings.CutPrefix(line, "> ")
		switch {
		case line == "":
		case isHead:
			t, err := readHead(head)
			if err != nil {
				return nil, err
			}
			talks = append(talks, t)
		case len(talks) == 0:
			return nil, fmt.Errorf("feed.txt: %q before the first head", line)
		case isAnswer:
			who, text, _ := strings.Cut(said, ": ")
			talks[len(talks)-1].answers = append(talks[len(talks)-1].answers, answer{who, text})
		default:
			t := &talks[len(talks)-1]
			t.text = strings.TrimPrefix(t.text+"\n"+line, "\n")
		}
	}
	return talks, lines.Err()
}

func readHead(head string) (talk, error) {
	words := strings.Fields(head)
	if len(words) < 2 {
		return talk{}, fmt.Errorf("feed.txt: @%s: expected who and when", head)
	}
	t := talk{who: words[0], hour: words[1]}
	for _, w := range words[2:] {
		if pictures[w] != nil {
			t.picture = w
		} else {
			t.day = w
		}
	}
	return t, nil
}

// planTalks spreads the posts over the street's life in their order, the last of them over today.
func (l *loader) planTalks() {
	var before, today []talk
	for _, t := range l.talks {
		if t.day == "today" {
			today = append(today, t)
		} else {
			before = append(before, t)
		}
	}
	before = before[:len(before)*min(l.plan.Days, Days)/Days]
	for i, t := range before {
		d := 1 + i*(l.plan.Days-1)/len(before)
		l.planTalk(t, at(l.dayLike(t.day, d), t.hour))
	}
	from := l.awake()
	for i, t := range today {
		l.planTalk(t, from.Add(l.plan.Now.Sub(from)*time.Duration(i+1)/time.Duration(len(today)+1)))
	}
}

// dayLike is the first day of a kind from the n-th on, before today.
func (l *loader) dayLike(kind string, n int) time.Time {
	for d := n; d < min(n+8, l.plan.Days); d++ {
		day := l.day(d)
		weekday := day.Weekday()
		switch {
		case kind == "",
			kind == "market" && l.market(day),
			kind == "eve" && l.market(l.day(d+1)),
			kind == "weekend" && (weekday == time.Saturday || weekday == time.Sunday):
			return day
		}
	}
	return l.day(min(n, l.plan.Days-1))
}

func (l *loader) planTalk(t talk, when time.Time) {
	when = when.Add(time.Duration(l.chance.feed.IntN(900)) * time.Second)
	if when.After(l.plan.Now) {
		when = l.plan.Now.Add(-time.Minute)
	}
	l.thenAlone(when, func(ctx context.Context) error {
		a, ok := l.author(t.who, nil)
		if !ok {
			return nil // has not joined in so short a history
		}
		draft := feed.Draft{Author: a, Feed: models.StreetFeed, Text: t.text}
		if t.picture != "" {
			photo, err := l.upload(ctx, a, t.picture)
			if err != nil {
				return err
			}
			draft.Photos = []models.ID{photo}
		}
		post, err := l.app.Feed.Say(ctx, draft)
		if err != nil {
			return err
		}
		l.planAnswers(post, t.answers)
		return nil
	})
}

func (l *loader) upload(ctx context.Context, a feed.Author, picture string) (models.ID, error) {
	data, err := drawn(picture)
	if err != nil {
		return models.ID{}, err
	}
	photo, err := l.app.Feed.Upload(ctx, a.Alliance, a.Account, data)
	return photo.ID, err
}

// author finds who speaks; "?" is anyone, by preference a customer of the store that is spoken to.
func (l *loader) author(who string, to *shop) (feed.Author, bool) {
	if s := l.stores[who]; s != nil {
		return l.persona(s), true
	}
	if who == "street" {
		return feed.Author{Alliance: l.alliance.ID, Account: l.coordinator}, true
	}
	if n := l.byFace[who]; n != nil {
		return l.voice(n), n.joined
	}
	here := l.present()
	if len(here) == 0 {
		return feed.Author{}, false
	}
	return l.voice(pick(l.chance.feed, here, func(n *neighbour) float64 {
		if to == nil {
			return n.weight
		}
		return n.weight * (0.2 + sq(float64(min(to.bought[n], 8))))
	})), true
}

// nods are answers that fit nearly everything.
var nods = []string{
	"好。", "我也去。", "记下了。", "给我留一份。", "明天来。", "路过看见了，真好。", "怪不得这么香。", "谢谢啊。", "我妈让我问还有没有。",
	"带孩子一起来。", "下班就过去。", "这个我要学。", "上回去过，值得。", "哈哈，是这样的。", "收到。", "几点开始？", "老街坊都懂。", "辛苦了。",
}

// planAnswers lets people answer and nod: first as written, then whoever likes it.
func (l *loader) planAnswers(post models.Post, written []answer) {
	r, when := l.chance.feed, post.CreatedAt
	to := l.byID(post.StoreID)
	for _, a := range written {
		when = when.Add(time.Duration(3+r.IntN(25)) * time.Minute)
		l.thenAnswer(when, post.ID, a, to)
	}
	for range r.IntN(5) {
		when = when.Add(time.Duration(5+r.IntN(90)) * time.Minute)
		l.thenAnswer(when, post.ID, answer{"?", one(r, nods)}, to)
	}
	likes := int(float64(l.plan.Members)/40*r.ExpFloat64()) + 1
	for range min(likes, 30) {
		l.then(post.CreatedAt.Add(time.Duration(r.IntN(360))*time.Minute), func(ctx context.Context, _ *gorm.DB) error {
			a, ok := l.author("?", to)
			if !ok {
				return nil
			}
			_, err := l.app.Feed.Like(ctx, l.alliance.ID, a.Account, post.ID, true)
			return err
		})
	}
}

func (l *loader) byID(id models.ID) *shop {
	for _, s := range l.order {
		if s.ID == id {
			return s
		}
	}
	return nil
}

func (l *loader) thenAnswer(when time.Time, post models.ID, a answer, to *shop) {
	l.then(when, func(ctx context.Context, _ *gorm.DB) error {
		who, ok := l.author(a.who, to)
		if !ok {
			return nil
		}
		_, err := l.app.Feed.Comment(ctx, who, post, a.text)
		return err
	})
}

// talkAbout lets people answer the card of a campaign or an event, when the feed shows one.
func (l *loader) talkAbout(tx *gorm.DB, kind models.CardKind, id models.ID) error {
	var posts []models.Post
	err := tx.Where("alliance_id = ? AND card_kind = ? AND card_id = ?", l.alliance.ID, kind, id).Find(&posts).Error
	for _, p := range posts {
		l.planAnswers(p, nil)
	}
	return err
}
