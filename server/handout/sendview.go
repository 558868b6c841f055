package handout

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// SendView is a send, whom it was for and how far it is.
type SendView struct {
	ID        models.ID         `json:"id"`
	State     models.SendState  `json:"state" enum:"running,done,stopped"`
	Target    models.SendTarget `json:"target" enum:",everyone,audience,picked" doc:"how its members were chosen; empty: it was not written down then"`
	To        string            `json:"to,omitempty" doc:"whom it was for, in the reader's language; of picked ones nothing but how many"`
	About     bool              `json:"about" doc:"its figures would say what the store does not know itself: rounded down, few are withheld as 0"`
	Total     int64             `json:"total"`
	Given     int64             `json:"given"`
	Had       int64             `json:"had" doc:"had theirs already"`
	NoneLeft  int64             `json:"none_left"`
	Missed    int64             `json:"missed" doc:"left meanwhile, or another limit stood in the way"`
	Open      int64             `json:"open" doc:"not decided yet"`
	By        string            `json:"by"`
	CreatedAt time.Time         `json:"created_at"`
	EndedAt   *time.Time        `json:"ended_at,omitempty"`
}

func (s *Service) sendViews(ctx context.Context, alliance models.ID, sends []models.Send) ([]SendView, error) {
	by := make([]models.ID, len(sends))
	for i, send := range sends {
		by[i] = send.CreatedBy
	}
	names, err := s.Identity.Names(s.DB.Read(ctx), by)
	if err != nil {
		return nil, err
	}
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	words, err := s.Coupon.AudienceWords(ctx, alliance)
	views := make([]SendView, len(sends))
	for i, send := range sends {
		views[i] = sendView(withheld(send, int64(street.K)))
		views[i].By, views[i].To = names[send.CreatedBy], sentTo(send, words).In(web.Locale(ctx))
	}
	return views, err
}

// withheld is a send as its store may see it: the figures of a private one are rounded down to whole Ks.
func withheld(send models.Send, k int64) models.Send {
	if !send.Private {
		return send
	}
	for _, n := range []*int64{&send.Total, &send.Given, &send.Had, &send.NoneLeft, &send.Missed} {
		*n -= *n % k
	}
	return send
}

func sendView(send models.Send) SendView {
	return SendView{
		ID: send.ID, State: send.State, Target: send.Target, About: send.Private, Total: send.Total, Given: send.Given, Had: send.Had,
		NoneLeft: send.NoneLeft, Missed: send.Missed, Open: max(send.Open(), 0), CreatedAt: send.CreatedAt, EndedAt: send.EndedAt,
	}
}

// sentTo says whom a send was for: 熟客；在签好的范围里：最近 30 天入会的.
func sentTo(send models.Send, words func(models.Audience) models.Text) models.Text {
	named, within := words(send.Audience), words(send.Within)
	switch {
	case send.Target == models.SendToAudience && !send.Within.Everyone():
		return models.Text{ZH: named.ZH + "；在签好的范围里：" + within.ZH, EN: named.EN + "; within what was signed: " + within.EN}
	case send.Target == models.SendToAudience:
		return named
	case send.Target == models.SendToEveryone && !send.Within.Everyone():
		return models.Text{ZH: "签好的那些人：" + within.ZH, EN: "those it was signed for: " + within.EN}
	case send.Target == models.SendToEveryone:
		return models.Text{ZH: "店里的所有会员", EN: "every member who is a customer"}
	}
	return models.Text{}
}
