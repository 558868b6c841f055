package notebook

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"onestreet/models"
)

func count3(rows []Row) (valid, duplicate, invalid int) {
	for _, r := range rows {
		switch r.State {
		case models.RowNew:
			valid++
		case models.RowDuplicate:
			duplicate++
		case models.RowInvalid:
			invalid++
		}
	}
	return
}

func TestTheShoeShopsBookIsReadWhole(t *testing.T) {
	data, err := os.ReadFile("testdata/customers-shoe-shop.gbk.csv")
	require.NoError(t, err)
	sheet, err := Read(data)
	require.NoError(t, err)
	require.Equal(t, "GB18030", sheet.Encoding)
	require.Len(t, sheet.Rows, 420)
	valid, duplicate, invalid := count3(sheet.Rows)
	require.Equal(t, []int{400, 14, 6}, []int{valid, duplicate, invalid})

	var fields []string
	for _, c := range sheet.Columns {
		fields = append(fields, c.Field)
	}
	require.Equal(t, []string{"name", "phone", "last_purchase", "total_spent", "purchases", "tags", "note"}, fields)
	require.Equal(t, Person{
		Phone: "+8617087523188", Name: "小阎嫂", LastPurchase: "2026-01-21", Spent: 29900, Purchases: 3,
		Tags: []string{"不要打电话", "老顾客", "生日三月"}, Note: "脚背高，推荐宽楦",
	}, sheet.Rows[0].Person)

	wrong := map[int]string{}
	for _, r := range sheet.Rows {
		if r.State == models.RowInvalid {
			wrong[r.Line] = r.Problem
		}
		if r.State == models.RowNew {
			require.Empty(t, r.Problem, "line %d: %s", r.Line, r.Detail)
		}
	}
	require.Equal(t, map[int]string{
		35: ProblemLength, 124: ProblemNoPhone, 125: ProblemLength, 159: ProblemLength, 288: ProblemLandline, 359: ProblemLength,
	}, wrong)
}

func TestWhatARepeatedLineKnowsIsNotLost(t *testing.T) {
	sheet, err := Read([]byte("姓名,手机号,标签,备注\n,170 8614 7056,棉鞋,重复记的\n田军,17086147056,宽脚;棉鞋,介绍过两个邻居来\n"))
	require.NoError(t, err)
	require.Equal(t, Row{Line: 2, State: models.RowNew, Person: Person{
		Phone: "+8617086147056", Name: "田军", Tags: []string{"棉鞋", "宽脚"}, Note: "重复记的",
	}}, sheet.Rows[0])
	require.Equal(t, models.RowDuplicate, sheet.Rows[1].State)
	require.Equal(t, 2, sheet.Rows[1].SameAs)
	require.Equal(t, "和第 2 行是同一个号码", ProblemText(sheet.Rows[1].Problem, sheet.Rows[1].Detail).ZH)
}

const small = "顾客登记表\n\n客户姓名（必填）,联系电话,最近消费,累计消费,次数,分组,备注\n王桐,17008056104,2025/06/01,703.00,3,宽脚,\"鞋要\n软底\"\n"

func TestEveryEncodingSaysTheSame(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(small))
	require.NoError(t, err)
	for name, c := range map[string]struct {
		data     []byte
		encoding string
	}{
		"UTF-8":               {[]byte(small), "UTF-8"},
		"UTF-8 with mark":     {[]byte("\uFEFF" + small), "UTF-8"},
		"GB18030":             {gb, "GB18030"},
		"UTF-16 LE with mark": {append([]byte{0xFF, 0xFE}, wide(small, binary.LittleEndian)...), "UTF-16"},
		"UTF-16 BE with mark": {append([]byte{0xFE, 0xFF}, wide(small, binary.BigEndian)...), "UTF-16"},
		"UTF-16 LE":           {wide(small, binary.LittleEndian), "UTF-16"},
		"UTF-16 BE":           {wide(small, binary.BigEndian), "UTF-16"},
		"old Mac line ends":   {[]byte(strings.ReplaceAll(small, "\n", "\r")), "UTF-8"},
		"Windows line ends":   {[]byte(strings.ReplaceAll(small, "\n", "\r\n")), "UTF-8"},
		"semicolons":          {[]byte(strings.ReplaceAll(small, ",", ";")), "UTF-8"},
		"tabs":                {[]byte(strings.ReplaceAll(small, ",", "\t")), "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			sheet, err := Read(c.data)
			require.NoError(t, err)
			require.Equal(t, c.encoding, sheet.Encoding)
			require.Equal(t, []Row{{Line: 4, State: models.RowNew, Person: Person{
				Phone: "+8617008056104", Name: "王桐", LastPurchase: "2025-06-01", Spent: 70300, Purchases: 3, Tags: []string{"宽脚"}, Note: "鞋要 软底",
			}}}, sheet.Rows)
		})
	}
}

func wide(text string, order binary.AppendByteOrder) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestAWorkbookIsReadByWhatItsCellsHold(t *testing.T) {
	book := excelize.NewFile()
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	require.NoError(t, err)
	for i, row := range [][]any{
		{"姓名", "手机号", "最近购买", "累计消费", "购买次数", "标签", "备注"},
		{"小宋哥", 17005100687, 45862, 683.5, 1, "童鞋;生日三月", "老样子"},
		{"潘梅斌", "+86 170 1794 9620", "2025-11-27", "¥131.00", "2次", "", ""},
	} {
		require.NoError(t, book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	require.NoError(t, book.SetCellStyle("Sheet1", "C2", "C2", date))
	var out bytes.Buffer
	require.NoError(t, book.Write(&out))

	sheet, err := Read(out.Bytes())
	require.NoError(t, err)
	require.Equal(t, "XLSX", sheet.Encoding)
	require.Equal(t, []Row{
		{Line: 2, State: models.RowNew, Person: Person{Phone: "+8617005100687", Name: "小宋哥", LastPurchase: "2025-07-24", Spent: 68350, Purchases: 1, Tags: []string{"童鞋", "生日三月"}, Note: "老样子"}},
		{Line: 3, State: models.RowNew, Person: Person{Phone: "+8617017949620", Name: "潘梅斌", LastPurchase: "2025-11-27", Spent: 13100, Purchases: 2}},
	}, sheet.Rows)
}

func TestWhatIsNoBookIsRefusedWithItsReason(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		err  error
	}{
		"nothing":          {nil, ErrEmpty},
		"blanks":           {[]byte(" \n\n"), ErrEmpty},
		"header alone":     {[]byte("姓名,手机号\n"), ErrEmpty},
		"no header":        {[]byte("小宋哥,17005100687\n潘梅斌,17017949620\n"), ErrHeader},
		"a picture":        {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), ErrFile},
		"a broken zip":     {[]byte("PK\x03\x04nothing of a workbook"), ErrFile},
		"the old format":   {append([]byte{0xD0, 0xCF, 0x11, 0xE0}, make([]byte, 512)...), ErrOldExcel},
		"bytes of no text": {[]byte{0xff, 0x80, 0xff, 0x81, 0x2c, 0xff}, ErrFile},
		"too many rows":    {[]byte("phone\n" + strings.Repeat("17005100687\n", maxRows+1)), ErrRows},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(c.data)
			require.ErrorIs(t, err, c.err)
		})
	}
}

func TestEveryProblemHasWordsInBothLanguages(t *testing.T) {
	for code := range problems {
		text := ProblemText(code, "x")
		require.NotEmpty(t, text.ZH, code)
		require.NotEmpty(t, text.EN, code)
		require.NotContains(t, text.ZH+text.EN, "%s")
	}
}
