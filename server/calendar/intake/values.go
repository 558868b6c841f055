package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

const shownMax = 40 // of what stood in a cell, in characters

var placesForm = regexp.MustCompile(`^(\d{1,5})(?:\.0+)?(?:人|个|位|名|席|座)?$`)

func (r row) places(e *Entry) {
	text := r.plain(fieldCapacity)
	if text == "" {
		return
	}
	if m := placesForm.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n >= 1 && n <= models.EventCapacityMax {
			e.Capacity = n
			return
		}
	}
	e.note(fault("capacity_unread", r.head(fieldCapacity), sheet.Clip(text, shownMax)))
}

var (
	freeForm   = regexp.MustCompile(`(?i)^(?:免费|不收费|不要钱|free|无|0(?:\.0+)?元?)$`)
	pointsForm = regexp.MustCompile(`(?i)^(\d{1,6})(?:\.0+)?\s*(?:积分|分|points?)$`)
	moneyForm  = regexp.MustCompile(`(?i)^(?:¥|￥|rmb|cny)?\s*(\d{1,5})(?:\.(\d{1,2}))?\d*\s*(?:元|块|块钱|yuan|rmb|cny)?(?:/?(?:人|位|每人))?$`)
)

// price reads 免费, 50积分, 10元. Money is paid at the door: it never passes through the platform.
func (r row) price(e *Entry) {
	text := strings.ReplaceAll(r.plain(fieldPrice), ",", "")
	switch {
	case text == "":
		return
	case freeForm.MatchString(text):
		e.Fee.Kind = models.FeeFree
		return
	}
	if m := pointsForm.FindStringSubmatch(text); m != nil {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err == nil && n >= 1 && n <= models.FeePointsMax {
			e.Fee = Fee{Kind: models.FeePoints, Points: n}
			return
		}
	}
	if m := moneyForm.FindStringSubmatch(text); m != nil {
		yuan, err := strconv.ParseInt(m[1], 10, 64)
		cents, wrong := strconv.ParseInt((m[2] + "00")[:2], 10, 64)
		if fen := yuan*100 + cents; err == nil && wrong == nil && fen >= 1 && fen <= models.FeeFenMax {
			e.Fee = Fee{Kind: models.FeeDoor, Price: fen}
			return
		}
	}
	e.note(fault("price_unread", r.head(fieldPrice), sheet.Clip(text, shownMax)))
}

var (
	lengthForm = regexp.MustCompile(`(?i)^(?:(\d{1,3}(?:\.\d)?)\s*(?:个?半?小时|个?钟头|h|hours?|hrs?))?\s*(?:(\d{1,4})\s*(?:分钟?|m|min|mins|minutes))?$`)
	halfHour   = regexp.MustCompile(`^半个?(?:小时|钟头)$`)
)

// minutesOf reads how long something lasts: 2小时, 90分钟, 1.5h, 1个半小时.
func minutesOf(text string) (int, bool) {
	if halfHour.MatchString(text) {
		return 30, true
	}
	m := lengthForm.FindStringSubmatch(text)
	if m == nil || m[1]+m[2] == "" {
		return 0, false
	}
	minutes := 0
	if hours, err := strconv.ParseFloat(m[1], 64); err == nil {
		minutes = int(math.Round(hours * 60))
	}
	if strings.Contains(text, "半小时") || strings.Contains(text, "半个") || strings.Contains(text, "半钟") {
		minutes += 30
	}
	if n, err := strconv.Atoi(m[2]); err == nil {
		minutes += n
	}
	return minutes, minutes > 0
}

// numerals are Chinese numbers from 0 to 31 as people write days, months and hours.
var numerals = func() map[string]int {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	all := map[string]int{"零": 0, "〇": 0, "两": 2, "正": 1, "冬": 11, "腊": 12, "卅": 30, "卅一": 31}
	for n := 1; n <= 31; n++ {
		tens, ones := n/10, n%10
		head := []string{"", "十", "二十", "三十"}[tens]
		all[head+digits[ones]] = n
		if tens == 2 && ones > 0 {
			all["廿"+digits[ones]] = n
		}
		if n <= 10 {
			all["初"+[]string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}[n]] = n
		}
	}
	return all
}()

// number reads digits or Chinese numerals; -1 for neither.
func number(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	if n, found := numerals[text]; found {
		return n
	}
	return -1
}
