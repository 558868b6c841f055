package notebook

import "onestreet/server/platform/sheet"

// The fields that a column can be.
const (
	fieldName      = "name"
	fieldPhone     = "phone"
	fieldLast      = "last_purchase"
	fieldSpent     = "total_spent"
	fieldPurchases = "purchases"
	fieldTags      = "tags"
	fieldNote      = "note"
)

// headers are the words that shops write over their columns, folded as sheet.Fold does.
var headers = map[string][]string{
	fieldName: {"姓名", "名字", "顾客", "顾客姓名", "顾客名", "客户", "客户姓名", "客户名称", "会员", "会员姓名", "会员名", "称呼", "昵称", "联系人",
		"name", "fullname", "customer", "customername", "member", "membername", "nickname", "contact"},
	fieldPhone: {"手机", "手机号", "手机号码", "手机电话", "电话", "电话号码", "联系电话", "联系方式", "联系手机", "号码", "移动电话", "会员手机", "会员手机号", "顾客电话", "客户电话",
		"phone", "phoneno", "phonenumber", "mobile", "mobileno", "mobilenumber", "mobilephone", "tel", "telephone", "cell", "cellphone"},
	fieldLast: {"最近购买", "最近购买日期", "最近购买时间", "上次购买", "上次购买日期", "最后购买", "最后购买日期", "最近消费", "最近消费日期", "最近消费时间", "最后消费", "最后消费日期", "上次消费", "上次消费日期", "最近到店", "购买日期", "消费日期",
		"lastpurchase", "lastpurchasedate", "lastbought", "lastorder", "lastorderdate", "lastvisit"},
	fieldSpent: {"累计消费", "累计消费金额", "累计金额", "消费总额", "消费金额", "总消费", "总金额", "消费合计",
		"totalspent", "spent", "totalspend", "spend", "total", "totalamount", "amount"},
	fieldPurchases: {"购买次数", "消费次数", "到店次数", "次数", "单数", "购买单数", "purchases", "purchasecount", "orders", "ordercount", "visits", "times"},
	fieldTags:      {"标签", "顾客标签", "客户标签", "会员标签", "分组", "类型", "tag", "tags", "label", "labels", "group"},
	fieldNote:      {"备注", "说明", "附注", "记事", "备忘", "note", "notes", "remark", "remarks", "comment", "comments", "memo"},
}

// header finds the header: the first line that names a column of phones. The sample of those has its middle hidden.
func header(lines []sheet.Line) (sheet.Columns, []sheet.Line, error) {
	columns, body, found := sheet.Header(lines, func(l sheet.Line) (sheet.Columns, bool) {
		columns := sheet.Recognise(headers, l)
		return columns, columns.Have(fieldPhone)
	})
	switch {
	case len(lines) == 0, found && len(body) == 0:
		return nil, nil, ErrEmpty
	case !found:
		return nil, nil, ErrHeader
	}
	columns.Sample(body, maxTag)
	phone := columns.Of(fieldPhone)
	phone.Sample = hideMiddle(phone.Sample)
	return columns, body, nil
}

func hideMiddle(text string) string {
	runes := []rune(text)
	if len(runes) < 8 {
		return text
	}
	from := len(runes) - 8
	for i := from; i < from+4; i++ {
		runes[i] = '*'
	}
	return string(runes)
}
