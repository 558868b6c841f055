package referral

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral/words"
)

// Explanation says a line in the street's plain words: what happened, and why it came to what it came to.
type Explanation struct {
	Text models.Text
	Why  []models.Text
}

// Explainer explains lines of one kind of transfer as a store reads them; lines that it leaves out get general words.
type Explainer func(ctx context.Context, reader Reader, lines []ledger.Line) (map[models.ID]Explanation, error)

// Explain sets who explains a kind of transfer; features below do it for theirs at wiring.
func (s *Service) Explain(kind string, f Explainer) { s.explainers[kind] = f }

// Reader is the store that reads its lines, and the names it reads them with.
type Reader struct {
	Alliance models.Alliance
	Store    models.ID
	Stores   map[models.ID]models.StoreRef
	Members  map[models.ID]models.Member
	Now      time.Time // on the street's clock, by which dates are told
}

// Sign is what a store is called on the street; the alliance where there is none.
func (r Reader) Sign(store models.ID) models.Text {
	if ref, ok := r.Stores[store]; ok {
		return models.Same(ref.ShortName)
	}
	return models.Text{ZH: "联盟", EN: "the alliance"}
}

// Who is a member's pseudonym.
func (r Reader) Who(member models.ID) models.Text {
	if m, ok := r.Members[member]; ok {
		return models.MemberAlias(m.Number)
	}
	return models.Text{ZH: "一位会员", EN: "A member"}
}

// explain asks each kind's explainer once, and fills in general words.
func (s *Service) explain(ctx context.Context, reader Reader, lines []ledger.Line) (map[models.ID]Explanation, error) {
	byKind := map[string][]ledger.Line{}
	said := make(map[models.ID]Explanation, len(lines))
	for _, l := range lines {
		byKind[l.Kind] = append(byKind[l.Kind], l)
		said[l.ID] = general(reader, l)
	}
	for kind, some := range byKind {
		f := s.explainers[kind]
		if f == nil {
			continue
		}
		better, err := f(ctx, reader, some)
		if err != nil {
			return nil, err
		}
		for id, e := range better {
			said[id] = e
		}
	}
	for _, l := range lines {
		said[l.ID] = markReversals(said[l.ID], l)
	}
	return said, nil
}

var (
	backText   = models.Text{ZH: "冲回一笔：%s", EN: "Taken back: %s"}
	backWhy    = models.Text{ZH: "账只往后记，不涂改。错了就再记一笔冲回来，两笔都留着。", EN: "The books only go forward. What was wrong is taken back by another line; both stay."}
	reversedBy = models.Text{ZH: "后来冲回了。", EN: "Taken back later."}
)

// markReversals says of both lines of a reversal what they are.
func markReversals(e Explanation, l ledger.Line) Explanation {
	switch {
	case l.Reverses():
		e.Text = words.Join(backText.ZH, backText.EN, e.Text)
		e.Why = []models.Text{backWhy}
		if l.Reason != "" {
			e.Why = append(e.Why, models.Same(l.Reason))
		}
	case l.State == ledger.StateReversed:
		e.Why = append(e.Why, reversedBy)
	}
	return e
}

// general words for a line by its group.
func general(r Reader, l ledger.Line) Explanation {
	other := r.Sign(l.Other.OwnerID)
	signed := models.Text{ZH: "按签过字的份额分担。", EN: "By the shares that were signed."}
	switch l.Group {
	case ledger.GroupCouponIn:
		return Explanation{words.Join("券在你家用了，%s分担", "A coupon was used here; %s carries its share", other), []models.Text{signed}}
	case ledger.GroupCouponOut:
		return Explanation{words.Join("%s收了一张你家分担的券", "%s took a coupon that you carry a share of", other), []models.Text{signed}}
	case ledger.GroupPointsIssued:
		return Explanation{Text: words.Join("发给%s的积分", "Points for %s", r.Who(l.MemberID))}
	case ledger.GroupPointsHonoured:
		return Explanation{Text: words.Join("收下%s的积分", "Honoured points of %s", r.Who(l.MemberID))}
	}
	if l.Amount < 0 {
		return Explanation{Text: words.Join("付给%s", "Paid to %s", other)}
	}
	return Explanation{Text: words.Join("%s付来", "Paid by %s", other)}
}
