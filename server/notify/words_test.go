package notify

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"onestreet/models"
)

func TestSharesAreToldAsPeopleDo(t *testing.T) {
	for bps, want := range map[int64]models.Text{
		3000:   {ZH: "我们出三成", EN: "Our share is 30%"},
		3500:   {ZH: "我们出三成五", EN: "Our share is 35%"},
		10_000: {ZH: "我们出全部", EN: "Our share is 100%"},
		3333:   {ZH: "我们出 33.33%", EN: "Our share is 33.33%"},
		1205:   {ZH: "我们出 12.05%", EN: "Our share is 12.05%"},
		500:    {ZH: "我们出 5%", EN: "Our share is 5%"},
	} {
		assert.Equal(t, want, both("我们出%s", "Our share is %s", share(bps)))
	}
}

func TestAGiftSavesNoMoneyAndSaysSo(t *testing.T) {
	title, text := letter(models.NoticeReceipt, facts{Store: "清和茶馆", Title: "一壶菊花茶", Paid: 1250}, time.UTC)
	assert.Equal(t, "在清和茶馆用了「一壶菊花茶」", title.ZH)
	assert.Equal(t, "付了 12.50 元。记错了的话，今天打烊前店里能撤销", text.ZH)
}

func TestAStoreWithoutAFaceSpeaksByItsName(t *testing.T) {
	assert.Equal(t, "清和茶馆", personaOf(models.Store{Name: "清和茶馆"}))
}
