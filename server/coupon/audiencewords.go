package coupon

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"onestreet/models"
)

var levelWords = map[models.Level]models.Text{
	models.LevelMicro:  {ZH: "来过的", EN: "who have bought"},
	models.LevelWeak:   {ZH: "熟客", EN: "regulars"},
	models.LevelStrong: {ZH: "老街坊", EN: "close neighbours"},
	models.LevelSuper:  {ZH: "铁杆街坊", EN: "the closest neighbours"},
}

// AudienceWords gives the words for whom an audience of a street is about, in which its stores are named.
func (s *Service) AudienceWords(ctx context.Context, alliance models.ID) (func(models.Audience) models.Text, error) {
	st, err := s.street(ctx, alliance)
	return st.audienceText, err
}

func audienceText(st street, c models.Campaign) models.Text { return st.audienceText(c.Audience) }

// audienceText says whom an audience is about: 熟客，最近 30 天去过林家面馆.
func (st street) audienceText(a models.Audience) models.Text {
	var parts []models.Text
	add := func(zh, en string, args ...any) {
		parts = append(parts, models.Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)})
	}
	if a.Level != nil && *a.Level > models.LevelNone {
		parts = append(parts, levelWords[*a.Level])
	}
	if len(a.Tags) > 0 {
		parts = append(parts, models.Text{ZH: "标签是" + strings.Join(a.Tags, "、"), EN: "tagged " + strings.Join(a.Tags, ", ")})
	}
	if v := a.Visits; v != nil {
		name := st.stores[v.Store].Name
		if v.AtLeast != nil {
			add("最近 %d 天去过%s至少 %d 次", "at %[2]s at least %[3]d times in the last %[1]d days", v.Days, name, *v.AtLeast)
		}
		if v.AtMost != nil {
			add("最近 %d 天去过%s最多 %d 次", "at %[2]s at most %[3]d times in the last %[1]d days", v.Days, name, *v.AtMost)
		}
	}
	if a.TookPart > 0 {
		add("最近 %d 天在店里的帖子下说过话", "who talked with the store in the last %d days", a.TookPart)
	}
	if c := a.Circle; c != nil {
		add("在%s的圈子「%s」里的", "in the circle “%[2]s” of %[1]s", cmp.Or(st.stores[c.Store].Name, st.Name), c.Name)
	}
	if a.Joined > 0 {
		add("最近 %d 天入会的", "who joined in the last %d days", a.Joined)
	}
	if b := a.Birthday; b != nil {
		if b.When == models.BirthdayMonth {
			add("这个月过生日的", "with a birthday this month")
		} else {
			add("生日前后 %d 天的", "with a birthday within %d days", b.Days)
		}
	}
	if len(parts) == 0 {
		return models.Text{ZH: "全街", EN: "the whole street"}
	}
	return joined(parts)
}

func joined(parts []models.Text) models.Text {
	zh, en := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		zh[i], en[i] = p.ZH, p.EN
	}
	return models.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}
