package coupon

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Order asks for one coupon of a campaign for each of some members, in their order; a member may stand in it twice. Private
// names the send that it is for, when nobody may count whom that reaches; zero: it may be counted.
type Order struct {
	Alliance, Campaign models.ID
	Way                models.Way
	Members            []models.ID
	Private            models.ID
}

// GiveOut is the door through which coupons leave a campaign other than by a claim: whoever gives, stock, window, limits
// and budgets hold as they do for a claim. It runs in the caller's transaction and keeps the campaign's row until that
// ends. Each member has an answer of their own; a refusal of one does not undo the others.
// Errors: not_found; as answers: given_otherwise, and those of Claim.
func (s *Service) GiveOut(tx *gorm.DB, o Order) ([]db.Answer[models.Coupon], error) {
	c, err := s.lockSigned(tx, o.Alliance, o.Campaign)
	if err != nil {
		return nil, err
	}
	answers := make([]db.Answer[models.Coupon], len(o.Members))
	if !c.Gives(o.Way) {
		for i := range answers {
			answers[i].Err = ErrOtherWay
		}
		return answers, nil
	}
	g, err := s.giving(tx, c, o.Members)
	if err != nil {
		return nil, err
	}
	giveAll := func() {
		for i, m := range o.Members {
			answers[i].Value, answers[i].Err = g.give(claim{alliance: o.Alliance, campaign: o.Campaign, member: m})
		}
	}
	if o.Private.IsZero() {
		giveAll()
	} else if err := s.veiled(tx, g, o.Private, giveAll); err != nil {
		return nil, err
	}
	return answers, s.store(tx, g)
}

// lockSigned keeps the row of a campaign that everyone has signed. Error: not_found.
func (s *Service) lockSigned(tx *gorm.DB, alliance, campaign models.ID) (models.Campaign, error) {
	return db.Find[models.Campaign](db.Lock(tx), "id = ? AND alliance_id = ? AND signed_at IS NOT NULL", campaign, alliance)
}

// Print sets n coupons of a store's campaign aside for codes on paper. What is on paper is a promise like a claimed coupon:
// pausing and ending stop the printing only.
// Errors: not_found, given_otherwise, not_live, too_late, store_suspended, too_few_left.
func (s *Service) Print(tx *gorm.DB, by Staff, campaign models.ID, n int64) (models.Campaign, error) {
	c, err := s.lockOwn(tx, by, campaign)
	if err != nil {
		return c, err
	}
	if err := s.active(tx.Statement.Context, by.Alliance, by.Store); err != nil {
		return c, err
	}
	if err := s.mayPrint(tx, c, n); err != nil {
		return c, err
	}
	c.Remaining, c.Printed = c.Remaining-n, c.Printed+n
	return c, s.shift(tx, c, n)
}

func (s *Service) mayPrint(tx *gorm.DB, c models.Campaign, n int64) error {
	now := s.Clock.Now()
	switch state := c.StateAt(now); {
	case !c.Gives(models.WayPrinted):
		return ErrOtherWay
	case c.SignedAt == nil || state != models.CampaignLive && state != models.CampaignScheduled:
		return ErrNotLive
	case c.Remaining < n:
		return ErrTooFewLeft.With(c.Remaining)
	}
	return nil
}

// shift moves n coupons from the stock to paper; a negative n moves them back.
func (s *Service) shift(tx *gorm.DB, c models.Campaign, n int64) error {
	moved := tx.Model(&models.Campaign{}).Where("id = ? AND remaining >= ? AND printed >= ?", c.ID, n, -n).
		Updates(map[string]any{"remaining": gorm.Expr("remaining - ?", n), "printed": gorm.Expr("printed + ?", n)})
	if moved.Error != nil {
		return moved.Error
	}
	if moved.RowsAffected == 0 {
		return ErrSoldOut // cannot be while the row is locked
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: c.ID, Remaining: c.Remaining})
}

// Unprint puts what was set aside for n codes back into the stock, since they are void. Error: not_found.
func (s *Service) Unprint(tx *gorm.DB, by Staff, campaign models.ID, n int64) error {
	c, err := s.lockOwn(tx, by, campaign)
	if err != nil || n == 0 {
		return err
	}
	c.Remaining, c.Printed = c.Remaining+n, c.Printed-n
	return s.shift(tx, c, -n)
}

// Paper is a printed code that a member brings: its campaign, and the version of the terms that was printed.
type Paper struct {
	Alliance, Campaign, Member models.ID
	Version                    int64
}

// TakePaper makes a coupon of a printed code whose turn the caller has seen to: the stock was set aside when it was
// printed, the limits of a member hold. Errors: not_found, not_live (its store is suspended), claim_limit.
func (s *Service) TakePaper(tx *gorm.DB, p Paper) (models.Coupon, error) {
	c, err := s.lockSigned(tx, p.Alliance, p.Campaign)
	if err != nil {
		return models.Coupon{}, err
	}
	c.Version = p.Version
	g, err := s.giving(tx, c, []models.ID{p.Member})
	if err != nil {
		return models.Coupon{}, err
	}
	g.paper = true
	if g.suspended {
		return models.Coupon{}, ErrNotLive
	}
	if why := g.bounds(p.Member); why != "" {
		return models.Coupon{}, claimRefused(why, c, g.street.zone)
	}
	return g.make(p.Member), s.store(tx, g)
}

// PassOn makes a member's coupon a friend's: the giver's is given away, the friend's has a code of its own, so that a
// picture of the old one is worth nothing. It happens once, whoever tries; terms, dates and share of the budget stay.
// Errors: not_found, claim_limit and those of a coupon that does not work (coupon_used, coupon_expired, …).
func (s *Service) PassOn(tx *gorm.DB, alliance, coupon, friend models.ID) (models.Coupon, error) {
	theirs, err := db.Find[models.Coupon](tx, "id = ? AND alliance_id = ?", coupon, alliance)
	if err != nil {
		return theirs, err
	}
	c, err := s.lockSigned(tx, alliance, theirs.CampaignID)
	if err != nil {
		return theirs, err
	}
	g, err := s.giving(tx, c, []models.ID{friend})
	if err != nil {
		return theirs, err
	}
	if err := s.MayPassOn(tx.Statement.Context, theirs); err != nil {
		return theirs, err
	}
	if why := g.befriended(theirs, friend); why != "" {
		return theirs, claimRefused(why, c, g.street.zone)
	}
	return s.passOn(tx, g, theirs, friend)
}

// befriended says why a friend may not take a coupon that was given out already: only the number of a member and of a
// household are in question, and a household that hands it on within itself has no more than before.
func (g *giving) befriended(theirs models.Coupon, friend models.ID) models.Claimability {
	c, household := g.campaign, g.rules.households[friend]
	switch {
	case g.mine[friend] >= c.PerMember:
		return models.ClaimLimit
	case c.PerHousehold > 0 && household != theirs.HouseholdID && g.rules.had[household] >= c.PerHousehold:
		return models.ClaimHousehold
	}
	return ""
}

// MayPassOn tells whether a coupon could go to a friend now; a punch card goes whole or not at all. Errors: not_transferable, coupon_begun, and those of a coupon
// that does not work.
func (s *Service) MayPassOn(ctx context.Context, c models.Coupon) error {
	campaign, err := db.Find[models.Campaign](s.DB.Read(ctx), "id = ?", c.CampaignID)
	if err != nil {
		return err
	}
	if !campaign.Transferable {
		return ErrNotTransferable
	}
	if now := s.Clock.Now(); c.State != models.CouponUsable || now.After(c.ValidUntil) {
		return s.whyNot(ctx, c, now)
	}
	if c.Spent > 0 {
		return ErrBegun
	}
	return nil
}

// whyNot puts into words why a coupon is none any more.
func (s *Service) whyNot(ctx context.Context, c models.Coupon, now time.Time) error {
	st, err := s.street(ctx, c.AllianceID)
	if err != nil {
		return err
	}
	p, err := s.pocket(s.DB.Read(ctx), st, []models.Coupon{c})
	if err != nil {
		return err
	}
	if refused := p.refused(c.RefusedAt(now), c); refused != nil {
		return refused
	}
	return ErrBegun
}

// movedOn says what became of a coupon while it was about to go to a friend.
func (s *Service) movedOn(tx *gorm.DB, coupon models.ID, now time.Time) error {
	c, err := db.Find[models.Coupon](tx, "id = ?", coupon)
	if err != nil {
		return err
	}
	return s.whyNot(tx.Statement.Context, c, now)
}

func (s *Service) passOn(tx *gorm.DB, g *giving, theirs models.Coupon, friend models.ID) (models.Coupon, error) {
	left := tx.Model(&models.Coupon{}).Where("id = ? AND state = ? AND uses = ?", theirs.ID, models.CouponUsable, theirs.Uses).
		Update("state", models.CouponGiven)
	if left.Error != nil {
		return theirs, left.Error
	}
	if left.RowsAffected == 0 {
		return theirs, s.movedOn(tx, theirs.ID, g.now)
	}
	c := theirs
	c.ID, c.MemberID, c.Number, c.Code, c.Uses = models.NewID(), friend, g.mine[friend]+1, models.NewCouponCode(), 0
	c.Gifted = true
	if err := g.countFriend(tx, theirs, &c); err != nil {
		return theirs, err
	}
	db.AfterCommit(tx, func() {
		s.walletChanged(theirs.AllianceID, theirs.MemberID)
		s.walletChanged(c.AllianceID, c.MemberID)
	})
	return c, tx.Create(&c).Error
}

// countFriend counts a coupon that goes to another household; within one it is counted already, as the giver's. Without a
// limit a household nothing is counted, whatever the terms said when the giver claimed it.
func (g *giving) countFriend(tx *gorm.DB, theirs models.Coupon, c *models.Coupon) error {
	c.HouseholdID = models.ID{}
	most, household := g.campaign.PerHousehold, g.rules.households[c.MemberID]
	if most == 0 || household == theirs.HouseholdID {
		return nil
	}
	c.HouseholdID = household
	full, err := householdCounter(g.campaign, household).take(tx, 1, most)
	if err != nil || full {
		return orRefused(err, ErrHousehold.With(most))
	}
	return nil
}

// Show lists coupons as screens show them, in their order.
func (s *Service) Show(ctx context.Context, alliance models.ID, coupons ...models.Coupon) ([]CouponView, error) {
	st, err := s.street(ctx, alliance)
	if err != nil {
		return nil, err
	}
	return s.couponViews(s.DB.Read(ctx), st, coupons)
}

// MayTake tells whether a member (zero: somebody who is none yet) could take a coupon of a campaign on a way now. It is what a
// screen shows; what counts is decided when it is taken. Error: not_found.
func (s *Service) MayTake(ctx context.Context, campaign models.ID, way models.Way, member models.ID) (Verdict, error) {
	c, err := db.Find[models.Campaign](s.DB.Read(ctx), "id = ? AND signed_at IS NOT NULL", campaign)
	if err != nil {
		return Verdict{}, err
	}
	if !c.Gives(way) {
		return *verdict(givenOtherwise(c), web.Locale(ctx)), nil
	}
	g, err := s.giving(s.DB.Read(ctx), c, []models.ID{member})
	if err != nil {
		return Verdict{}, err
	}
	if member.IsZero() {
		g.rules.outside = nil // who is no member yet is told so once they are
	}
	var said *models.Error
	_, err = g.give(claim{alliance: c.AllianceID, campaign: campaign, member: member})
	if errors.As(err, &said) {
		return *verdict(said, web.Locale(ctx)), nil
	}
	return Verdict{OK: true}, err
}
