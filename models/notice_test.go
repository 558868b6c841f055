package models

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOnlyWhatAStoreWantsCountsAgainstTheWeeklyNumber(t *testing.T) {
	assert.True(t, NoticeCouponExpiring.Nudge())
	for _, kind := range []NoticeKind{NoticeWelcome, NoticeInviteEarned, NoticeReceipt, NoticeReversed, NoticeSignedUp, NoticeEventMoved, NoticeEventCancelled} {
		assert.False(t, kind.Nudge(), kind)
	}
}
