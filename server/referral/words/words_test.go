package words

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

func TestPercentIsWrittenShort(t *testing.T) {
	for bps, want := range map[int64]string{200: "2%", 250: "2.5%", 205: "2.05%", 0: "0%", 10_000: "100%", 1_000: "10%", 5: "0.05%"} {
		assert.Equal(t, want, Percent(bps))
	}
}

func TestFiguresAmongChineseHaveRoom(t *testing.T) {
	member := models.MemberAlias(386)
	assert.Equal(t, "会员 0386 买了第一单", Join("%s买了第一单", "", member).ZH)
	assert.Equal(t, "付给茶馆", Join("付给%s", "", models.Same("茶馆")).ZH)
	assert.Equal(t, "按 2% 是 1.06。", Join("按%s是%s。", "", models.Same("2%"), models.Same("1.06")).ZH)
	assert.Equal(t, "Member 0386 bought", Join("", "%s bought", member).EN)
}

func TestDatesNameTheYearWhenItIsAnother(t *testing.T) {
	at, now := time.Date(2025, 5, 2, 21, 13, 0, 0, time.UTC), time.Date(2026, 10, 17, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, models.Text{ZH: "2025 年 5 月 2 日 21:13", EN: "2 May 2025 21:13"}, Moment(at, now))
	assert.Equal(t, models.Text{ZH: "5 月 2 日", EN: "2 May"}, Day(at, at))
}
