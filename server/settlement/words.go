package settlement

import (
	"onestreet/models"
	"onestreet/server/ledger"
)

// groupNames are what the groups are called on paper.
var groupNames = map[ledger.Group]models.Text{
	ledger.GroupReferral:        text("推荐金", "Referral credits"),
	ledger.GroupReferralOut:     text("付给各店的推荐金", "Referral credits to the stores"),
	ledger.GroupCommissionIn:    text("别家付来的佣金", "Commissions from others"),
	ledger.GroupCommissionOut:   text("付给别家的佣金", "Commissions to others"),
	ledger.GroupCouponIn:        text("别家分担的券钱", "Others' shares of coupons"),
	ledger.GroupCouponOut:       text("替别家分担的券钱", "Our shares of coupons"),
	ledger.GroupPointsIssued:    text("发出的积分", "Points issued"),
	ledger.GroupPointsHonoured:  text("收下的积分", "Points honoured"),
	ledger.GroupPointsIn:        text("积分折钱，联盟付来", "Points in money, from the alliance"),
	ledger.GroupPointsOut:       text("积分折钱，付给联盟", "Points in money, to the alliance"),
	ledger.GroupPrizeIn:         text("别家出的奖品", "Prizes that others paid for"),
	ledger.GroupPrizeOut:        text("我们出的奖品", "Prizes that we paid for"),
	ledger.GroupCorrectionIn:    text("更正，补进来的", "Corrections in our favour"),
	ledger.GroupCorrectionOut:   text("更正，退出去的", "Corrections to others"),
	ledger.GroupOtherIn:         text("其他，收的", "Other, received"),
	ledger.GroupOtherOut:        text("其他，付的", "Other, paid"),
	ledger.GroupReferralPending: text("待入账的推荐金", "Pending credits"),
	ledger.GroupSettled:         text("结清", "Settled"),
}

var stateNames = map[models.StatementState]models.Text{
	models.StatementWaiting:   text("等店里看", "Waiting for the store"),
	models.StatementDisputed:  text("有异议", "Disputed"),
	models.StatementAnswered:  text("已答复，等店里看", "Replied, waiting for the store"),
	models.StatementConfirmed: text("已确认", "Confirmed"),
}

var paymentNames = map[models.PaymentState]models.Text{
	models.PaymentOpen:     text("没付", "Open"),
	models.PaymentPaid:     text("付的说付了", "Paid, says the payer"),
	models.PaymentReceived: text("收的说收了", "Received, says the payee"),
	models.PaymentSettled:  text("两边都记了", "Recorded by both"),
}
