package advert

import (
	"regexp"
	"strings"
)

var (
	// Codes that add somebody, or lead into a group.
	inviting = regexp.MustCompile(`^(https?://)?((weixin|u\.wechat|qm\.qq|jq\.qq|work\.weixin\.qq|wa\.me|t\.me|line\.me|discord\.gg|signal\.group|chat\.whatsapp)[^/]*)(/|$)|^(weixin|mqqapi|tg|whatsapp)://`)
	// Codes that open something of an app: a payment, a mini program.
	opening = regexp.MustCompile(`^[a-z][a-z0-9+.-]{1,20}://`)
)

// photographed weighs what the QR codes in pictures say. The street's own links and plain codes (a coupon's, a member's) are
// none of it; an invitation out of the street is one by itself, and any other link is for a person to look at.
func (j Judge) photographed(t Text, l line) []signal {
	var found []signal
	for _, code := range t.Codes {
		plain := strings.ToLower(strings.TrimSpace(code))
		switch _, away := j.links(read(plain)); {
		case inviting.MatchString(plain):
			found = append(found, signal{rule: "qr", weight: invitation(l), evidence: code, hard: invitation(l) == sureWeight})
		case away, opening.MatchString(plain) && !strings.HasPrefix(plain, "http"):
			found = append(found, signal{rule: "qr", weight: doubtWeight, evidence: code})
		default:
			inner := read(code)
			if c, ok := inner.accounts(); ok {
				found = append(found, signal{rule: c.rule, weight: sureWeight, evidence: code, hard: true})
			}
		}
	}
	return found
}

// invitation is how much a code that leads into a group weighs: with nothing said beside it, or with a call to join, it is there
// for nothing else; beside a neighbour's words somebody looks.
func invitation(l line) int {
	if l.bare.text == "" || toJoin.MatchString(l.tight.text) || l.tight.has(scan) {
		return sureWeight
	}
	return doubtWeight
}
