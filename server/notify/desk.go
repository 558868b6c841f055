package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// DeskLine is a notice as it stands on a store's desk.
type DeskLine struct {
	At     time.Time       `json:"at"`
	Kind   models.DeskKind `json:"kind"`
	Text   string          `json:"text" doc:"what happened"`
	Detail string          `json:"detail" doc:"why it matters"`
	Amount *models.Money   `json:"amount,omitempty" doc:"what it moves in the store's books"`
}

// deskDraft is a desk notice to be. latest keeps one line for what it tells of, brought up to date and to the top.
type deskDraft struct {
	alliance, store models.ID
	kind            models.DeskKind
	reference       string
	at              time.Time
	amount          int64
	facts           facts
	latest          bool
}

// tellDesk writes a notice on a store's desk, once, and lets its open screens know.
func (s *Service) tellDesk(tx *gorm.DB, d deskDraft) error {
	if d.store.IsZero() || d.store == d.alliance { // the street itself has no desk
		return nil
	}
	n, err := d.notice()
	if err != nil {
		return err
	}
	made := db.OnConflictSkip(tx).Create(&n)
	if made.Error == nil && made.RowsAffected == 0 && d.latest {
		made = tx.Model(&models.DeskNotice{}).Where("store_id = ? AND reference = ?", d.store, d.reference).
			Updates(map[string]any{"facts": n.Facts, "amount": n.Amount, "at": n.At})
	}
	if made.Error == nil && made.RowsAffected > 0 {
		s.deskChanged(tx, n)
	}
	return made.Error
}

// tellDesks writes notices on stores' desks, each once, and lets their open screens know.
func (s *Service) tellDesks(tx *gorm.DB, drafts []deskDraft) error {
	var values []any
	for _, d := range drafts {
		n, err := d.notice()
		if err != nil {
			return err
		}
		values = append(values, n.ID, n.AllianceID, n.StoreID, n.Kind, n.Reference, n.Facts, n.Amount, n.At)
		s.deskChanged(tx, n)
	}
	return newLines.Exec(tx, values)
}

// newLines writes lines on desks, each once.
var newLines = db.Insert{Into: "desk_notices (id, alliance_id, store_id, kind, reference, facts, amount, at)", Width: 8, Key: "store_id, reference"}

func (d deskDraft) notice() (models.DeskNotice, error) {
	text, err := json.Marshal(d.facts)
	return models.DeskNotice{
		ID: models.NewID(), AllianceID: d.alliance, StoreID: d.store, Kind: d.kind, Reference: d.reference,
		Facts: string(text), Amount: d.amount, At: d.at,
	}, err
}

func (s *Service) deskChanged(tx *gorm.DB, n models.DeskNotice) {
	db.AfterCommit(tx, func() {
		s.Streams.Signal(n.AllianceID, Desk(n.StoreID), "desk.changed", map[string]models.DeskKind{"notice": n.Kind})
	})
}

// DeskLines reads the newest lines of a store's desk, at most limit of them and none older than since.
func (s *Service) DeskLines(ctx context.Context, alliance, store models.ID, since time.Time, limit int, locale string) ([]DeskLine, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	var rows []models.DeskNotice
	err = s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND at >= ?", alliance, store, since).
		Order("at DESC, id DESC").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	lines := make([]DeskLine, 0, len(rows))
	for _, row := range rows {
		var f facts
		if err := json.Unmarshal([]byte(row.Facts), &f); err != nil {
			return nil, fmt.Errorf("facts of desk notice %s: %w", row.ID, err)
		}
		text, detail := line(row.Kind, f, street.Location())
		l := DeskLine{At: row.At, Kind: row.Kind, Text: text.In(locale), Detail: detail.In(locale)}
		if row.Amount != 0 {
			amount := models.Fen(row.Amount)
			l.Amount = &amount
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// line finds the words for what a desk notice tells.
func line(kind models.DeskKind, f facts, zone *time.Location) (text, detail models.Text) {
	switch kind {
	case models.DeskSignatureWanted:
		return words("%s请您签「%s」", "%s asks you to sign “%s”", f.Store, f.Title),
			both("我们出%s，签了才开始", "Our share is %s; it starts when all have signed", share(f.BPS))
	case models.DeskNewMember:
		return models.Text{ZH: "我们的码进来一位新会员", EN: "Our code brought a new member in"},
			words("%d 天内买第一单就入账", "Posts with the first purchase within %d days", f.Count)
	case models.DeskCreditPosted:
		return models.Text{ZH: "我们带来的会员买了第一单", EN: "A member we brought in has bought"},
			models.Text{ZH: "推荐金入账了", EN: "The credit is posted"}
	case models.DeskCouponElsewhere:
		return ours(f, words("%s收了一张我们家的券", "%s took one of our coupons", f.Store), words("%s收了一张「%s」", "%s took a “%s”", f.Store, f.Title)),
			both("我们出%s", "Our share is %s", share(f.BPS))
	case models.DeskCouponReturned:
		return words("%s撤销了一张「%s」", "%s took a “%s” back", f.Store, f.Title),
			both("我们出的%s退回来了", "Our share of %s is back", share(f.BPS))
	case models.DeskTillUnbooked:
		return tillLine(f, zone)
	case models.DeskTillDiffers:
		return sumLine(f, zone)
	case models.DeskSignUps:
		return words("%s，来的有 %d 位", "%s: guests so far %d", f.Title, f.Number), signUpsLeft(f, zone)
	case models.DeskHostAsked:
		return words("%s请我们一起办「%s」", "%s asks us to host “%s” together", f.Store, f.Title),
			models.Text{ZH: "到活动里答应一声，名单和签到就一起管", EN: "Accept it under Events, and the list and the door are yours too"}
	case models.DeskCalled:
		return models.Text{ZH: "街谈里有人叫我们店", EN: "Somebody called our store in the feed"},
			models.Text{ZH: "去看看说了什么，接一句", EN: "See what it is about and say a word"}
	case models.DeskChatWaiting:
		return chatLine(f, moment(f.From, zone))
	case models.DeskObjection, models.DeskObjectionAnswered, models.DeskObjectionWithdrawn, models.DeskObjectionDecided:
		return caseLine(kind, f, moment(f.Until, zone))
	case models.DeskShareSigned, models.DeskShareDeclined, models.DeskBudgetSpent, models.DeskPartnerLeaving, models.DeskPartnerLeft:
		return campaignLine(kind, f, zone)
	default:
		return settlementLine(kind, f)
	}
}

func ours(f facts, yes, no models.Text) models.Text {
	if f.Ours {
		return yes
	}
	return no
}

func signUpsLeft(f facts, zone *time.Location) models.Text {
	if f.Number >= f.Count {
		return both("%s，满了", "%s, full", moment(f.From, zone))
	}
	left := f.Count - f.Number
	return both("%s，还剩 %s 个位子", "%s, places left: %s", moment(f.From, zone), models.Same(fmt.Sprint(left)))
}

// share tells basis points as people do: 四成, 三成五, or per cent where the tenths do not come out.
func share(bps int64) models.Text {
	en := fmt.Sprintf("%d%%", bps/100)
	if rest := bps % 100; rest != 0 {
		en = fmt.Sprintf("%d.%02d%%", bps/100, rest)
	}
	whole, half := bps/1000, bps%1000
	switch {
	case bps == models.BasisPoints:
		return models.Text{ZH: "全部", EN: en}
	case half == 0 && whole > 0:
		return models.Text{ZH: tenths[whole] + "成", EN: en}
	case half == 500 && whole > 0:
		return models.Text{ZH: tenths[whole] + "成五", EN: en}
	}
	return models.Text{ZH: " " + en, EN: en}
}

var tenths = [...]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
