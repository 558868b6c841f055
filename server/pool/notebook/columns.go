package notebook

import (
	"slices"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

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

// recognise names the columns of a header; the first column of a field is the one that counts.
func recognise(cells []string) []models.ImportColumn {
	taken := map[string]bool{"": true}
	columns := make([]models.ImportColumn, len(cells))
	for i, cell := range cells {
		field := sheet.Field(headers, cell)
		if taken[field] {
			field = ""
		}
		taken[field] = true
		columns[i] = models.ImportColumn{Index: i, Header: sheet.Clip(sheet.Tidy(cell), maxName), Field: field}
	}
	return columns
}

func has(columns []models.ImportColumn, field string) bool {
	return slices.ContainsFunc(columns, func(c models.ImportColumn) bool { return c.Field == field })
}

// sample shows the first text under each header; phones are shown with their middle hidden.
func sample(columns []models.ImportColumn, body []sheet.Line) {
	for i := range columns {
		c := &columns[i]
		for _, l := range body {
			if c.Index < len(l.Cells) && sheet.Tidy(l.Cells[c.Index]) != "" {
				c.Sample = sheet.Clip(sheet.Tidy(l.Cells[c.Index]), maxTag)
				break
			}
		}
		if c.Field == fieldPhone {
			c.Sample = hideMiddle(c.Sample)
		}
	}
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
