package sheet

import "onestreet/models"

// Errors of a whole file.
var (
	ErrEmpty    = models.Fail(models.Invalid, "import_empty", "这个文件里什么也没有", "There is nothing in this file.")
	ErrFile     = models.Fail(models.Invalid, "import_file", "这不是能读的表格。请存成 CSV 或 XLSX 再传", "This is no table that can be read. Save it as CSV or XLSX and try again.")
	ErrOldExcel = models.Fail(models.Invalid, "import_old_excel", "这是旧格式的 .xls（或加了密码）。请另存为 .xlsx 再传", "This is the old .xls format, or it has a password. Save it as .xlsx and try again.")
	ErrUnpacked = models.Fail(models.TooLarge, "import_unpacked", "这个表格解开来太大了。删掉用不着的图和列再传", "This table unpacks to too much. Remove pictures and columns that are not needed and try again.")
	ErrRows     = models.Fail(models.Invalid, "import_rows", "一次最多 %d 行，请分成几个文件", "At most %d rows at a time. Please split the file.")
)
