package notebook

import (
	"strings"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

// Errors of a whole file, beside those of a table that cannot be read.
var (
	ErrFile, ErrOldExcel, ErrRows = sheet.ErrFile, sheet.ErrOldExcel, sheet.ErrRows

	ErrEmpty  = models.Fail(models.Invalid, "import_empty", "这个文件里没有顾客", "There are no customers in this file.")
	ErrHeader = models.Fail(models.Invalid, "import_header", "没找到手机号那一列。请在第一行写上列名，比如：姓名、手机号、备注", "No column of phone numbers was found. Write names over the columns, such as: name, phone, note.")
)

// The codes of what is wrong with a row, or was left out of it.
const (
	ProblemNoPhone  = "phone_missing"
	ProblemPhone    = "phone_wrong"
	ProblemLength   = "phone_length"
	ProblemForeign  = "phone_foreign"
	ProblemLandline = "phone_landline"
	ProblemRounded  = "phone_rounded"
	ProblemRepeated = "repeated"
	ProblemDate     = "date_unread"
	ProblemMoney    = "money_unread"
	ProblemCount    = "count_unread"
	ProblemLong     = "too_long"
)

// problems are the words of each code; %s is what stood in the cell.
var problems = map[string]models.Text{
	ProblemNoPhone:  {ZH: "没有手机号", EN: "No phone number"},
	ProblemPhone:    {ZH: "「%s」不是手机号", EN: "“%s” is no mobile number"},
	ProblemLength:   {ZH: "「%s」位数不对，手机号是 11 位", EN: "“%s” has the wrong length; a mobile number has 11 digits"},
	ProblemForeign:  {ZH: "「%s」是外地区的号码，现在只收中国大陆手机号", EN: "“%s” is not a mainland China number; only those can be used for now"},
	ProblemLandline: {ZH: "「%s」是座机，收不到短信", EN: "“%s” is a landline and gets no messages"},
	ProblemRounded:  {ZH: "表格把号码缩成了「%s」，后几位丢了。把这一列设成文本再导出", EN: "The spreadsheet shortened the number to “%s”. Set the column to text and export again"},
	ProblemRepeated: {ZH: "和第 %s 行是同一个号码", EN: "Same number as line %s"},
	ProblemDate:     {ZH: "日期「%s」没看懂，先空着", EN: "The date “%s” could not be read and is left out"},
	ProblemMoney:    {ZH: "金额「%s」没看懂，先空着", EN: "The amount “%s” could not be read and is left out"},
	ProblemCount:    {ZH: "次数「%s」没看懂，先空着", EN: "The count “%s” could not be read and is left out"},
	ProblemLong:     {ZH: "太长，只留下前面的：「%s…」", EN: "Too long; only the beginning is kept: “%s…”"},
}

// ProblemText puts a problem's code and what stood in the cell into words; an unknown code has none.
func ProblemText(code, detail string) models.Text {
	t := problems[code]
	return models.Text{ZH: strings.Replace(t.ZH, "%s", detail, 1), EN: strings.Replace(t.EN, "%s", detail, 1)}
}
