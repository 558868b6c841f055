package coupon

import (
	"fmt"
	"strings"

	"onestreet/models"
)

// Worth says in one line what a coupon gives and from which bill on, as it stands on paper: 8.8 折，最多省 20，满 50 可用.
func Worth(o models.Offer) models.Text {
	zh, en := []string{gives(o).ZH}, []string{gives(o).EN}
	add := func(when bool, z, e string, with any) {
		if when {
			zh, en = append(zh, fmt.Sprintf(z, with)), append(en, fmt.Sprintf(e, with))
		}
	}
	add(o.Cap > 0, "最多省 %s", "up to ¥%s off", short(o.Cap))
	add(o.Goods != "", "只算%s", "on %s only", o.Goods)
	add(o.MinSpend > 0, "满 %s 可用", "from ¥%s", short(o.MinSpend))
	return models.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}

func gives(o models.Offer) models.Text {
	say := func(zh, en string, with ...any) models.Text {
		return models.Text{ZH: fmt.Sprintf(zh, with...), EN: fmt.Sprintf(en, with...)}
	}
	switch o.Kind {
	case models.CouponPercent:
		return models.Text{ZH: hundredths(10_000-o.PercentBPS, 1000) + " 折", EN: hundredths(o.PercentBPS, 100) + "% off"}
	case models.CouponGift:
		return say("送%s", "%s, a gift", o.Gift)
	case models.CouponFixedPrice:
		return say("一口价 %s", "for ¥%s", short(o.Price))
	case models.CouponBuyGet:
		return say("买 %d 送 %d", "buy %d, get %d", o.Buy, o.Get)
	case models.CouponPunchCard:
		if o.Gift != "" {
			return say("%d 次，每次送%s", "%d times, %s each", o.Times, o.Gift)
		}
		return say("%d 次，每次减 %s", "%d times, ¥%s off each", o.Times, short(o.Off))
	}
	if o.PerPiece {
		return say("每件减 %s", "¥%s off each piece", short(o.Off))
	}
	return say("减 %s", "¥%s off", short(o.Off))
}

// short is a sum in yuan without idle noughts: 20, 19.90.
func short(fen int64) string { return strings.TrimSuffix(models.Yuan(fen), ".00") }

// hundredths writes a fraction without trailing noughts: 8800 of 1000 is 8.8.
func hundredths(n, of int64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", float64(n)/float64(of)), "0"), ".")
}
