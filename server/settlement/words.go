package settlement

import (
	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/workbook"
)

// groupNames are what the groups are called on paper.
var groupNames = map[ledger.Group]models.Text{
	ledger.GroupReferral:        workbook.Text("推荐金", "Referral credits"),
	ledger.GroupReferralOut:     workbook.Text("付给各店的推荐金", "Referral credits to the stores"),
	ledger.GroupCommissionIn:    workbook.Text("别家付来的佣金", "Commissions from others"),
	ledger.GroupCommissionOut:   workbook.Text("付给别家的佣金", "Commissions to others"),
	ledger.GroupCouponIn:        workbook.Text("别家分担的券钱", "Others' shares of coupons"),
	ledger.GroupCouponOut:       workbook.Text("替别家分担的券钱", "Our shares of coupons"),
	ledger.GroupPointsIssued:    workbook.Text("发出的积分", "Points issued"),
	ledger.GroupPointsHonoured:  workbook.Text("收下的积分", "Points honoured"),
	ledger.GroupPointsIn:        workbook.Text("积分折钱，联盟付来", "Points in money, from the alliance"),
	ledger.GroupPointsOut:       workbook.Text("积分折钱，付给联盟", "Points in money, to the alliance"),
	ledger.GroupPrizeIn:         workbook.Text("别家出的奖品", "Prizes that others paid for"),
	ledger.GroupPrizeOut:        workbook.Text("我们出的奖品", "Prizes that we paid for"),
	ledger.GroupCorrectionIn:    workbook.Text("更正，补进来的", "Corrections in our favour"),
	ledger.GroupCorrectionOut:   workbook.Text("更正，退出去的", "Corrections to others"),
	ledger.GroupOtherIn:         workbook.Text("其他，收的", "Other, received"),
	ledger.GroupOtherOut:        workbook.Text("其他，付的", "Other, paid"),
	ledger.GroupReferralPending: workbook.Text("待入账的推荐金", "Pending credits"),
	ledger.GroupSettled:         workbook.Text("结清", "Settled"),
}

var stateNames = map[models.StatementState]models.Text{
	models.StatementWaiting:   workbook.Text("等店里看", "Waiting for the store"),
	models.StatementDisputed:  workbook.Text("有异议", "Disputed"),
	models.StatementAnswered:  workbook.Text("已答复，等店里看", "Replied, waiting for the store"),
	models.StatementConfirmed: workbook.Text("已确认", "Confirmed"),
}

var paymentNames = map[models.PaymentState]models.Text{
	models.PaymentOpen:     workbook.Text("没付", "Open"),
	models.PaymentPaid:     workbook.Text("付的说付了", "Paid, says the payer"),
	models.PaymentReceived: workbook.Text("收的说收了", "Received, says the payee"),
	models.PaymentSettled:  workbook.Text("两边都记了", "Recorded by both"),
}
