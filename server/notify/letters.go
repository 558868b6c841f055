package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"onestreet/models"
)

// letters writes notices out in a language.
func (s *Service) letters(ctx context.Context, alliance models.ID, locale string, rows []models.Notice) ([]Notice, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Hosts(ctx, alliance)
	if err != nil {
		return nil, err
	}
	zone, shown := street.Location(), make([]Notice, 0, len(rows))
	for _, row := range rows {
		var f facts
		if err := json.Unmarshal([]byte(row.Facts), &f); err != nil {
			return nil, fmt.Errorf("facts of notice %s: %w", row.ID, err)
		}
		title, text := letter(row.Kind, f, zone)
		n := Notice{ID: row.ID, At: row.At, Kind: row.Kind, Title: title.In(locale), Text: text.In(locale), Link: row.Link, Read: row.ReadAt != nil}
		if ref, ok := stores[row.StoreID]; ok {
			n.Store = &ref
		}
		shown = append(shown, n)
	}
	return shown, nil
}

// letter finds the words for what a notice tells.
func letter(kind models.NoticeKind, f facts, zone *time.Location) (title, text models.Text) {
	switch kind {
	case models.NoticeWelcome:
		return welcomeLetter(f)
	case models.NoticeInviteEarned:
		return models.Text{ZH: "您请来的街坊买了第一单", EN: "Someone you brought has bought for the first time"},
			words("%d 积分记在您名下了，谢谢您带路", "%d points are yours now. Thank you for showing the way.", f.Points)
	case models.NoticeReceipt:
		return receiptLetter(f)
	case models.NoticeReversed:
		return words("「%s」退回券夹了", "“%s” is back in your wallet", f.Title),
			both("%s那一笔撤销了，券还能用到 %s", "The bill at %s was taken back. The coupon is good until %s.", models.Same(f.Store), day(f.Until, zone))
	case models.NoticeCouponExpiring:
		return words("「%s」快到期了", "“%s” ends soon", f.Title),
			both("还能用到 %s，路过%s就带上会员码", "It is good until %s. Bring your member code when you pass %s.", moment(f.Until, zone), models.Same(f.Store))
	case models.NoticeStoreLeaving:
		return both("「%s」，%s收到 %s", "“%s” is good at %s until %s", models.Same(f.Title), models.Same(f.Store), day(f.Until, zone)),
			words("想在%s用，赶在那天打烊前去；别家照样收", "If you mean to use it at %s, go before they close that day. The other stores take it as before.", f.Store)
	case models.NoticeCouponVoided:
		return voidLetter(f)
	case models.NoticeCouponSent:
		return sentLetter(f, moment(f.Until, zone))
	case models.NoticePrize:
		return prizeLetter(f, moment(f.Until, zone))
	case models.NoticeAnswer:
		return words("您问的有回话了：%s", "Your question has an answer: %s", f.Title), f.Why
	case models.NoticeGiftRefused:
		return words("「%s」朋友没收", "Your friend would not have “%s”", f.Title),
			models.Text{ZH: "券还在您的券夹里，自己用、再送别人都行", EN: "It is in your wallet as before: yours to use, or to give to someone else."}
	case models.NoticeGiftTaken:
		return giftLetter(f)
	case models.NoticeInvited:
		return words("请您进圈子「%s」", "You are invited into “%s”", f.Title),
			models.Text{ZH: "点开看看，愿意就进来坐", EN: "Have a look, and come in if you like."}
	case models.NoticePart:
		return words("「%s」第 %d 回：%s", "“%s”, part %d: %s", f.Title, f.Number, f.Why.ZH), models.Text{ZH: "点开接着看", EN: "Tap to read on."}
	case models.NoticeCalled, models.NoticeAnswered:
		return talkLetter(kind, f)
	case models.NoticeReportDecided, models.NoticePostPassed, models.NoticePostRefused, models.NoticeStrike, models.NoticeAppeal, models.NoticeMuted, models.NoticeMuteEnded:
		return conductLetter(kind, f, zone)
	case models.NoticeSignedUp, models.NoticeEventStays, models.NoticeMarketEve, models.NoticeEventMoved, models.NoticeEventCancelled, models.NoticeThanks:
		return eventLetter(kind, f, zone)
	case models.NoticeOfferMade, models.NoticeOfferExpired, models.NoticeLineClosed, models.NoticeEventTomorrow, models.NoticeEventSoon:
		return waitingLetter(kind, f, zone)
	}
	return models.Text{ZH: f.Title, EN: f.Title}, models.Text{}
}

// eventLetter tells of an event: that one is coming, what has become of it, thanks after it; and of a market day.
func eventLetter(kind models.NoticeKind, f facts, zone *time.Location) (title, text models.Text) {
	switch kind {
	case models.NoticeSignedUp:
		return words("报上了：%s", "You are coming: %s", f.Title),
			both("%s，%s，%s。去不了，开始前都能退", "%s, %s, %s. If you cannot come, give the place back before it begins.", moment(f.From, zone), models.Same(f.Store), models.Same(f.Place))
	case models.NoticeEventStays:
		return staysLetter(f, zone)
	case models.NoticeMarketEve:
		return eveLetter(f, zone)
	case models.NoticeEventMoved:
		return words("%s改了时间或地方", "%s has moved", f.Title),
			both("现在是 %s，%s，%s。位子还给您留着，去不了就退一下", "It is now %s, %s, %s. Your place is kept; give it back if you cannot come.", moment(f.From, zone), models.Same(f.Store), models.Same(f.Place))
	case models.NoticeEventCancelled:
		return words("%s取消了", "%s is off", f.Title),
			both("%s 这一场不办了，%s跟您说声对不住。位子不用退", "The one on %s will not take place; %s is sorry. There is nothing for you to do.", moment(f.From, zone), models.Same(f.Store))
	}
	return words("%s谢谢您来", "%s thanks you for coming", f.Store), f.Why
}

func welcomeLetter(f facts) (title, text models.Text) {
	if f.Store == "" {
		return models.Text{ZH: "进了街，就是街坊", EN: "Welcome to the street"},
			words("您是第 %d 位街坊，%d 家店都认您的会员码", "You are neighbour number %d. All %d stores know your member code.", f.Number, f.Count)
	}
	return words("%s给您留了句话", "A word from %s", f.Persona),
		words("我是%s的%s。您是第 %d 位街坊，整条街 %d 家店都认您的会员码，有空来坐坐", "This is %[2]s at %[1]s. You are neighbour number %[3]d, and all %[4]d stores know your member code. Come by when you have a minute.",
			f.Store, f.Persona, f.Number, f.Count)
}

func receiptLetter(f facts) (title, text models.Text) {
	title = words("在%s用了「%s」", "Used at %s: “%s”", f.Store, f.Title)
	if f.Off == 0 {
		return title, words("付了 %s 元。记错了的话，今天打烊前店里能撤销", "You paid %s yuan. If that is wrong, the store can take it back until it closes today.", models.Yuan(f.Paid))
	}
	return title, words("省了 %s 元，付了 %s 元。记错了的话，今天打烊前店里能撤销",
		"You saved %s yuan and paid %s. If that is wrong, the store can take it back until it closes today.", models.Yuan(f.Off), models.Yuan(f.Paid))
}

// words fills both languages with the same arguments.
func words(zh, en string, args ...any) models.Text {
	return models.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// both fills each language with its own words.
func both(zh, en string, parts ...models.Text) models.Text {
	return models.Text{ZH: zh, EN: en}.Fill(parts...)
}

// moment tells when, as people say it: 11 月 15 日周日 14:30.
func moment(at time.Time, zone *time.Location) models.Text {
	return models.SaidAppointment(at.In(zone))
}

// day tells a date: 11 月 15 日.
func day(at time.Time, zone *time.Location) models.Text {
	return models.SaidDay(at.In(zone))
}
