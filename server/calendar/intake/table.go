package intake

import (
	"cmp"
	"fmt"
	"slices"
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

// headerDepth is among how many of the first lines the header is: a title or a blank may stand above it.
const headerDepth = 5

const headerMax = 40

func readTable(data []byte, street Street) (File, error) {
	lines, encoding, err := sheet.Open(data, Most+headerDepth)
	if err != nil {
		return File{}, err
	}
	columns, body, err := header(lines)
	if err != nil {
		return File{}, err
	}
	f := File{Source: CSV, Encoding: encoding, Columns: columns}
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
func header(lines []sheet.Line) ([]models.CalendarColumn, []sheet.Line, error) {
	for i := range min(headerDepth, len(lines)) {
		columns := recognise(lines[i].Cells)
		if !has(columns, fieldTitle) || !has(columns, fieldDate) && !has(columns, fieldRepeat) {
			continue
		}
		body := lines[i+1:]
		if len(body) == 0 {
			return nil, nil, sheet.ErrEmpty
		}
		sample(columns, body)
		return columns, body, nil
	}
	return nil, nil, ErrHeader
}

// recognise names the columns of a header; the first column of a field is the one that counts. Where only hours have a column, it
// holds the dates too: 时间 is both.
func recognise(cells []string) []models.CalendarColumn {
	taken := map[string]bool{"": true}
	columns := make([]models.CalendarColumn, len(cells))
	for i, cell := range cells {
		field := sheet.Field(headers, cell)
		if taken[field] {
			field = ""
		}
		taken[field] = true
		columns[i] = models.CalendarColumn{Index: i, Header: sheet.Clip(sheet.Tidy(cell), headerMax), Field: field}
	}
	if !taken[fieldDate] && taken[fieldTime] {
		i := slices.IndexFunc(columns, func(c models.CalendarColumn) bool { return c.Field == fieldTime })
		columns[i].Field = fieldDate
	}
	return columns
}

func has(columns []models.CalendarColumn, field string) bool {
	return slices.ContainsFunc(columns, func(c models.CalendarColumn) bool { return c.Field == field })
}

func sample(columns []models.CalendarColumn, body []sheet.Line) {
	for i := range columns {
		for _, l := range body {
			if c := columns[i].Index; c < len(l.Cells) && sheet.Tidy(l.Cells[c]) != "" {
				columns[i].Sample = sheet.Clip(sheet.Tidy(l.Cells[c]), headerMax)
				break
			}
		}
	}
}

// row is a line of a table that is being read.
type row struct {
	street  Street
	columns []models.CalendarColumn
	line    sheet.Line
}

func (r row) column(field string) (models.CalendarColumn, bool) {
	i := slices.IndexFunc(r.columns, func(c models.CalendarColumn) bool { return c.Field == field })
	if i < 0 {
		return models.CalendarColumn{}, false
	}
	return r.columns[i], true
}

// head is the header of a field's column.
func (r row) head(field string) string {
	c, _ := r.column(field)
	return c.Header
}

func (r row) cell(field string) string {
	c, found := r.column(field)
	if !found || c.Index >= len(r.line.Cells) {
		return ""
	}
	return sheet.Tidy(r.line.Cells[c.Index])
}

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
	story := ""
	if c, found := r.column(fieldStory); found && c.Index < len(r.line.Cells) {
		story = plainLines(r.line.Cells[c.Index])
	}
	e.Story = e.clipped(story, models.EventStoryMax, r.head(fieldStory))
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
