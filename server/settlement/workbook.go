package settlement

import (
	"context"
	"fmt"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
	"onestreet/server/platform/workbook"
	"onestreet/server/referral"
)

// book is a workbook that knows the parties of a settlement.
type book struct{ *workbook.Book }

// Workbook writes a store's statement as XLSX in the reader's language: the statement, whose sums are formulas with
// their values beside them, and every posted line of the ledger that it is made of.
func (s *Service) Workbook(ctx context.Context, alliance models.ID, v Statement) ([]byte, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	lines, err := s.Ledger.Posted(ctx, alliance, v.Store.ID, ledger.Numbered(v.FromSeq, v.ToSeq))
	if err != nil {
		return nil, err
	}
	said, err := s.Referral.Words(ctx, alliance, v.Store.ID, lines)
	if err != nil {
		return nil, err
	}
	b := book{workbook.New(web.Locale(ctx), a.Location())}
	b.statement(v)
	b.lines(v, said)
	return b.Bytes()
}

func (b book) statement(v Statement) {
	b.Page(workbook.Text("对账单", "Statement"))
	b.Widths(26, 10, 14, 14)
	b.Title(workbook.Text(v.Alliance+"　"+v.Store.Name+"　"+v.Month+" 对账单", v.Alliance+" · "+v.Store.Name+" · statement of "+v.Month))
	b.Row(workbook.Text("关账时间", "Closed"), b.Moment(v.ClosedAt))
	b.Row(workbook.Text("账本编号", "Ledger numbers"), span2(v.FromSeq+1, v.ToSeq))
	b.Skip()
	b.Head(workbook.Text("项目", "Item"), workbook.Text("笔数", "Lines"), workbook.Text("挣的（元）", "Earned (yuan)"), workbook.Text("欠的（元）", "Owed (yuan)"))
	first := b.At() + 1
	for _, g := range v.Groups {
		switch {
		case g.Points != nil:
		case g.Owed:
			b.Row(b.Say(groupNames[g.Kind]), workbook.Whole(g.Count), "", workbook.Fen(g.Amount.Amount))
		default:
			b.Row(b.Say(groupNames[g.Kind]), workbook.Whole(g.Count), workbook.Fen(g.Amount.Amount))
		}
	}
	b.Strong(b.Say(workbook.Text("合计", "Total")), "", b.Sum("C", first, v.Earned.Amount), b.Sum("D", first, v.Owed.Amount))
	b.Strong(b.Say(workbook.Text("净额（正的该收，负的该付）", "Net (over zero: to receive; under: to pay)")), "", b.Formula("ROUND(C%d-D%d,2)", v.Net.Amount, b.At(), b.At()))
	b.Skip()
	b.points(v.Points)
	if v.Kept != nil {
		b.Row(b.Say(workbook.Text("联盟基金，由你家代收代付", "The alliance's fund, whose purse you keep")), "", workbook.Fen(v.Kept.Amount))
		b.Skip()
	}
	b.due(v.Due)
}

func (b book) points(p StatementPoints) {
	b.Head(workbook.Text("积分", "Points"), workbook.Text("分", "Points"), workbook.Text("折钱（元）", "In money (yuan)"))
	b.Row(b.Say(workbook.Text("发出的", "Issued")), workbook.Whole(p.Issued))
	b.Row(b.Say(workbook.Text("收下的", "Honoured")), workbook.Whole(p.Honoured))
	b.Row(b.Say(workbook.Text("每 100 分", "For 100 points")), "", workbook.Fen(p.Rate.Amount))
	b.Row(b.Say(workbook.Text("折下来", "Comes to")), "", workbook.Fen(p.Value.Amount))
	b.Skip()
}

func (b book) due(payments []Payment) {
	b.Head(workbook.Text("付款", "Payments"), workbook.Text("付还是收", "Pay or receive"), workbook.Text("金额（元）", "Amount (yuan)"), workbook.Text("状态", "State"))
	for _, p := range payments {
		other, way := p.To, workbook.Text("付", "pay")
		if p.Ours == models.SidePayee {
			other, way = p.From, workbook.Text("收", "receive")
		}
		b.Row(b.party(other), b.Say(way), workbook.Fen(p.Amount.Amount), b.Say(paymentNames[p.State]))
	}
}

// lines writes every line; what was settled stands in a column of its own, since it is neither earned nor owed.
func (b book) lines(v Statement, said []referral.Line) {
	b.Page(workbook.Text("账目", "Lines"))
	b.Widths(10, 18, 14, 14, 46, 14, 10, 14)
	b.Head(workbook.Text("编号", "Number"), workbook.Text("时间", "Time"), workbook.Text("会员", "Member"), workbook.Text("对方", "Other side"), workbook.Text("事由", "What"),
		workbook.Text("金额（元）", "Amount (yuan)"), workbook.Text("积分", "Points"), workbook.Text("结清（元）", "Settled (yuan)"))
	first := b.At() + 1
	var points, settled int64
	for _, l := range said {
		amount, p, paid := "", "", ""
		switch {
		case l.Points != nil:
			p, points = string(workbook.Whole(*l.Points)), points+*l.Points
		case l.Kind == ledger.GroupSettled:
			paid, settled = string(workbook.Fen(l.Amount.Amount)), settled+l.Amount.Amount
		default:
			amount = string(workbook.Fen(l.Amount.Amount))
		}
		b.Row(workbook.Whole(l.Seq), b.Moment(l.At), l.Who, b.otherSide(l.Other), l.Text, workbook.Number(amount), workbook.Number(p), workbook.Number(paid))
	}
	b.Strong(b.Say(workbook.Text("合计", "Total")), "", "", "", "", b.Sum("F", first, v.Net.Amount), b.Count("G", first, points), b.Sum("H", first, settled))
}

// StreetWorkbook writes a closed month of the whole street as XLSX: a row a statement, what each is made of, and the
// payments.
func (s *Service) StreetWorkbook(ctx context.Context, alliance models.ID, v Settlement) ([]byte, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	b := book{workbook.New(web.Locale(ctx), a.Location())}
	b.statements(v)
	b.parts(v)
	b.transfers(v)
	return b.Bytes()
}

func (b book) statements(v Settlement) {
	b.Page(workbook.Text("对账单", "Statements"))
	b.Widths(22, 14, 14, 14, 12, 12, 14, 12)
	b.Title(workbook.Text(v.Progress.Month+" 结算", "Settlement of "+v.Progress.Month))
	b.Row(workbook.Text("关账时间", "Closed"), b.Moment(v.Progress.ClosedAt))
	b.Row(workbook.Text("账本编号", "Ledger numbers"), span2(v.FromSeq+1, v.ToSeq))
	b.Skip()
	b.Head(workbook.Text("店", "Store"), workbook.Text("挣的（元）", "Earned (yuan)"), workbook.Text("欠的（元）", "Owed (yuan)"), workbook.Text("净额（元）", "Net (yuan)"),
		workbook.Text("发出积分", "Points issued"), workbook.Text("收下积分", "Points honoured"), workbook.Text("积分折钱（元）", "Points (yuan)"), workbook.Text("状态", "State"))
	first := b.At() + 1
	var earned, owed int64
	for _, st := range v.Statements {
		state := b.Say(stateNames[st.State])
		if st.Store == nil {
			state = ""
		}
		b.Row(b.party(st.Store), workbook.Fen(st.Earned.Amount), workbook.Fen(st.Owed.Amount), b.Formula("ROUND(B%d-C%d,2)", st.Net.Amount, b.At()+1, b.At()+1),
			workbook.Whole(st.Points.Issued), workbook.Whole(st.Points.Honoured), workbook.Fen(st.Points.Value.Amount), state)
		earned, owed = earned+st.Earned.Amount, owed+st.Owed.Amount
	}
	b.Strong(b.Say(workbook.Text("合计", "Total")), b.Sum("B", first, earned), b.Sum("C", first, owed), b.Sum("D", first, earned-owed))
}

func (b book) parts(v Settlement) {
	b.Page(workbook.Text("明细", "Parts"))
	b.Widths(22, 22, 22, 10, 14)
	b.Head(workbook.Text("店", "Store"), workbook.Text("项目", "Item"), workbook.Text("对方", "Other side"), workbook.Text("笔数", "Lines"), workbook.Text("金额（元）", "Amount (yuan)"))
	for _, st := range v.Statements {
		for _, g := range st.Groups {
			for _, o := range g.Others {
				amount := o.Amount.Amount
				if g.Owed {
					amount = -amount
				}
				b.Row(b.party(st.Store), b.Say(groupNames[g.Kind]), b.party(o.Store), workbook.Whole(o.Count), workbook.Fen(amount))
			}
		}
	}
}

func (b book) transfers(v Settlement) {
	b.Page(workbook.Text("付款", "Payments"))
	b.Widths(22, 22, 14, 16, 20, 20)
	b.Head(workbook.Text("付的", "From"), workbook.Text("收的", "To"), workbook.Text("金额（元）", "Amount (yuan)"), workbook.Text("状态", "State"), workbook.Text("付的记于", "Payer's mark"), workbook.Text("收的记于", "Payee's mark"))
	first := b.At() + 1
	for _, p := range v.Payments {
		b.Row(b.party(p.From), b.party(p.To), workbook.Fen(p.Amount.Amount), b.Say(paymentNames[p.State]), b.marked(p.Paid), b.marked(p.Received))
	}
	b.Strong(b.Say(workbook.Text("合计", "Total")), "", b.Sum("C", first, v.Progress.Moved.Amount))
}

func (b book) marked(m *MarkView) string {
	if m == nil {
		return ""
	}
	return b.Moment(m.At) + " " + m.Note
}

func span2(from, to int64) string { return fmt.Sprintf("%d – %d", from, to) }

// party is a store's name, or the alliance's fund.
func (b book) party(store *models.StoreRef) string {
	if store == nil {
		return b.Say(workbook.Text("联盟推荐基金", "The alliance's fund"))
	}
	return store.Name
}

func (b book) otherSide(store *models.StoreRef) string {
	if store == nil {
		return ""
	}
	return store.Name
}
