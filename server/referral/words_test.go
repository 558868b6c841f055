package referral

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

func TestPercentIsWrittenShort(t *testing.T) {
	for bps, want := range map[int64]string{200: "2%", 250: "2.5%", 205: "2.05%", 0: "0%", 10_000: "100%", 1_000: "10%", 5: "0.05%"} {
		assert.Equal(t, want, percent(bps))
	}
}

func TestFiguresAmongChineseHaveRoom(t *testing.T) {
	member := models.MemberAlias(386)
	assert.Equal(t, "会员 0386 买了第一单", join("%s买了第一单", "", member).ZH)
	assert.Equal(t, "付给茶馆", join("付给%s", "", same("茶馆")).ZH)
	assert.Equal(t, "按 2% 是 1.06。", join("按%s是%s。", "", same("2%"), same("1.06")).ZH)
	assert.Equal(t, "Member 0386 bought", join("", "%s bought", member).EN)
}

func TestDatesNameTheYearWhenItIsAnother(t *testing.T) {
	at, now := time.Date(2025, 5, 2, 21, 13, 0, 0, time.UTC), time.Date(2026, 10, 17, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, models.Text{ZH: "2025 年 5 月 2 日 21:13", EN: "2 May 2025 21:13"}, momentOf(at, now))
	assert.Equal(t, models.Text{ZH: "5 月 2 日", EN: "2 May"}, dayOf(at, at))
}
