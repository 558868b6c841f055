package helper

import (
	"context"
	"fmt"
	"strings"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// shown is how many things an answer lists at most; the screen it leads to has the rest.
const shown = 6

// HelperReply is what the helper says. Private answers are the asker's own; Link is the screen with more.
type HelperReply struct {
	Intent  Intent       `json:"intent" doc:"empty: the helper does not know"`
	Text    string       `json:"text"`
	Lines   []HelperLine `json:"lines" nullable:"false"`
	Link    string       `json:"link" doc:"where the app goes on a tap; empty: nowhere"`
	Private bool         `json:"private"`
	Passed  bool         `json:"passed" doc:"a person has the question now, and the answer comes as a letter"`
}

// HelperLine is one thing of an answer, and the screen that shows it.
type HelperLine struct {
	Text string `json:"text"`
	Link string `json:"link" doc:"empty: nowhere"`
}

// Ask answers a question with what the asker may see, in the language of ctx. What it does not know it passes to a
// person when a member asks. Errors: text_empty, text_too_long, questions_many.
func (s *Service) Ask(ctx context.Context, p *identity.Principal, question string) (HelperReply, error) {
	question, err := said(question)
	if err != nil {
		return HelperReply{}, err
	}
	r, err := s.find(ctx, p, question)
	if err != nil || r.Text != "" {
		return r, err
	}
	r.Private = true
	if p.MemberID.IsZero() {
		r.Text = word(ctx, "这个我还不知道。进了街，我帮您问店里的人", "I do not know that yet. Join the street and I will ask somebody for you.")
		return r, nil
	}
	if err := s.pass(ctx, p, question); err != nil {
		return r, err
	}
	r.Passed, r.Text = true, word(ctx, "这个我还不知道，已经替您问了人，答了就写信给您", "I do not know that yet. I have asked somebody for you; the answer comes to your inbox.")
	return r, nil
}

// find looks for an answer; one without text is none.
func (s *Service) find(ctx context.Context, p *identity.Principal, question string) (HelperReply, error) {
	known, err := s.lessonsFor(ctx, p.AllianceID, question)
	if err != nil {
		return HelperReply{}, err
	}
	if r := known.before(ctx); r.Text != "" {
		return r, nil
	}
	r, err := s.fromData(ctx, p, question)
	if err != nil || r.Text != "" {
		return r, err
	}
	return known.after(ctx), nil
}

// fromData answers with what the street's own data say.
func (s *Service) fromData(ctx context.Context, p *identity.Principal, question string) (HelperReply, error) {
	what := Understand(question)
	r := HelperReply{Intent: what, Lines: []HelperLine{}, Private: what.Private()}
	var err error
	switch what {
	case Today:
		err = s.today(ctx, p, &r)
	case Open:
		err = s.open(ctx, p, question, &r)
	case Coupons:
		err = s.coupons(ctx, p, &r)
	case Claims:
		err = s.claims(ctx, p, &r)
	case Points:
		err = s.points(ctx, p, &r)
	case Levels:
		levels(ctx, &r)
	case Where:
		err = s.where(ctx, p, question, &r)
	}
	if r.Text == "" {
		r.Intent = Unknown
	}
	return r, err
}

// word picks the language of ctx and fills it in.
func word(ctx context.Context, zh, en string, args ...any) string {
	text := models.Text{ZH: zh, EN: en}.In(web.Locale(ctx))
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

func (r *HelperReply) add(line, link string) {
	if len(r.Lines) < shown {
		r.Lines = append(r.Lines, HelperLine{line, link})
	}
}

func (s *Service) today(ctx context.Context, p *identity.Principal, r *HelperReply) error {
	street, err := s.Pool.Alliance(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	month, err := s.Calendar.Month(ctx, p.AllianceID, models.ID{}, "", web.Locale(ctx))
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	date := street.LocalDate(now)
	for _, o := range month.Items {
		if street.LocalDate(o.StartsAt) == date && o.State == models.EventStatePublished && o.EndsAt.After(now) {
			r.add(fmt.Sprintf("%s %s · %s", models.SaidTime(street.Local(o.StartsAt)), o.Title, o.Place), "/calendar/"+o.ID.String())
		}
	}
	r.Link = "/calendar"
	for _, d := range month.Days {
		if d.Date == date && d.Market {
			r.Text = word(ctx, "今天逢集。", "It is market day. ")
		}
	}
	if len(r.Lines) == 0 {
		r.Text += word(ctx, "今天没有别的活动了，往后的在历上", "Nothing else is on today; the calendar has what comes.")
		return nil
	}
	r.Text += word(ctx, "今天还有 %d 场：", "Still on today: %d", len(r.Lines))
	return nil
}

func (s *Service) open(ctx context.Context, p *identity.Principal, question string, r *HelperReply) error {
	street, err := s.Pool.Street(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	text := plain(question)
	count := 0
	for _, one := range street.Stores {
		if named(text, one.StoreRef) {
			r.Link = "/stores/" + one.ID.String()
			r.Text = hours(ctx, one.Name, one.Open, one.OpensAt, one.ClosesAt)
			return nil
		}
		if one.Open {
			count++
			r.add(word(ctx, "%s，到 %s", "%s, until %s", one.Name, one.ClosesAt), "/stores/"+one.ID.String())
		}
	}
	r.Link = "/"
	r.Text = word(ctx, "现在开着 %d 家：", "Open now: %d", count)
	if count == 0 {
		r.Text = word(ctx, "这会儿都打烊了", "All are closed at this hour.")
	}
	return nil
}

func hours(ctx context.Context, name string, open bool, from, until string) string {
	switch {
	case open:
		return word(ctx, "%s开着，到 %s", "%s is open until %s.", name, until)
	case from == "":
		return word(ctx, "%s今天歇业", "%s is closed today.", name)
	}
	return word(ctx, "%s这会儿没开，今天的时间是 %s 到 %s", "%s is closed now; its hours today are %s to %s.", name, from, until)
}

// named tells whether a plain text names a store: by its name, or by the short one.
func named(text string, store models.StoreRef) bool {
	for _, name := range []string{store.Name, store.ShortName} {
		if name = strings.TrimSpace(plain(name)); name != "" && has(text, name) {
			return true
		}
	}
	return false
}

func (s *Service) coupons(ctx context.Context, p *identity.Principal, r *HelperReply) error {
	if p.MemberID.IsZero() {
		r.Text = word(ctx, "进了街才有券夹", "Your wallet begins when you join the street.")
		return nil
	}
	wallet, err := s.Coupon.Wallet(ctx, p.AllianceID, p.MemberID, models.CouponUsable, "")
	if err != nil {
		return err
	}
	street, err := s.Pool.Alliance(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	for _, c := range wallet.Items {
		r.add(word(ctx, "%s，%s，用到 %s", "%s, %s, until %s", c.Campaign.Title, c.Campaign.Store.Name, street.Local(c.ValidUntil).Format("2006-01-02")), "/coupons")
	}
	r.Link, r.Text = "/coupons", word(ctx, "您有 %d 张能用的券：", "Coupons you can use: %d", wallet.Counts.Usable)
	if len(r.Lines) == 0 {
		r.Text = word(ctx, "您手里没有能用的券，街上有能领的", "You have no coupon to use now; there are some to claim on the street.")
	}
	return nil
}

func (s *Service) claims(ctx context.Context, p *identity.Principal, r *HelperReply) error {
	page, err := s.Coupon.Public(ctx, &identity.Principal{AllianceID: p.AllianceID}, "", 2*shown)
	if err != nil {
		return err
	}
	for _, c := range page.Items {
		if c.State == models.CampaignLive && c.Remaining > 0 {
			r.add(fmt.Sprintf("%s · %s", c.Title, c.Store.Name), "/stores/"+c.Store.ID.String())
		}
	}
	r.Link, r.Text = "/coupons?show=claim", word(ctx, "这会儿能领的：", "To claim now:")
	if len(r.Lines) == 0 {
		r.Text = word(ctx, "这会儿没有能领的券", "There is no coupon to claim right now.")
	}
	return nil
}

func (s *Service) points(ctx context.Context, p *identity.Principal, r *HelperReply) error {
	if p.MemberID.IsZero() {
		r.Text = word(ctx, "进了街，买东西就有积分", "Join the street and you get points for what you buy.")
		return nil
	}
	points, err := s.Pool.Points(ctx, p.AllianceID, p.MemberID, "")
	r.Link, r.Text = "/me/points", word(ctx, "您有 %d 积分，整条街都能用", "You have %d points, good at every store of the street.", points.Balance)
	return err
}

func levels(ctx context.Context, r *HelperReply) {
	r.Link = "/me"
	r.Text = word(ctx, "您和每家店各有一层关系，看您来得多不多：", "You have a level at each store, by how things stand between you:")
	for _, l := range []models.Text{
		{ZH: "微关系：买过", EN: "Micro: you have bought there"},
		{ZH: "弱关系：半年里买过三回以上", EN: "Weak: more than three times in half a year"},
		{ZH: "强关系：常买，还常来活动、常说话", EN: "Strong: and you take part, in events, posts or talks"},
		{ZH: "超强关系：还带来过买东西的街坊", EN: "Super: and you brought somebody who bought"},
		{ZH: "久不来会淡一层，来了就回去", EN: "A level fades with silence, and comes back when you do"},
	} {
		r.add(l.In(web.Locale(ctx)), "")
	}
}

// where looks through the stores' names and stories and through what can be claimed. Finding nothing is no answer.
func (s *Service) where(ctx context.Context, p *identity.Principal, question string, r *HelperReply) error {
	street, err := s.Pool.Street(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	sought := strings.Fields(thing(question))
	if len(sought) == 0 {
		return nil
	}
	for _, one := range street.Stores {
		page, err := s.Pool.Page(ctx, p.AllianceID, one.ID)
		if err != nil {
			return err
		}
		book := strings.ToLower(one.Name + " " + one.ShortName + " " + page.StoryTitle + " " + page.Story)
		if !mentions(book, sought) {
			continue
		}
		r.Link = "/stores/" + one.ID.String()
		r.add(strings.TrimSuffix(fmt.Sprintf("%s · %s", one.Name, page.Address), " · "), r.Link)
	}
	if len(r.Lines) > 0 {
		r.Text = word(ctx, "去这儿看看：", "Try here:")
	}
	return nil
}

// mentions tells whether a text holds all words that are sought; of a Chinese one its last two characters do, which name
// the thing: 棉鞋 of 老人棉鞋.
func mentions(book string, sought []string) bool {
	for _, w := range sought {
		runes := []rune(w)
		if strings.Contains(book, w) {
			continue
		}
		if runes[0] < 0x80 || len(runes) < 3 || !strings.Contains(book, string(runes[len(runes)-2:])) {
			return false
		}
	}
	return true
}
