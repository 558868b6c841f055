package intake

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/width"

	"onestreet/models"
	"onestreet/server/platform/sheet"
)

// The fields that a column can be.
const (
	fieldTitle    = "title"
	fieldDate     = "date"
	fieldTime     = "time"
	fieldEnd      = "end"
	fieldEndDate  = "end_date"
	fieldDuration = "duration"
	fieldPlace    = "place"
	fieldStory    = "story"
	fieldCapacity = "capacity"
	fieldPrice    = "price"
	fieldRepeat   = "repeat"
	fieldUntil    = "until"
	fieldUID      = "uid"
)

// headers are the words that people write over the columns of a calendar, folded as sheet.Fold does.
var headers = map[string][]string{
	fieldTitle: {"名称", "活动", "活动名称", "活动名", "标题", "主题", "名字", "节目", "事项", "内容", "课程", "课程名称", "日程", "日程名称",
		"title", "name", "event", "eventname", "subject", "summary", "what", "activity"},
	fieldDate: {"日期", "活动日期", "哪天", "日子", "开始日期", "起始日期", "什么时候", "活动时间", "时间日期", "日期时间", "集日",
		"date", "day", "startdate", "when", "datetime", "dates"},
	fieldTime:     {"时间", "开始时间", "起始时间", "几点", "钟点", "开始", "时刻", "几点开始", "开场", "time", "start", "starttime", "begin", "begins", "from", "hour"},
	fieldEnd:      {"结束时间", "结束", "到几点", "几点结束", "散场", "截止时间", "end", "endtime", "ends", "to", "finish"},
	fieldEndDate:  {"结束日期", "到哪天", "截止日期", "enddate", "lastday"},
	fieldDuration: {"时长", "多久", "用时", "duration", "length"},
	fieldPlace: {"地点", "地址", "场地", "位置", "在哪", "在哪儿", "活动地点", "活动地址", "详细地址", "教室", "店铺地址",
		"place", "address", "location", "venue", "where", "room"},
	fieldStory:    {"备注", "说明", "介绍", "简介", "活动介绍", "活动说明", "详情", "描述", "要带什么", "note", "notes", "description", "details", "story", "remark", "remarks", "comment", "comments"},
	fieldCapacity: {"名额", "人数", "限额", "位子", "座位", "人数上限", "限人数", "places", "capacity", "seats", "limit", "max"},
	fieldPrice:    {"价格", "费用", "收费", "价钱", "票价", "门票", "多少钱", "price", "fee", "cost", "ticket"},
	fieldRepeat:   {"重复", "周期", "频率", "多久一次", "隔多久", "规律", "重复规则", "repeat", "repeats", "recurrence", "frequency", "rule", "rrule"},
	fieldUntil:    {"重复到", "重复截止", "办到", "办到哪天", "最后一天", "until", "repeatuntil"},
	fieldUID:      {"编号", "活动编号", "uid", "id"},
}

const sampleMax = 40 // characters of what stands under a header

func readTable(data []byte, street Street) (File, error) {
	lines, encoding, err := sheet.Open(data, Most+sheet.HeaderDepth)
	if err != nil {
		return File{}, err
	}
	columns, body, err := header(lines)
	if err != nil {
		return File{}, err
	}
	f := File{Source: CSV, Encoding: encoding}
	for _, c := range columns {
		f.Columns = append(f.Columns, models.CalendarColumn(c))
	}
	if encoding == XLSX {
		f.Source = XLSX
	}
	seen := map[string]int{}
	for _, l := range body {
		r := row{street: street, columns: columns, line: l}
		e := r.entry()
		if e.UID == "" {
			e.UID = r.key(e, seen)
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// header finds the header: the first line that names a column of titles, and one of dates or of rhythms.
func header(lines []sheet.Line) (sheet.Columns, []sheet.Line, error) {
	columns, body, found := sheet.Header(lines, func(l sheet.Line) (sheet.Columns, bool) {
		columns := recognise(l)
		return columns, columns.Have(fieldTitle) && (columns.Have(fieldDate) || columns.Have(fieldRepeat))
	})
	switch {
	case !found:
		return nil, nil, ErrHeader
	case len(body) == 0:
		return nil, nil, sheet.ErrEmpty
	}
	columns.Sample(body, sampleMax)
	return columns, body, nil
}

// recognise names the columns of a header. Where only hours have a column, it holds the dates too: 时间 is both.
func recognise(header sheet.Line) sheet.Columns {
	columns := sheet.Recognise(headers, header)
	if hours := columns.Of(fieldTime); hours != nil && !columns.Have(fieldDate) {
		hours.Field = fieldDate
	}
	return columns
}

// row is a line of a table that is being read.
type row struct {
	street  Street
	columns sheet.Columns
	line    sheet.Line
}

// head is the header of a field's column.
func (r row) head(field string) string {
	if c := r.columns.Of(field); c != nil {
		return c.Header
	}
	return ""
}

// raw is a field's cell as it was written.
func (r row) raw(field string) string { return r.line.At(r.columns.Of(field)) }

func (r row) cell(field string) string { return sheet.Tidy(r.raw(field)) }

// listed undoes what narrowing does to the comma of lists.
var listed = strings.NewReplacer("､", "、", "｡", "。")

// plain is a cell with half-width signs.
func (r row) plain(field string) string {
	return strings.TrimSpace(listed.Replace(width.Narrow.String(r.cell(field))))
}

// entry reads a row. What is wrong with it is said with the column in which it stands.
func (r row) entry() Entry {
	e := Entry{Line: r.line.Number, UID: r.cell(fieldUID)}
	e.Title = e.clipped(r.cell(fieldTitle), models.EventTitleMax, r.head(fieldTitle))
	if e.Title == "" {
		e.note(fault("title_missing", r.head(fieldTitle)))
	}
	e.Place = e.clipped(r.cell(fieldPlace), models.EventPlaceMax, r.head(fieldPlace))
	e.Story = e.clipped(plainLines(r.raw(fieldStory)), models.EventStoryMax, r.head(fieldStory))
	r.places(&e)
	r.price(&e)
	r.when(&e)
	return e
}

// key is by what a row without an id of its own is known when the table comes again: its title and its first day (of one that comes
// again, its rule), and which of several such it is.
func (r row) key(e Entry, seen map[string]int) string {
	of := e.StartsAt.In(r.street.Zone).Format(time.DateOnly)
	if e.Repeat != nil {
		of = e.Repeat.Rule
	}
	key := fmt.Sprintf("table|%s|%s", sheet.Fold(cmp.Or(e.Title, "-")), of)
	seen[key]++
	return fmt.Sprintf("%s|%d", key, seen[key])
}
