// Package advert tells adverts from what neighbours say. It is pure: a text goes in, a verdict with the rule and the
// matched piece comes out. It knows no database, no clock and no street.
//
//	text ── glyphs: one way to write each character ── line: marks between single characters out
//	     ── sieve: one walk tells which of the rules are worth a try
//	     ── signals: contacts, numbers, links, codes, topics, pitches, and what speaks against an advert
//	     ── manner: what a line that no rule names sounds like, learned from lines that were heard before
//	     ── weigh: alone a word means little; together they are an advert, a doubt, or nothing
//
// A word is never enough: 威信 is a county's name and 薇薇 a neighbour's, until an account stands beside it. What a rule
// is not sure of is for a person to look at (Review), not for a fine.
package advert

import "slices"

// Verdict is what becomes of a text.
type Verdict string

// Verdicts.
const (
	Ad     Verdict = "ad"     // not shown, and a strike
	Review Verdict = "review" // a person looks at it
	OK     Verdict = "ok"
)

// Text is what somebody wrote, and what matters about them.
type Text struct {
	Words    string
	Merchant bool // a store of the street speaks: its own goods, its own number are no advert
	QR       bool // a picture beside it shows a QR code, whatever it says

	Codes []string // what the QR codes in the pictures beside it say
}

// Finding is the verdict on a text. Rule is empty when nothing was found; Evidence is the piece that was matched, as it
// was written; Score is the weight of what was found: from Doubt on a person looks, from Sure on it is an advert.
type Finding struct {
	Verdict  Verdict
	Rule     string
	Evidence string
	Score    int
}

// Weights from which on a text is doubtful, and an advert.
const (
	Doubt = 4
	Sure  = 7
)

// Judge judges by the rules of every street and by what one street added: the hosts whose links are its own, and its
// own words. Its zero value judges by the common rules alone; it may be used by many at once.
type Judge struct {
	Hosts []string // "street.example": the platform's own address and those that the street trusts
	Terms []Term
	Off   []string // rules that do not hold in the street
}

// Switchable are the rules that a street can switch off: what one street minds is another one's notice board. What hides, and
// what no street may offer, is not among them.
var Switchable = []string{"wechat", "qq", "messenger", "account", "phone", "link", "qr", "jobs", "daigou", "slimming", "cures", "services", "groups", "freebie", "spam"}

// Try judges one text.
func (j Judge) Try(t Text) Finding {
	l := read(t.Words)
	if f, decided := j.own(l); decided {
		return f
	}
	found, allowed := j.on(j.signals(t, l))
	c := l.clues(found)
	odds := listening().odds(sketch(l), l.traits(t, found, c))
	f := weigh(t, found, c)
	if t.Merchant || allowed && odds > 0 {
		return f
	}
	return l.heardAs(t, f, c, odds)
}

// on leaves out what the rules that are off have found. Allowed tells whether there was anything: what a street allows, it allows in
// the manner in which such offers are put.
func (j Judge) on(found []signal) (kept []signal, allowed bool) {
	kept = slices.DeleteFunc(slices.Clone(found), func(s signal) bool { return slices.Contains(j.Off, s.rule) })
	for _, s := range found {
		allowed = allowed || s.weight > 0 && slices.Contains(j.Off, s.rule)
	}
	return kept, allowed
}
