package settlement_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/settlement"
	"onestreet/server/testkit"
)

func TestTheDesksAreToldOfAClosedMonth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, p := owing(t, app)
		desk := func(slug, locale string) (lines []string) {
			app.Drain()
			rows, err := app.Notify.DeskLines(t.Context(), b.id, b.store(slug), app.Clock.Now().Add(-24*time.Hour), 9, locale)
			require.NoError(t, err)
			for _, l := range rows {
				lines = append(lines, l.Text+" / "+l.Detail)
			}
			return lines
		}
		then := func(do error) {
			require.NoError(t, do)
			app.Time.Advance(time.Minute)
		}
		app.Time.Advance(time.Minute)
		assert.Equal(t, []string{"10 月对账单出来了 / 该收 1.00，看看对不对"}, desk("shoes", "zh-CN"))
		assert.Equal(t, []string{"The statement of October is out / 1.00 to pay; see whether it is right"}, desk("tea", "en"))
		who, st := settlement.Who{Alliance: b.id, Store: b.store("shoes"), Account: models.NewID()}, b.statement("shoes", "2026-10")
		then(b.Dispute(t.Context(), who, "2026-10", "第三笔佣金不是我们的"))
		then(b.Reply(t.Context(), b.id, models.NewID(), st.ID, "查过了，是你们家的会员"))
		then(b.Confirm(t.Context(), who, "2026-10"))
		then(b.mark(p, "2026-10", b.store("tea"), true))
		assert.Equal(t, []string{
			"清和茶馆说付了 1.00 / 收到了就记一笔，账就清了", "10 月对账单，协调人答复了 / 看看对不对，对了就确认",
			"10 月对账单，我们提了异议 / 协调人会答复", "10 月对账单出来了 / 该收 1.00，看看对不对",
		}, desk("shoes", "zh-CN"))
		then(b.mark(p, "2026-10", b.store("tea"), false))
		assert.Equal(t, "清和茶馆把 1.00 那笔撤回了 / 10 月", desk("shoes", "zh-CN")[0])
		then(b.mark(p, "2026-10", b.store("shoes"), true))
		then(b.mark(p, "2026-10", b.store("tea"), true))
		assert.Equal(t, "和清和茶馆的账清了，1.00 / 10 月，两边都记了", desk("shoes", "zh-CN")[0])
		assert.Equal(t, "老北京布鞋 says that 1.00 was received / When we record it too, it is settled", desk("tea", "en")[0])
		_, err := b.Correct(t.Context(), settlement.Correction{Alliance: b.id, Account: models.NewID(), To: b.store("shoes"), Amount: 30, Reason: "第三笔佣金记重了"})
		then(err)
		assert.Equal(t, "协调人记了一笔更正 / 第三笔佣金记重了", desk("shoes", "zh-CN")[0])
	})
}
