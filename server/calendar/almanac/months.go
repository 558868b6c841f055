package almanac

import "onestreet/models"

// Month is a lunar month with the dates it covers.
type Month struct {
	models.LunarDate // its first day
	First            Date
	Length           int // 29 or 30
}

// Months lists the months of a lunar year in their order, a leap month after the one whose number it has. Those of 1900
// that end before 1901 are not known, and no year before it and none after 2100 has any.
func Months(year int) []Month {
	var list []Month
	if year < 1900 || year > 2100 {
		return list
	}
	for _, y := range []int{year, year + 1} {
		for _, m := range tableOf(y).months {
			fresh := len(list) == 0 || m.first > list[len(list)-1].First
			if m.year == year && fresh && m.first+Date(m.length) > First {
				list = append(list, Month{models.LunarDate{Year: m.year, Month: m.month, Leap: m.leap, Day: 1}, m.first, m.length})
			}
		}
	}
	return list
}
