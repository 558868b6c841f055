package settlement

import (
	"bytes"
	"context"

	"github.com/xuri/excelize/v2"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
	"onestreet/server/referral"
)

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
	b := newBook(web.Locale(ctx), a.Location())
	b.statement(v)
	b.lines(v, said)
	return b.bytes()
}

func (b *book) statement(v Statement) {
	b.page(text("对账单", "Statement"))
	b.widths(26, 10, 14, 14)
	b.title(text(v.Alliance+"　"+v.Store.Name+"　"+v.Month+" 对账单", v.Alliance+" · "+v.Store.Name+" · statement of "+v.Month))
	b.row(text("关账时间", "Closed"), b.moment(v.ClosedAt))
	b.row(text("账本编号", "Ledger numbers"), span2(v.FromSeq+1, v.ToSeq))
	b.skip()
	b.head(text("项目", "Item"), text("笔数", "Lines"), text("挣的（元）", "Earned (yuan)"), text("欠的（元）", "Owed (yuan)"))
	first := b.at + 1
	for _, g := range v.Groups {
		switch {
		case g.Points != nil:
		case g.Owed:
			b.row(b.say(groupNames[g.Kind]), whole(g.Count), "", fen(g.Amount.Amount))
		default:
			b.row(b.say(groupNames[g.Kind]), whole(g.Count), fen(g.Amount.Amount))
		}
	}
	b.strong(b.say(text("合计", "Total")), "", b.sum("C", first, v.Earned.Amount), b.sum("D", first, v.Owed.Amount))
	b.strong(b.say(text("净额（正的该收，负的该付）", "Net (over zero: to receive; under: to pay)")), "", b.formula("ROUND(C%d-D%d,2)", v.Net.Amount, b.at, b.at))
	b.skip()
	b.points(v.Points)
	if v.Kept != nil {
		b.row(b.say(text("联盟基金，由你家代收代付", "The alliance's fund, whose purse you keep")), "", fen(v.Kept.Amount))
		b.skip()
	}
	b.due(v.Due)
}

func (b *book) points(p StatementPoints) {
	b.head(text("积分", "Points"), text("分", "Points"), text("折钱（元）", "In money (yuan)"))
	b.row(b.say(text("发出的", "Issued")), whole(p.Issued))
	b.row(b.say(text("收下的", "Honoured")), whole(p.Honoured))
	b.row(b.say(text("每 100 分", "For 100 points")), "", fen(p.Rate.Amount))
	b.row(b.say(text("折下来", "Comes to")), "", fen(p.Value.Amount))
	b.skip()
}

func (b *book) due(payments []Payment) {
	b.head(text("付款", "Payments"), text("付还是收", "Pay or receive"), text("金额（元）", "Amount (yuan)"), text("状态", "State"))
	for _, p := range payments {
		other, way := p.To, text("付", "pay")
		if p.Ours == models.SidePayee {
			other, way = p.From, text("收", "receive")
		}
		b.row(b.party(other), b.say(way), fen(p.Amount.Amount), b.say(paymentNames[p.State]))
	}
}

// lines writes every line; what was settled stands in a column of its own, since it is neither earned nor owed.
func (b *book) lines(v Statement, said []referral.Line) {
	b.page(text("账目", "Lines"))
	b.widths(10, 18, 14, 14, 46, 14, 10, 14)
	b.head(text("编号", "Number"), text("时间", "Time"), text("会员", "Member"), text("对方", "Other side"), text("事由", "What"),
		text("金额（元）", "Amount (yuan)"), text("积分", "Points"), text("结清（元）", "Settled (yuan)"))
	first := b.at + 1
	var points, settled int64
	for _, l := range said {
		amount, p, paid := "", "", ""
		switch {
		case l.Points != nil:
			p, points = string(whole(*l.Points)), points+*l.Points
		case l.Kind == ledger.GroupSettled:
			paid, settled = string(fen(l.Amount.Amount)), settled+l.Amount.Amount
		default:
			amount = string(fen(l.Amount.Amount))
		}
		b.row(whole(l.Seq), b.moment(l.At), l.Who, b.otherSide(l.Other), l.Text, number(amount), number(p), number(paid))
	}
	b.strong(b.say(text("合计", "Total")), "", "", "", "", b.sum("F", first, v.Net.Amount), b.count("G", first, points), b.sum("H", first, settled))
}

// StreetWorkbook writes a closed month of the whole street as XLSX: a row a statement, what each is made of, and the
// payments.
func (s *Service) StreetWorkbook(ctx context.Context, alliance models.ID, v Settlement) ([]byte, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	b := newBook(web.Locale(ctx), a.Location())
	b.statements(v)
	b.parts(v)
	b.transfers(v)
	return b.bytes()
}

func (b *book) statements(v Settlement) {
	b.page(text("对账单", "Statements"))
	b.widths(22, 14, 14, 14, 12, 12, 14, 12)
	b.title(text(v.Progress.Month+" 结算", "Settlement of "+v.Progress.Month))
	b.row(text("关账时间", "Closed"), b.moment(v.Progress.ClosedAt))
	b.row(text("账本编号", "Ledger numbers"), span2(v.FromSeq+1, v.ToSeq))
	b.skip()
	b.head(text("店", "Store"), text("挣的（元）", "Earned (yuan)"), text("欠的（元）", "Owed (yuan)"), text("净额（元）", "Net (yuan)"),
		text("发出积分", "Points issued"), text("收下积分", "Points honoured"), text("积分折钱（元）", "Points (yuan)"), text("状态", "State"))
	first := b.at + 1
	var earned, owed int64
	for _, st := range v.Statements {
		state := b.say(stateNames[st.State])
		if st.Store == nil {
			state = ""
		}
		b.row(b.party(st.Store), fen(st.Earned.Amount), fen(st.Owed.Amount), b.formula("ROUND(B%d-C%d,2)", st.Net.Amount, b.at+1, b.at+1),
			whole(st.Points.Issued), whole(st.Points.Honoured), fen(st.Points.Value.Amount), state)
		earned, owed = earned+st.Earned.Amount, owed+st.Owed.Amount
	}
	b.strong(b.say(text("合计", "Total")), b.sum("B", first, earned), b.sum("C", first, owed), b.sum("D", first, earned-owed))
}

func (b *book) parts(v Settlement) {
	b.page(text("明细", "Parts"))
	b.widths(22, 22, 22, 10, 14)
	b.head(text("店", "Store"), text("项目", "Item"), text("对方", "Other side"), text("笔数", "Lines"), text("金额（元）", "Amount (yuan)"))
	for _, st := range v.Statements {
		for _, g := range st.Groups {
			for _, o := range g.Others {
				amount := o.Amount.Amount
				if g.Owed {
					amount = -amount
				}
				b.row(b.party(st.Store), b.say(groupNames[g.Kind]), b.party(o.Store), whole(o.Count), fen(amount))
			}
		}
	}
}

func (b *book) transfers(v Settlement) {
	b.page(text("付款", "Payments"))
	b.widths(22, 22, 14, 16, 20, 20)
	b.head(text("付的", "From"), text("收的", "To"), text("金额（元）", "Amount (yuan)"), text("状态", "State"), text("付的记于", "Payer's mark"), text("收的记于", "Payee's mark"))
	first := b.at + 1
	for _, p := range v.Payments {
		b.row(b.party(p.From), b.party(p.To), fen(p.Amount.Amount), b.say(paymentNames[p.State]), b.marked(p.Paid), b.marked(p.Received))
	}
	b.strong(b.say(text("合计", "Total")), "", b.sum("C", first, v.Progress.Moved.Amount))
}

func (b *book) marked(m *MarkView) string {
	if m == nil {
		return ""
	}
	return b.moment(m.At) + " " + m.Note
}

func (b *book) bytes() ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	yes := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := b.file.Write(&out)
	return out.Bytes(), err
}
