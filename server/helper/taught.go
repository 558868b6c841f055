package helper

import (
	"context"
	"strings"
	"unicode/utf8"

	"onestreet/models"
)

// alike is how much of a taught question must be in another one, in hundredths, for that to be the same in other words;
// shorter ones than whole must be in it as they are.
const (
	alike = 70
	whole = 5
)

// lesson is what somebody has taught that fits a question; near is how well.
type lesson struct {
	models.HelperAnswer
	store models.Store // zero: the street's
	near  int
}

// lessons are those that fit a question.
type lessons struct {
	named models.ID // the store that the question names
	all   []lesson
}

// lessonsFor reads what was taught and fits a question; stores that are not on the street now say nothing, and of each
// the best lesson speaks.
func (s *Service) lessonsFor(ctx context.Context, alliance models.ID, question string) (lessons, error) {
	var rows []models.HelperAnswer
	if err := s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("id").Find(&rows).Error; err != nil || len(rows) == 0 {
		return lessons{}, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return lessons{}, err
	}
	text, out, active := plain(question), lessons{}, map[models.ID]models.Store{}
	for _, store := range stores {
		if !store.Active() {
			continue
		}
		active[store.ID] = store
		if named(text, store.Ref()) {
			out.named = store.ID
		}
	}
	best := map[models.ID]lesson{}
	for _, row := range rows {
		store, here := active[row.StoreID]
		if near := nearest(text, row.Words); near > best[row.StoreID].near && (here || row.StoreID.IsZero()) {
			best[row.StoreID] = lesson{row, store, near}
		}
	}
	for _, row := range rows { // in the order of teaching
		if l := best[row.StoreID]; l.ID == row.ID {
			out.all = append(out.all, l)
		}
	}
	return out, nil
}

// nearest is how well the best of the taught wordings fits a question, 0: none does.
func nearest(text string, wordings []string) int {
	best := 0
	for _, w := range wordings {
		w = strings.TrimSpace(plain(w))
		n := utf8.RuneCountInString(w)
		switch {
		case n == 0:
		case has(text, w):
			best = max(best, 100+n)
		case n >= whole && likeness(text, w) >= alike:
			best = max(best, likeness(text, w))
		}
	}
	return best
}

// before is the answer that comes before the street's data: that of the store which the question names, or the street's.
func (k lessons) before(ctx context.Context) HelperReply {
	for _, l := range k.all {
		if !k.named.IsZero() && l.StoreID == k.named {
			return l.reply(ctx)
		}
	}
	for _, l := range k.all {
		if l.StoreID.IsZero() {
			return l.reply(ctx)
		}
	}
	return HelperReply{}
}

// after is what stores have taught, when nothing else answers: one speaks for itself, several each by its name. A question
// that names a store is no other's to answer.
func (k lessons) after(ctx context.Context) HelperReply {
	if !k.named.IsZero() || len(k.all) == 0 {
		return HelperReply{Lines: []HelperLine{}}
	}
	if len(k.all) == 1 {
		return k.all[0].reply(ctx)
	}
	r := HelperReply{Intent: Taught, Lines: []HelperLine{}, Text: word(ctx, "各家有各家的说法：", "Each store has its own answer:")}
	for _, l := range k.all {
		r.add(l.reply(ctx).Text, "/stores/"+l.StoreID.String())
	}
	return r
}

func (l lesson) reply(ctx context.Context) HelperReply {
	r := HelperReply{Intent: Taught, Lines: []HelperLine{}, Text: l.Text}
	if !l.StoreID.IsZero() {
		r.Text, r.Link = l.store.Name+word(ctx, "：", ": ")+l.Text, "/stores/"+l.StoreID.String()
	}
	return r
}

// likeness is how many of the pairs of neighbouring characters of a taught question another one has, in hundredths; a much
// longer one is about something else.
func likeness(text, taught string) int {
	asked, known := pairs(text), pairs(taught)
	if total(known) == 0 || total(asked) > 3*total(known) {
		return 0
	}
	shared := 0
	for p, n := range known {
		shared += min(n, asked[p])
	}
	return 100 * shared / total(known)
}

func pairs(text string) map[string]int {
	runes, found := []rune(strings.Join(strings.Fields(text), "")), map[string]int{}
	for i := 0; i+1 < len(runes); i++ {
		found[string(runes[i:i+2])]++
	}
	return found
}

func total(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}
