package seeds

import (
	"context"

	"onestreet/models"
	"onestreet/server/chat"
)

// chatLine is one thing said between a member and a store: by the member, the owner or the clerk; "hand" gives the conversation
// from the clerk to the owner.
type chatLine struct {
	ago            int
	hour, by, text string
	picture        string
	coupon         string // key of a campaign
}

// chatData is a conversation: the line after which each side has read nothing more, and what is said.
type chatData struct {
	store, member string
	lines         []chatLine
	unread        int // by the store: so many lines from the end
}

var chats = []chatData{
	{store: "shoes", member: "li", lines: []chatLine{
		{6, "16:10", "member", "陈姐，我妈脚背高，棉鞋有宽一点的吗", "", ""},
		{6, "16:14", "clerk", "有的，宽楦的做到 41 码，您哪天带她来试", "", ""},
		{6, "16:15", "member", "礼拜六下午。给我留一双 38 的", "", ""},
		{6, "16:18", "owner", "留好了，写着您的名字，在柜台下面", "cloth-shoes", ""},
		{2, "22:40", "member", "鞋很合脚，谢谢。我婆婆也想要一双", "", ""},
		{1, "09:05", "owner", "早，带她来，量一下脚背我心里有数。这张券她买鞋也能用", "", "street-tens"},
		{1, "09:20", "member", "好，后天上午来", "", ""},
	}},
	{store: "noodles", member: "li", lines: []chatLine{
		{3, "11:20", "member", "腊月廿八还开吗，想订两锅羊肉汤", "", ""},
		{3, "11:24", "clerk", "我问一下林师傅，稍等", "", ""},
		{3, "11:25", "hand", "", "", ""},
		{3, "11:40", "owner", "开到下午两点。两锅给您留着，自己带锅来，汤钱到时候再算", "noodles-bowl", ""},
		{3, "11:42", "member", "行，我早上九点来", "", ""},
	}},
	{store: "shoes", member: "wang", unread: 1, lines: []chatLine{
		{12, "10:05", "member", "换码的那双到了吗", "", ""},
		{12, "10:30", "clerk", "到了，37 码的，随时来拿", "", ""},
		{0, "80m", "member", "黑色的 36 码还有吗，孙女过生日穿", "", ""},
	}},
	{store: "shoes", member: "sun", unread: 1, lines: []chatLine{
		{0, "50m", "member", "上回买的那双开胶了，小票还在，能看看吗", "", ""},
	}},
	{store: "tea", member: "wang", lines: []chatLine{
		{5, "14:00", "member", "周六下午四个人，靠窗那张桌子", "", ""},
		{5, "14:20", "owner", "留好了，三点以前都给您空着。新到的桂花乌龙，来了先尝一杯", "tea-pot", ""},
		{5, "14:22", "member", "好", "", ""},
	}},
	{store: "bakery", member: "mei", lines: []chatLine{
		{8, "09:10", "member", "想订一个六寸的，写“外婆八十”", "", ""},
		{8, "09:30", "owner", "能做，少糖，礼拜天早上十点来拿", "", ""},
		{8, "09:31", "member", "谢谢麦嫂", "", ""},
	}},
	{store: "noodles", member: "gao", unread: 1, lines: []chatLine{
		{0, "30m", "member", "今晚七个人，拼两张桌子行吗", "", ""},
	}},
}

// planChats says how three stores answer, and lets members and stores talk.
func (l *loader) planChats() {
	l.thenAlone(l.moment(15, "11:00"), l.readyAnswers)
	for _, c := range chats {
		if l.moment(c.lines[0].ago, c.lines[0].hour).Before(l.day(1)) {
			continue
		}
		for i, line := range c.lines {
			l.thenAlone(l.moment(line.ago, line.hour), func(ctx context.Context) error { return l.speak(ctx, c, line, i+1) })
		}
	}
	l.thenAlone(l.plan.Now, func(ctx context.Context) error { return l.app.Chat.TellDesks(ctx) })
}

func (l *loader) readyAnswers(ctx context.Context) error {
	for slug, a := range map[string]chat.Answering{
		"shoes": {QuietFrom: "21:30", QuietUntil: "08:30", AwayText: "打烊了，明早八点半开门就回您。", Canned: []models.Canned{
			{Title: "量脚", Text: "脚长量到大脚趾，后跟贴墙，量两只脚取长的那只，发我就行。"},
			{Title: "换码", Text: "没穿下过地的，七天里带着鞋和小票来，退换都行。"},
			{Title: "宽楦", Text: "宽楦做到 41 码，脚背高的来试试，不买也没关系。"},
		}},
		"noodles": {QuietFrom: "21:30", QuietUntil: "06:00", Canned: []models.Canned{
			{Title: "订桌", Text: "几点、几个人告诉我，桌子给您留一刻钟。"},
			{Title: "周一歇", Text: "礼拜一店里歇一天，礼拜二早上六点见。"},
		}},
		"tea": {QuietFrom: "22:00", QuietUntil: "08:00", AwayText: "茶馆歇了，明早八点烧水。", Canned: []models.Canned{{Title: "留座", Text: "靠窗的四人桌给您留着，过半个钟头没来就让给别人了。"}}},
	} {
		if err := l.app.Chat.SetAnswering(ctx, l.alliance.ID, l.stores[slug].ID, `"0"`, a); err != nil {
			return err
		}
	}
	return nil
}

// speak says the n-th line of a conversation; who hears it has read it, but for what the store leaves unread.
func (l *loader) speak(ctx context.Context, c chatData, line chatLine, n int) error {
	neighbour, by, ok := l.known(c.member)
	if !ok {
		return nil
	}
	s := l.stores[c.store]
	seats := map[string]chat.Seat{
		"member": chat.MemberSeat(by, s.ID),
		"owner":  chat.StoreSeat(l.worker(s, s.owner, models.RoleOwner), s.ID, neighbour.id),
		"clerk":  chat.StoreSeat(l.worker(s, s.clerk, models.RoleClerk), s.ID, neighbour.id),
	}
	if line.by == "hand" {
		return l.app.Chat.HandOver(ctx, seats["clerk"], s.owner)
	}
	said, err := l.saying(ctx, seats[line.by], line)
	if err != nil {
		return err
	}
	m, err := l.app.Chat.Send(ctx, seats[line.by], said)
	if err != nil {
		return err
	}
	if _, err := l.app.Chat.MarkRead(ctx, seats["member"], m.Seq); err != nil || n > len(c.lines)-c.unread {
		return err
	}
	_, err = l.app.Chat.MarkRead(ctx, seats["owner"], m.Seq)
	return err
}

func (l *loader) saying(ctx context.Context, seat chat.Seat, line chatLine) (chat.Saying, error) {
	said := chat.Saying{Text: line.text}
	if o := l.campaigns[line.coupon]; o != nil {
		said.Campaign = o.Campaign.ID
	}
	if line.picture == "" {
		return said, nil
	}
	data, err := drawn(line.picture)
	if err != nil {
		return said, err
	}
	photo, err := l.app.Chat.Upload(ctx, seat, data)
	said.Photo = photo.ID
	return said, err
}
