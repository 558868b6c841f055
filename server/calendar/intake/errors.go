package intake

import (
	"fmt"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

// Errors of a whole file, beside those of a table that cannot be read.
var (
	ErrCalendar = models.Fail(models.Invalid, "import_file", "这个日历文件读不出来，重新导出一次再传", "This calendar file cannot be read. Export it again and try once more.")
	ErrHeader   = models.Fail(models.Invalid, "import_header", "没找到名称和日期那两列。请在第一行写上列名，比如：名称、日期、时间、地点", "No columns of names and dates were found. Write names over the columns, such as: title, date, time, place.")
	ErrNoEvents = models.Fail(models.Invalid, "import_no_events", "这个日历里没有活动，只有待办或忙闲", "There are no events in this calendar, only tasks or free and busy times.")
	ErrRows     = sheet.ErrRows
)

// Problem is what is wrong with an entry (a Fault: it cannot come), or what was left out or supposed.
type Problem struct {
	Code   string      `json:"code"`
	Column string      `json:"column,omitempty"` // the property or the column's header
	Fault  bool        `json:"fault,omitempty"`
	Text   models.Text `json:"text"`
}

// faults are the words of what keeps an entry out, remarks of what is only said; both take what stood there.
var faults = map[string]models.Text{
	"title_missing":    {ZH: "没写名称", EN: "It has no name"},
	"date_missing":     {ZH: "没写哪天", EN: "It has no date"},
	"date_unread":      {ZH: "「%v」看不懂是哪天", EN: "“%v” is no date that can be read"},
	"date_impossible":  {ZH: "没有「%v」这一天", EN: "There is no such day as “%v”"},
	"time_unread":      {ZH: "「%v」看不懂是几点", EN: "“%v” is no time that can be read"},
	"end_before_start": {ZH: "结束比开始还早：%v", EN: "It ends before it starts: %v"},
	"zone_unknown":     {ZH: "没有「%v」这个时区，文件里也没写清楚", EN: "There is no time zone “%v”, and the file does not describe it"},
	"rules_several":    {ZH: "一个活动写了几条重复规则，只能有一条", EN: "It repeats by several rules; there can be one"},
	"rule_left_out":    {ZH: "用的是老写法 EXRULE，读不了", EN: "It uses EXRULE, which is no longer read"},
	"repeat_unread":    {ZH: "「%v」看不懂怎么重复", EN: "“%v”: how it repeats cannot be read"},
	"unfinished":       {ZH: "这一条没写完，文件在这儿断了", EN: "It is not complete: the file breaks off here"},
	"capacity_unread":  {ZH: "名额「%v」看不懂，要 1 到 10000 的数", EN: "Places “%v”: a number from 1 to 10,000 is needed"},
	"price_unread":     {ZH: "价钱「%v」看不懂，写成 10元、50积分 或 免费", EN: "The price “%v” cannot be read; write 10元, 50积分 or free"},
}

var remarks = map[string]models.Text{
	"people_left_out": {ZH: "有 %v 条写着组织者和参加的人，没有带过来", EN: "Organisers and guests of %v entries stay behind: nobody's name comes along"},
	"alarms_left_out": {ZH: "%v 个提醒没有带过来，街上有自己的提醒", EN: "%v alarms stay behind: the street reminds people itself"},
	"others_left_out": {ZH: "%v 条待办、日记或忙闲没有带过来", EN: "%v tasks, journals or free and busy times stay behind"},
	"line_broken":     {ZH: "第 %v 行不成样子，跳过了", EN: "Line %v makes no sense and is passed over"},
	"too_long":        {ZH: "太长，只留前 %v 个字", EN: "Too long: the first %v characters are kept"},
	"end_supposed":    {ZH: "没写结束，按一小时算", EN: "It has no end: an hour is supposed"},
	"all_day":         {ZH: "全天，从零点到 23:59", EN: "All day, from midnight to 23:59"},
	"year_supposed":   {ZH: "没写年份，按 %v 年", EN: "It has no year: %v is supposed"},
	"time_supposed":   {ZH: "没写几点，按全天", EN: "It has no hour: all day is supposed"},
	"zone_other":      {ZH: "原来按 %v 的钟点，换成了街上的时间", EN: "It was told by the clock of %v"},
	"private":         {ZH: "标了私人，先不选", EN: "It is marked as private: not chosen"},
	"range_left_out":  {ZH: "「这一场起都改」只认这一场", EN: "A change of “this and following” counts for this date alone"},
}

func fault(code, column string, args ...any) Problem {
	return problem(faults, code, column, true, args)
}
func remark(code, column string, args ...any) Problem {
	return problem(remarks, code, column, false, args)
}

func problem(words map[string]models.Text, code, column string, isFault bool, args []any) Problem {
	text := words[code]
	if len(args) > 0 {
		text = models.Text{ZH: fmt.Sprintf(text.ZH, args...), EN: fmt.Sprintf(text.EN, args...)}
	}
	return Problem{Code: code, Column: column, Fault: isFault, Text: text}
}

// Refused is a fault in the words of one of the calendar's own errors.
func Refused(code, column string, text models.Text) Problem {
	return Problem{Code: code, Column: column, Fault: true, Text: text}
}
