package pool

import (
	"context"
	"crypto/subtle"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/width"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The rotating code of a member's card: TOTP (RFC 6238) with HMAC-SHA1.
const (
	CodePeriod = 30 // seconds
	CodeDigits = 8
	codeSkew   = 1 // steps that a telephone's clock may be off, either way
	codePast   = 4 // older steps that are recognised, to say "expired" instead of "unknown"
	qrPrefix   = "OS1."
)

var eightDigits = regexp.MustCompile(`^[0-9]{8}$`)

// ResolveCode finds the member of a rotating code, typed (eight digits, spaces allowed) or scanned
// (OS1.<member>.<digits>), and tells until when the code is good. Errors: code_form, code_unknown, member_code_expired,
// code_ambiguous when by chance two members have these digits now.
func (s *Service) ResolveCode(ctx context.Context, alliance models.ID, code string) (models.Member, time.Time, error) {
	text := strings.Join(strings.Fields(width.Narrow.String(code)), "")
	if rest, scanned := strings.CutPrefix(text, qrPrefix); scanned {
		return s.resolveQR(ctx, alliance, rest)
	}
	if !eightDigits.MatchString(text) {
		return models.Member{}, time.Time{}, ErrCodeForm.At("/code")
	}
	id, until, err := s.resolveDigits(ctx, alliance, text)
	if err != nil {
		return models.Member{}, time.Time{}, err
	}
	m, err := s.Member(ctx, alliance, id)
	if err == nil && m.Left() {
		err = ErrCodeUnknown.At("/code")
	}
	return m, until, err
}

func (s *Service) resolveQR(ctx context.Context, alliance models.ID, rest string) (models.Member, time.Time, error) {
	text, digits, _ := strings.Cut(rest, ".")
	id, err := models.ParseID(text)
	if err != nil || !eightDigits.MatchString(digits) {
		return models.Member{}, time.Time{}, ErrCodeForm.At("/code")
	}
	m, err := s.Member(ctx, alliance, id)
	if err != nil || m.Left() {
		return models.Member{}, time.Time{}, ErrCodeUnknown.At("/code")
	}
	now := stepOf(s.Clock.Now())
	for step := now - codeSkew; step <= now+codeSkew; step++ {
		if subtle.ConstantTimeCompare([]byte(digitsAt(m.Secret, step)), []byte(digits)) == 1 {
			return m, goodUntil(step), nil
		}
	}
	return models.Member{}, time.Time{}, ErrCodeExpired.At("/code")
}

func (s *Service) resolveDigits(ctx context.Context, alliance models.ID, digits string) (models.ID, time.Time, error) {
	r, err := s.roster(ctx, alliance)
	if err != nil {
		return models.ID{}, time.Time{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := stepOf(s.Clock.Now())
	r.forget(now)
	id, step, refused := r.find(digits, now)
	if refused != nil {
		return models.ID{}, time.Time{}, refused.At("/code")
	}
	return id, goodUntil(step), nil
}

// codeBook holds for each street who has which digits in the last few steps, so that digits are looked up instead of
// computed for every member at every scan.
type codeBook struct {
	mu      sync.Mutex
	streets map[models.ID]*roster
}

// current is the street's roster at that count, or nil.
func (b *codeBook) current(alliance models.ID, count int64) *roster {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.streets[alliance]; r != nil && r.count == count {
		return r
	}
	return nil
}

func (b *codeBook) keep(alliance models.ID, r *roster) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.streets == nil {
		b.streets = map[models.ID]*roster{}
	}
	b.streets[alliance] = r
}

// roster is the members of one street as they were at a count of the alliance's Roster.
type roster struct {
	count   int64
	members []models.Member
	mu      sync.Mutex
	steps   map[int64]map[string][]models.ID
}

// roster is up to date with the alliance: every joining and leaving, on whatever node, raises the count. No lock is held
// while the database is asked.
func (s *Service) roster(ctx context.Context, alliance models.ID) (*roster, error) {
	a, err := db.Find[models.Alliance](s.DB.Read(ctx).Select("roster"), "id = ?", alliance)
	if err != nil {
		return nil, err
	}
	if r := s.codes.current(alliance, a.Roster); r != nil {
		return r, nil
	}
	r := &roster{count: a.Roster, steps: map[int64]map[string][]models.ID{}}
	err = s.DB.Read(ctx).Select("id", "secret").Where("alliance_id = ? AND left_at IS NULL", alliance).Find(&r.members).Error
	if err == nil {
		s.codes.keep(alliance, r)
	}
	return r, err
}

// find looks the digits up in the steps that are good now, and then in those that were.
func (r *roster) find(digits string, now int64) (found models.ID, at int64, refused *models.Error) {
	for step := now - codeSkew; step <= now+codeSkew; step++ {
		for _, id := range r.at(step)[digits] {
			if !found.IsZero() && id != found {
				return models.ID{}, 0, ErrCodeTwice
			}
			found, at = id, step
		}
	}
	if !found.IsZero() {
		return found, at, nil
	}
	for step := now - codeSkew - codePast; step < now-codeSkew; step++ {
		if len(r.at(step)[digits]) > 0 {
			return models.ID{}, 0, ErrCodeExpired
		}
	}
	return models.ID{}, 0, ErrCodeUnknown
}

func (r *roster) forget(now int64) {
	for step := range r.steps {
		if step < now-codeSkew-codePast || step > now+codeSkew {
			delete(r.steps, step)
		}
	}
}

func (r *roster) at(step int64) map[string][]models.ID {
	if index, ok := r.steps[step]; ok {
		return index
	}
	index := make(map[string][]models.ID, len(r.members))
	for _, m := range r.members {
		digits := digitsAt(m.Secret, step)
		index[digits] = append(index[digits], m.ID)
	}
	r.steps[step] = index
	return index
}

// CodeWas tells whether digits were a member's code at a time, give or take a minute: for phones that could not ask.
func (s *Service) CodeWas(m models.Member, digits string, at time.Time) bool {
	was := stepOf(at)
	for step := was - 2*codeSkew; step <= was+2*codeSkew; step++ {
		if digits != "" && subtle.ConstantTimeCompare([]byte(digitsAt(m.Secret, step)), []byte(digits)) == 1 {
			return true
		}
	}
	return false
}

func stepOf(at time.Time) int64 { return at.Unix() / CodePeriod }

// goodUntil is when the digits of a step are refused: a period later than they are shown, for slow clocks.
func goodUntil(step int64) time.Time {
	return time.Unix((step+1+codeSkew)*CodePeriod, 0).UTC()
}

// digitsAt is the code of a secret at a step; a secret that is none has no code.
func digitsAt(secret string, step int64) string {
	if secret == "" || step < 0 {
		return ""
	}
	code, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsEight, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return ""
	}
	return code
}
