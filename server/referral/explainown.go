package referral

import (
	"context"
	"strconv"
	"strings"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral/words"
)

// explainReferrals tells of credits: by which way the member came, who else claimed them, and what it waits for.
func (s *Service) explainReferrals(ctx context.Context, r Reader, lines []ledger.Line) (map[models.ID]Explanation, error) {
	var rows []models.Referral
	if err := s.DB.Read(ctx).Where("+alliance_id = ? AND id IN ?", r.Alliance.ID, about(lines, func(l ledger.Line) models.ID { return l.ReferralID })).Find(&rows).Error; err != nil {
		return nil, err
	}
	byID := make(map[models.ID]models.Referral, len(rows))
	for _, row := range rows {
		byID[row.ID] = row
	}
	said := make(map[models.ID]Explanation, len(lines))
	for _, l := range lines {
		if row, ok := byID[l.ReferralID]; ok {
			said[l.ID] = explainReferral(r, row, l)
		}
	}
	return said, nil
}

func about(lines []ledger.Line, of func(ledger.Line) models.ID) []models.ID {
	ids := make([]models.ID, len(lines))
	for i, l := range lines {
		ids[i] = of(l)
	}
	return ids
}

func explainReferral(r Reader, row models.Referral, l ledger.Line) Explanation {
	e := Explanation{Text: words.Join("%s买了第一单", "%s bought for the first time", r.Who(row.MemberID)), Why: claims(r, row)}
	if row.StoreID == r.Store && !row.Evidence.Store.IsZero() && row.Evidence.Store != r.Store {
		e.Why = append(e.Why, models.Text{ZH: "有过异议，协调人判给了你家。", EN: "There was an objection; the coordinator decided for your store."})
	}
	until := words.Day(r.Alliance.Local(row.VestsBy), r.Now)
	switch l.State {
	case ledger.StatePending:
		e.Text = words.Join("%s入会", "%s joined", r.Who(row.MemberID))
		e.Why = append([]models.Text{waiting(row, until)}, e.Why...)
	case ledger.StateVoided:
		e.Text = words.Join("%s入会", "%s joined", r.Who(row.MemberID))
		e.Why = append([]models.Text{voided(r, row, until)}, e.Why...)
	case ledger.StatePosted, ledger.StateReversed:
		if row.Rewarded {
			e.Why = append([]models.Text{rewarded(r, row)}, e.Why...)
		}
	}
	return e
}

func waiting(row models.Referral, until models.Text) models.Text {
	if row.State == models.ReferralObjected {
		return models.Text{ZH: "别家有异议，等协调人定。定了再看买没买。", EN: "Another store objects; the coordinator decides. Until then a purchase does not post it."}
	}
	return words.Join("待入账，%s前买一单就算。", "Waiting: counts with a purchase before %s.", until)
}

// voided says why a credit is void for the store that reads it: decided for another, out of time, or gone.
func voided(r Reader, row models.Referral, until models.Text) models.Text {
	switch {
	case row.StoreID != r.Store:
		return words.Join("有异议，协调人判给了%s，你家这笔作废。", "There was an objection; the coordinator decided for %s, so this one is void.", r.Sign(row.StoreID))
	case row.SettledWhy == models.SettledLeft:
		return models.Text{ZH: "店退出了联盟，没入账的都作废。", EN: "The store has left the street, so what waited is void."}
	}
	return words.Join("到%s没买东西，作废了。", "No purchase by %s, so it is void.", until)
}

func rewarded(r Reader, row models.Referral) models.Text {
	return words.Join("%s请来的，记了 %s 积分。", "Invited by %s, who got %s points.", r.Who(row.InviterID), models.Same(strconv.FormatInt(row.Points, 10)))
}

// claims lists the ways in which the member met the street's stores, and the rule by which one of them counts.
func claims(r Reader, row models.Referral) []models.Text {
	if len(row.Evidence.Claims) == 0 {
		return nil
	}
	said := make([]models.Text, 0, len(row.Evidence.Claims)+1)
	for _, c := range row.Evidence.Claims {
		at := words.Moment(r.Alliance.Local(c.At), r.Now)
		said = append(said, words.Join("%s：%s，%s，%s。", "%s: %s, %s. %s.", r.Sign(c.Store), c.Kind.Text(), at, c.Why.Text()))
	}
	return append(said, row.Evidence.Rule())
}

// explainCommissions tells who paid whom for which member, and how the amount came about.
func (s *Service) explainCommissions(ctx context.Context, r Reader, lines []ledger.Line) (map[models.ID]Explanation, error) {
	var rows []models.Commission
	if err := s.DB.Read(ctx).Where("alliance_id = ? AND visit_id IN ?", r.Alliance.ID, about(lines, func(l ledger.Line) models.ID { return l.VisitID })).Find(&rows).Error; err != nil {
		return nil, err
	}
	byReference := make(map[string]models.Commission, len(rows))
	for _, c := range rows {
		byReference[commissionReference(c)] = c
	}
	said := make(map[models.ID]Explanation, len(lines))
	for _, l := range lines {
		if c, ok := byReference[strings.TrimSuffix(l.Reference, back(""))]; ok {
			said[l.ID] = explainCommission(r, c)
		}
	}
	return said, nil
}

func explainCommission(r Reader, c models.Commission) Explanation {
	rate := models.Same(words.Percent(c.BPS))
	var e Explanation
	if r.Store == c.StoreID {
		e.Text = words.Join("付给%s", "Paid to %s", r.Sign(c.OriginID))
		e.Why = []models.Text{
			words.Join("%s在你家买 %s，出 %s。", "%s bought for %s here; %s of it.", r.Who(c.MemberID), yuan(c.Paid), rate),
			words.Join("谁带来的会员在别家买，别家付佣金。这位是%s带来的。", "Who gains from a member pays the store that brought them: here %s.", r.Sign(c.OriginID)),
		}
	} else {
		e.Text = words.Join("%s付来", "Paid by %s", r.Sign(c.StoreID))
		e.Why = []models.Text{words.Join("你家带来的%s在%s买了东西，收 %s。", "%s, whom you brought, bought at %s; you get %s.", r.Who(c.MemberID), r.Sign(c.StoreID), rate)}
	}
	if c.Amount < c.Uncapped {
		e.Why = append(e.Why, capped(c))
	}
	return e
}

func capped(c models.Commission) models.Text {
	return words.Join("按 %s 是 %s。每位会员每月封顶 %s，前面有过 %s，这回只算 %s。",
		"%s of it is %s. A member's month comes to %s at most; %s was used, so this time it is %s.",
		models.Same(words.Percent(c.BPS)), yuan(c.Uncapped), yuan(c.Prior+c.Amount), yuan(c.Prior), yuan(c.Amount))
}

func yuan(fen int64) models.Text { return models.Same(models.Yuan(fen)) }

// explainPoints tells for what a store gave points.
func (s *Service) explainPoints(ctx context.Context, r Reader, lines []ledger.Line) (map[models.ID]Explanation, error) {
	var visits []models.Visit
	if err := s.DB.Read(ctx).Where("+alliance_id = ? AND id IN ?", r.Alliance.ID, about(lines, func(l ledger.Line) models.ID { return l.VisitID })).Find(&visits).Error; err != nil {
		return nil, err
	}
	paid := make(map[models.ID]int64, len(visits))
	for _, v := range visits {
		paid[v.ID] = v.Amount
	}
	said := make(map[models.ID]Explanation, len(lines))
	for _, l := range lines {
		if amount := paid[l.VisitID]; amount > 0 {
			said[l.ID] = Explanation{general(r, l).Text, []models.Text{words.Join("买了 %s。", "Bought for %s.", yuan(amount))}}
		}
	}
	return said, nil
}
