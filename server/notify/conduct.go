package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// Letters about the street's conduct. Whoever reported hears what came of it, without the words that they reported; the
// author hears what was decided and never that, or by whom, it was reported.

const conductLink = "/me/conduct"

func (s *Service) onConduct() {
	outbox.On(s.Outbox, models.EventCaseDecided, "notify.case-decided", s.caseDecided)
	outbox.On(s.Outbox, models.EventStrikeGiven, "notify.strike", s.strikeGiven)
	outbox.On(s.Outbox, models.EventAppealDecided, "notify.appeal", s.appealDecided)
	outbox.On(s.Outbox, models.EventMuted, "notify.muted", s.muted)
	outbox.On(s.Outbox, models.EventMuteEnded, "notify.mute-ended", s.muteEnded)
}

// caseDecided tells those who reported a text, and its author unless a strike tells them more.
func (s *Service) caseDecided(_ context.Context, tx *gorm.DB, e outbox.Event, p models.CaseDecided) error {
	c, err := db.Find[models.ConductCase](tx, "id = ? AND alliance_id = ?", p.CaseID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	if err := s.tellReporters(tx, c, p.At); err != nil {
		return err
	}
	d := draft{alliance: c.AllianceID, member: c.MemberID, reference: "case:" + c.ID.String(), at: p.At, facts: facts{Title: excerpt(c.Text), Why: models.Same(c.Reason)}}
	switch {
	case c.State == models.CasePassed && p.WasHeld:
		d.kind, d.link = models.NoticePostPassed, postLink(c)
	case c.State == models.CaseRemoved:
		d.kind, d.link, d.facts.Ours = models.NoticePostRefused, conductLink, p.WasHeld
	default:
		return nil
	}
	return s.deliverIfMember(tx, d)
}

func postLink(c models.ConductCase) string {
	if c.Kind == "comment" {
		return "/posts/" + c.PostID.String()
	}
	return "/posts/" + c.SubjectID.String()
}

func (s *Service) tellReporters(tx *gorm.DB, c models.ConductCase, at time.Time) error {
	var reporters []models.Member
	err := tx.Joins("JOIN conduct_reports r ON r.account_id = members.account_id AND r.alliance_id = members.alliance_id").
		Where("r.case_id = ?", c.ID).Order("members.id").Find(&reporters).Error
	if err != nil {
		return err
	}
	d := draft{alliance: c.AllianceID, kind: models.NoticeReportDecided, reference: "report:" + c.ID.String(), at: at, facts: facts{Title: string(c.State)}}
	if c.State == models.CasePassed {
		d.link = postLink(c)
	}
	for _, m := range reporters {
		d.member = m.ID
		if err := s.deliver(tx, d); err != nil {
			return err
		}
	}
	return nil
}

// strikeGiven tells the author of an advert what it cost and where to appeal.
func (s *Service) strikeGiven(_ context.Context, tx *gorm.DB, e outbox.Event, p models.StrikeGiven) error {
	st, err := db.Find[models.ConductStrike](tx, "id = ? AND alliance_id = ?", p.StrikeID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	c, err := db.Find[models.ConductCase](tx, "id = ?", st.CaseID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.deliverIfMember(tx, draft{
		alliance: e.AllianceID, member: st.MemberID, kind: models.NoticeStrike, reference: "strike:" + st.ID.String(), link: conductLink, at: p.At,
		facts: facts{Title: excerpt(st.Text), Number: int64(st.Nth), Points: st.Points, Until: st.ExpiresAt, Why: models.Same(c.Reason)},
	})
}

// appealDecided brings the answer to an appeal.
func (s *Service) appealDecided(_ context.Context, tx *gorm.DB, e outbox.Event, p models.AppealDecided) error {
	st, err := db.Find[models.ConductStrike](tx, "id = ? AND alliance_id = ?", p.StrikeID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.deliverIfMember(tx, draft{
		alliance: e.AllianceID, member: st.MemberID, kind: models.NoticeAppeal, reference: "appeal:" + st.ID.String(), link: conductLink, at: p.At,
		facts: facts{Title: string(st.State), Points: st.Points, Until: st.ExpiresAt, Why: models.Same(st.Answer)},
	})
}

// muted tells a member that they may not speak, until when and why.
func (s *Service) muted(_ context.Context, tx *gorm.DB, e outbox.Event, p models.MuteChanged) error {
	standing, err := db.Find[models.ConductStanding](tx, "alliance_id = ? AND account_id = ?", e.AllianceID, p.AccountID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.tellAccount(tx, p.AccountID, draft{
		alliance: e.AllianceID, kind: models.NoticeMuted, reference: fmt.Sprintf("mute:%d", e.ID), link: conductLink, at: p.At,
		facts: facts{Until: p.Until, Why: models.Same(standing.MutedWhy)},
	})
}

// muteEnded tells them that they may speak again.
func (s *Service) muteEnded(_ context.Context, tx *gorm.DB, e outbox.Event, p models.MuteChanged) error {
	return s.tellAccount(tx, p.AccountID, draft{alliance: e.AllianceID, kind: models.NoticeMuteEnded, reference: fmt.Sprintf("mute-over:%d", e.ID), link: "/", at: p.At})
}

func (s *Service) tellAccount(tx *gorm.DB, account models.ID, d draft) error {
	m, err := db.Find[models.Member](tx, "alliance_id = ? AND account_id = ?", d.alliance, account)
	if err != nil {
		return db.IfNone(err, nil)
	}
	d.member = m.ID
	return s.deliver(tx, d)
}

// deliverIfMember passes over what staff said in their store's voice.
func (s *Service) deliverIfMember(tx *gorm.DB, d draft) error {
	if d.member.IsZero() {
		return nil
	}
	return s.deliver(tx, d)
}

// excerpt is the beginning of a text, enough to know it by.
func excerpt(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= excerptLength {
		return string(runes)
	}
	return string(runes[:excerptLength]) + "…"
}

const excerptLength = 24

// conductLetter finds the words.
func conductLetter(kind models.NoticeKind, f facts, zone *time.Location) (title, text models.Text) {
	switch kind {
	case models.NoticeReportDecided:
		return reportLetter(models.CaseState(f.Title))
	case models.NoticePostPassed:
		return models.Text{ZH: "您写的发出来了", EN: "What you wrote is on the street now"},
			words("「%s」管理员看过了，街坊都看得到。点开看看有没有人接话", "A moderator has looked at “%s”, and everybody can read it. Tap to see who answers.", f.Title)
	case models.NoticePostRefused:
		return refusedLetter(f)
	case models.NoticeStrike:
		return strikeLetter(f, zone)
	case models.NoticeAppeal:
		return appealLetter(f, zone)
	case models.NoticeMuted:
		return models.Text{ZH: "管理员请您先歇一歇", EN: "A moderator asks you to rest for a while"},
			reasoned(both("%s 以前不能在街谈里说话，看帖、领券、和店里聊都不耽误", "You cannot post on the feed before %s. Reading, coupons and chats with stores go on.", moment(f.Until, zone)), f.Why)
	}
	return models.Text{ZH: "您又能在街谈里说话了", EN: "You can post on the feed again"}, models.Text{ZH: "歇完了，接着聊", EN: "Come back in and pick up where you left off."}
}

func reportLetter(state models.CaseState) (title, text models.Text) {
	switch state {
	case models.CaseStruck:
		return models.Text{ZH: "您举报的那条算广告，收下来了", EN: "What you reported was an advert and is gone"}, models.Text{ZH: "谢谢您说一声，对方不知道是谁说的", EN: "Thank you for saying so. Its author does not know who did."}
	case models.CaseRemoved:
		return models.Text{ZH: "您举报的那条收下来了", EN: "What you reported was taken down"}, models.Text{ZH: "谢谢您说一声，对方不知道是谁说的", EN: "Thank you for saying so. Its author does not know who did."}
	}
	return models.Text{ZH: "您举报的那条看过了，留着", EN: "What you reported was looked at and stays"},
		models.Text{ZH: "看下来没有坏了街上的规矩。不想看这个人说的，点开那条选「不看」就行", EN: "It breaks no rule of the street. If you do not want to hear its author, open it and choose to hide them."}
}

func refusedLetter(f facts) (title, text models.Text) {
	if f.Ours { // it had waited
		return words("「%s」没有发出来", "“%s” was not posted", f.Title), reasoned(models.Text{ZH: "没有记次数，改一改可以再发", EN: "Nothing is held against you. Change it and post again."}, f.Why)
	}
	return words("「%s」收下来了", "“%s” was taken down", f.Title), reasoned(models.Text{ZH: "没有记次数，改一改可以再发", EN: "Nothing is held against you. Change it and post again."}, f.Why)
}

func strikeLetter(f facts, zone *time.Location) (title, text models.Text) {
	title = words("「%s」算成了广告，记了第 %d 次", "“%s” counts as an advert: strike %d", f.Title, f.Number)
	until := day(f.Until, zone)
	switch {
	case f.Number >= models.StrikesOut:
		text = both("%s 以前不能在街谈里说话了。判错了，点开这里申诉", "You cannot post on the feed before %s. If that is wrong, tap to appeal.", until)
	case f.Points > 0:
		text = both("扣了 %s 积分，%s 以后这次不再算。判错了，点开这里申诉", "It took %s points and no longer counts after %s. If that is wrong, tap to appeal.", models.Same(fmt.Sprint(f.Points)), until)
	default:
		text = both("没有扣积分，%s 以后这次不再算。判错了，点开这里申诉", "No points were taken, and it no longer counts after %s. If that is wrong, tap to appeal.", until)
	}
	return title, reasoned(text, f.Why)
}

func appealLetter(f facts, zone *time.Location) (title, text models.Text) {
	if models.AppealState(f.Title) != models.AppealGranted {
		return models.Text{ZH: "申诉看过了，这次还是算", EN: "Your appeal was heard; the strike stands"},
			reasoned(both("%s 以后不再算，到那天就清了", "It no longer counts after %s.", day(f.Until, zone)), f.Why)
	}
	text = models.Text{ZH: "这次不算了", EN: "The strike is gone."}
	if f.Points > 0 {
		text = words("这次不算了，%d 积分退回您名下", "The strike is gone, and your %d points are back.", f.Points)
	}
	return models.Text{ZH: "您的申诉成立", EN: "Your appeal is granted"}, reasoned(text, f.Why)
}

// reasoned puts what a moderator said before the rest.
func reasoned(text, why models.Text) models.Text {
	if why.ZH == "" {
		return text
	}
	return models.Text{ZH: "管理员说：" + strings.TrimRight(why.ZH, "。") + "。" + text.ZH, EN: "The moderator says: " + strings.TrimRight(why.EN, ".") + ". " + text.EN}
}
