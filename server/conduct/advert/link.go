package advert

import (
	"regexp"
	"strings"
	"unicode"
)

const domains = `com|cn|net|org|top|xyz|vip|cc|club|site|shop|app|link|info|online|fun|icu|tv|co|io|ly|ink|ltd|live|work|store`

var (
	linkForm = compile(`(https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,10})(:\d+)?(/[^\s\p{Han},。!?;]*)?`)
	tail     = regexp.MustCompile(`\.(` + domains + `|example)$`)
	// What a link looks like when a machine should not see one.
	dotted    = compile(`[a-z0-9-]{2,}[^\p{Han}a-z0-9,!?;]{0,3}(点|點|丶|dot)[^\p{Han}a-z0-9,!?;]{0,3}(` + domains + `)($|[^a-z])`)
	ornament  = compile(`[a-z0-9-]{3,}\s?[^\p{Han}a-z0-9\s.,!?;:_/@+-]{1,3}\s?(com|cn|net|org|top|vip|xyz)($|[^a-z])`)
	bracketed = compile(`[a-z0-9-]{2,}\s?[\[(<{]\s?[.。点·]\s?[\])>}]\s?(` + domains + `)($|[^a-z])`)
	masked    = compile(`hxxps?:|h +t +t +p|h(\*\*|xx|t\*)ps?:|[a-z0-9-]{2,}\s+[.。]\s*(` + domains + `)($|[^a-z])|[a-z0-9-]{2,}。(com|cn|net|org)($|[^a-z])|(三|3)(w|个w)点|www点|达不溜`)
	spelled   = regexp.MustCompile(`https?|www|[a-z0-9]{3,}(com|cn|net|org)$|[a-z0-9]{3,}(com|net|org)\p{Han}`)
	messenger = compile(`(^|[^a-z0-9])(t\.me|wa\.me|telegram\.me|u\.wechat\.com|qm\.qq\.com|discord\.gg)/`)
)

// public are hosts that nobody advertises with.
var public = regexp.MustCompile(`(^|\.)(gov\.cn|edu\.cn|12306\.cn|example\.invalid)$`)

// link is what was found of links: the host of one that leads away, and whether it hides.
type link struct {
	evidence string
	hidden   bool
}

// links finds a link that leads away from the street. Those to the street's own hosts are none.
func (j Judge) links(l line) (link, bool) {
	for _, m := range l.plain.all(linkForm) {
		host, schemed := l.plain.text[m[4]:m[5]], m[2] >= 0
		if !schemed && !tail.MatchString(host) || j.trusts(host) {
			continue
		}
		return link{evidence: l.evidence(l.plain, m[0], m[1]), hidden: l.oddBetween(m[0], m[1])}, true
	}
	return l.hiddenLink()
}

// spacedOut reads a host as it is meant when its letters stand apart and its dots are others: e x a m p l e 。 c o m.
func (l line) spacedOut() view {
	gs := l.glyphs
	latin := func(i int) bool { return i >= 0 && i < len(gs) && gs[i].r < unicode.MaxASCII && letter(gs[i].r) }
	kept := make([]glyph, 0, len(gs))
	for i, g := range gs {
		switch {
		case strings.ContainsRune("[]()", g.r), g.r == ' ' && (latin(i-1) || latin(i+1)):
			continue
		case strings.ContainsRune("。点丶·", g.r) && i > 0:
			g.r = '.'
		case g.r == '零' && (latin(i-1) || latin(i+1)):
			g.r = 'o'
		}
		kept = append(kept, g)
	}
	return written(kept)
}

var aHost = regexp.MustCompile(`[a-z0-9-]*[a-z][a-z0-9-]*(\.|dot)(com|cn|net|org|top|xyz|vip|cc)($|[^a-z0-9.@])`)

func (l line) hiddenLink() (link, bool) {
	if strings.ContainsAny(l.plain.text, latin) {
		if v := l.spacedOut(); v.text != l.plain.text {
			if m := aHost.FindStringIndex(v.text); m != nil {
				return link{evidence: l.evidence(v, m[0], m[1]), hidden: true}, true
			}
		}
	}
	for _, form := range [...]pattern{dotted, ornament, bracketed, masked} {
		for _, v := range [...]view{l.plain, l.tight} {
			if m := v.find(form); m != nil {
				return link{evidence: l.evidence(v, m[0], m[1]), hidden: true}, true
			}
		}
	}
	if !l.split {
		return link{}, false
	}
	if m := spelled.FindStringIndex(l.bare.text); m != nil {
		return link{evidence: l.evidence(l.bare, m[0], m[1]), hidden: true}, true
	}
	return link{}, false
}

// trusts tells the street's own hosts and the public offices.
func (j Judge) trusts(host string) bool {
	if public.MatchString(host) {
		return true
	}
	for _, own := range j.Hosts {
		if host == own || strings.HasSuffix(host, "."+own) {
			return true
		}
	}
	return false
}

// oddBetween tells whether letters of a piece of the plain view were written in another form.
func (l line) oddBetween(from, to int) bool {
	first, last := l.plain.at[from], l.plain.at[to-1]
	for _, g := range l.glyphs {
		if g.at >= first && g.at <= last && g.odd {
			return true
		}
	}
	return false
}
