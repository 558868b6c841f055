package seeds

import (
	"context"
	"errors"
	"time"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/feed"
	"onestreet/server/helper"
	"onestreet/server/identity"
)

// planManners lets the street look after its talk: a moderator, words of its own, an advert with an appeal that waits, a post
// that neighbours reported, and what 小二 was asked and taught.
func (l *loader) planManners() {
	l.thenAlone(at(l.ago(20), "10:00"), l.agreeOnManners)
	l.thenAlone(at(l.ago(9), "21:05"), l.advertise)
	l.thenAlone(at(l.ago(6), "20:40"), l.waver)
	l.thenAlone(at(l.ago(4), "19:20"), l.report)
	l.thenAlone(at(l.ago(5), "09:30"), l.teachHelper)
	l.thenAlone(at(l.ago(2), "23:50"), func(ctx context.Context) error {
		return l.wonder(ctx, "zhao", "街上有没有能充电动车的地方")
	})
	l.thenAlone(l.plan.Now.Add(-20*time.Second), l.hush)
	l.thenAlone(l.plan.Now.Add(-3*time.Hour), func(ctx context.Context) error { return l.wonder(ctx, "li", "鞋店给修伞吗") })
	l.thenAlone(at(l.ago(1), "22:15"), func(ctx context.Context) error { return l.wonder(ctx, "gao", "老北京布鞋的鞋底能补吗") })
}

func (l *loader) runs() *identity.Principal {
	return &identity.Principal{AllianceID: l.alliance.ID, AccountID: l.coordinator, Coordinator: true}
}

// known is a neighbour by face, once they have joined.
func (l *loader) known(face string) (*neighbour, *identity.Principal, bool) {
	n := l.byFace[face]
	if n == nil || !n.joined {
		return nil, nil, false
	}
	return n, &identity.Principal{AllianceID: l.alliance.ID, AccountID: n.account, MemberID: n.id}, true
}

func (l *loader) agreeOnManners(ctx context.Context) error {
	if n, _, ok := l.known("tang"); ok {
		if err := l.app.Conduct.Appoint(ctx, l.runs(), n.id, true); err != nil {
			return err
		}
	}
	if err := l.app.Conduct.SetRules(ctx, l.runs(), conduct.TalkRulesChange{HoldDoubtful: true, Fine: 20}); err != nil {
		return err
	}
	for _, word := range []conduct.OwnTerm{{Word: "代工", Does: "review"}, {Word: "拼单群", Does: "ad", Off: true}} {
		if _, err := l.app.Conduct.AddTerm(ctx, l.runs(), word); err != nil {
			return err
		}
	}
	return nil
}

// advertise costs its author a strike; an hour later they appeal, and that waits.
func (l *loader) advertise(ctx context.Context) error {
	n, by, ok := l.known("mei")
	if !ok {
		return nil
	}
	_, err := l.app.Feed.Say(ctx, feed.Draft{Author: l.voice(n), Feed: models.StreetFeed, Text: "我表妹做的面膜，拿货价，要的加v demo_mei0001"})
	if !errors.Is(err, conduct.ErrAdvert) {
		return err
	}
	l.thenAlone(l.clock.Now().Add(time.Hour), func(ctx context.Context) error {
		mine, err := l.app.Conduct.Mine(ctx, by)
		if err != nil || len(mine.Strikes) == 0 {
			return err
		}
		return l.app.Conduct.Appeal(ctx, by, mine.Strikes[0].ID, "是替表妹问一句，不是我卖，号我以后不写了")
	})
	return nil
}

// waver is what the rules are not sure of: it waits for a moderator.
func (l *loader) waver(ctx context.Context) error {
	n, _, ok := l.known("he")
	if !ok {
		return nil
	}
	_, err := l.app.Feed.Say(ctx, feed.Draft{Author: l.voice(n), Feed: models.StreetFeed, Text: "家里旧书两箱，转让，一本三块，要的打 17000000000"})
	if errors.Is(err, conduct.ErrHeld) || errors.Is(err, conduct.ErrAdvert) {
		return nil
	}
	return err
}

// report is a post that two neighbours do not like; nobody has looked yet.
func (l *loader) report(ctx context.Context) error {
	n, _, ok := l.known("sun")
	if !ok {
		return nil
	}
	post, err := l.app.Feed.Say(ctx, feed.Draft{Author: l.voice(n), Feed: models.StreetFeed, Text: "东头那家新开的烤串比咱街上的强多了，我天天去，你们也去"})
	if err != nil {
		return err
	}
	for face, words := range map[string]string{"li": "说了三天了，像是那家请来的", "wang": "街谈里不说这个"} {
		if _, by, ok := l.known(face); ok {
			if err := l.app.Conduct.Report(ctx, by, post.ID, models.ID{}, words); err != nil {
				return err
			}
		}
	}
	return nil
}

// teachHelper lets a question come, be answered by the coordinator and kept; the shoe shop teaches one of its own.
func (l *loader) teachHelper(ctx context.Context) error {
	if err := l.wonder(ctx, "wang", "街上停车收费吗"); err != nil {
		return err
	}
	open, err := l.app.Helper.Questions(ctx, l.alliance.ID, models.ID{})
	if err != nil {
		return err
	}
	for _, q := range open {
		answer := helper.AnswerBody{Text: "街口的车位前半个钟头不收，往后一个钟头两块，逢集那天全天不收", Teach: []string{"停车收费吗", "停车要钱", "哪里能停车"}}
		if err := l.app.Helper.Answer(ctx, l.runs(), models.ID{}, q.ID, answer); err != nil {
			return err
		}
	}
	_, err = l.app.Helper.Teach(ctx, l.alliance.ID, l.stores["shoes"].ID, helper.Lesson{Words: []string{"鞋能退吗", "换码", "退鞋"}, Text: "没穿下过地的，七天里带着鞋和小票来，退换都行"})
	return err
}

func (l *loader) wonder(ctx context.Context, face, question string) error {
	_, by, ok := l.known(face)
	if !ok {
		return nil
	}
	_, err := l.app.Helper.Ask(ctx, by, question)
	return err
}

// hush keeps a neighbour who went on about the parking from posting until tomorrow.
func (l *loader) hush(ctx context.Context) error {
	for _, n := range l.present() {
		if n.place >= len(l.people.Known) {
			return l.app.Conduct.MuteMember(ctx, l.runs(), n.id, 12, "停车的事说了二十遍，明天再说")
		}
	}
	return nil
}
