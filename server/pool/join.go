package pool

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Newcomer is who wants to join, through which link.
type Newcomer struct {
	Link   string // the link's code
	Phone  string // as people write it
	Code   string // one-time code
	Name   string
	Device models.ID // of the touch cookie; zero: none
}

// Joined is a member who has just joined.
type Joined struct {
	Tokens  identity.Tokens
	Account models.ID
	Member  models.Member
	Coupon  any // what new members get, or nil
}

// Join makes the owner of a phone a member, once for ever: the unique key is (alliance, account). In one transaction
// the code is used up, the account made or found, the number given, the origin decided and recorded. Who is a member
// already is told so, and the code stays good for logging in. Who has left and comes back is the same member again:
// same number, same origin, no new referral and no second welcome, but a new secret and a clean sheet.
// Errors: link_unknown, link_expired, link_suspended, phone, phone_foreign, code_…, already_member.
func (s *Service) Join(ctx context.Context, in Newcomer) (Joined, error) {
	d, err := s.openDoor(ctx, in.Link)
	if err != nil {
		return Joined{}, err
	}
	phone, err := identity.NormalizePhone(in.Phone)
	if err != nil {
		return Joined{}, err
	}
	tried, err := s.Identity.TryCode(ctx, phone, in.Code)
	if err != nil {
		return Joined{}, err
	}
	var out Joined
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		out = Joined{}
		account, err := s.lockAccount(tx, phone)
		if err != nil {
			return err
		}
		if err := s.admit(tx, d, account, in, &out); err != nil {
			return err
		}
		if err := s.Identity.UseCode(tx, tried); err != nil {
			return err
		}
		out.Account = account.ID
		out.Tokens, err = s.Identity.OpenSession(tx, account.ID, d.alliance.ID)
		return err
	})
	return out, err
}

// lockAccount finds or makes the account of a phone and holds it, so that of two joinings at once the second sees the first.
func (s *Service) lockAccount(tx *gorm.DB, phone string) (models.Account, error) {
	account, err := s.Identity.AccountByPhone(tx, phone)
	if err != nil {
		return account, err
	}
	return account, db.Lock(tx).Where("id = ?", account.ID).Take(&account).Error
}

func (s *Service) admit(tx *gorm.DB, d door, account models.Account, in Newcomer, out *Joined) error {
	account, err := s.nameAccount(tx, account, in.Name)
	if err != nil {
		return err
	}
	var m models.Member
	err = tx.Where("alliance_id = ? AND account_id = ?", d.alliance.ID, account.ID).Take(&m).Error
	switch {
	case db.IsNotFound(err):
		err = s.enroll(tx, d, account, in.Device, out)
	case err == nil && !m.Left():
		err = ErrAlreadyMember
	case err == nil:
		out.Member, err = s.readmit(tx, m, account, in.Device)
	}
	return err
}

// nameAccount keeps the name that people gave; who has one already keeps it.
func (s *Service) nameAccount(tx *gorm.DB, a models.Account, name string) (models.Account, error) {
	name = strings.TrimSpace(name)
	if a.Name != "" || name == "" {
		return a, nil
	}
	a.Name = name
	return a, tx.Model(&models.Account{}).Where("id = ?", a.ID).Update("name", name).Error
}

func (s *Service) enroll(tx *gorm.DB, d door, account models.Account, device models.ID, out *Joined) error {
	claim, err := s.attribute(tx, d, account, device)
	if err != nil {
		return err
	}
	number, err := nextNumber(tx, d.alliance.ID)
	if err != nil {
		return err
	}
	m := models.Member{
		ID: models.NewID(), AllianceID: d.alliance.ID, AccountID: account.ID, Number: number, Name: account.Name, Face: account.Face,
		OriginStoreID: claim.Store, InviterID: claim.Inviter, JoinLinkID: d.link.ID, DeviceID: device,
		Secret: newSecret(), Pseudonym: models.MemberAlias(number).ZH, JoinedAt: s.Clock.Now(),
	}
	if err := tx.Create(&m).Error; err != nil {
		return err
	}
	if err := s.settleIn(tx, m, account); err != nil {
		return err
	}
	out.Member = m
	if s.hooks.give != nil {
		if out.Coupon, err = s.hooks.give(tx, m); err != nil {
			return err
		}
	}
	return s.Outbox.Add(tx, m.AllianceID, models.EventMemberJoined, models.MemberJoined{
		MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: m.OriginStoreID, LinkID: d.link.ID, InviterID: m.InviterID, At: m.JoinedAt, Attribution: claim,
	})
}

// nextNumber gives the next number of the alliance under its row's lock: a transaction that fails gives it back, so
// there are no gaps.
func nextNumber(tx *gorm.DB, alliance models.ID) (int64, error) {
	err := tx.Model(&models.Alliance{}).Where("id = ?", alliance).
		Updates(map[string]any{"last_number": gorm.Expr("last_number + 1"), "roster": gorm.Expr("roster + 1")}).Error
	if err != nil {
		return 0, err
	}
	var a models.Alliance
	err = tx.Select("last_number").Where("id = ?", alliance).Take(&a).Error
	return a.LastNumber, err
}

// readmit makes one who left a member again.
func (s *Service) readmit(tx *gorm.DB, m models.Member, account models.Account, device models.ID) (models.Member, error) {
	if err := touchRoster(tx, m.AllianceID); err != nil {
		return m, err
	}
	m.Name, m.Face, m.Secret, m.DeviceID, m.LeftAt = account.Name, account.Face, newSecret(), device, nil
	if err := tx.Save(&m).Error; err != nil {
		return m, err
	}
	return m, s.settleIn(tx, m, account)
}

// touchRoster tells every node that the street's members have changed.
func touchRoster(tx *gorm.DB, alliance models.ID) error {
	return tx.Model(&models.Alliance{}).Where("id = ?", alliance).Update("roster", gorm.Expr("roster + 1")).Error
}

// settleIn gives a new member what every member has: the grant, a link of their own, a line in the origin store's book
// with the consent that the join page asks for; and the lines of the books that had the phone become the member's.
func (s *Service) settleIn(tx *gorm.DB, m models.Member, account models.Account) error {
	now := s.Clock.Now()
	if err := s.Identity.Grant(tx, models.MemberGrant(m.AllianceID, m.AccountID, m.ID, now)); err != nil {
		return err
	}
	if err := linkBooks(tx, m, account.PhoneHash, now); err != nil {
		return err
	}
	if err := s.inviteLink(tx, m); err != nil || m.OriginStoreID.IsZero() {
		return err
	}
	consent := models.Privacy{ID: models.NewID(), AllianceID: m.AllianceID, MemberID: m.ID, StoreID: m.OriginStoreID, Phone: true, UpdatedAt: now}
	if err := tx.Create(&consent).Error; err != nil {
		return err
	}
	return addLines(tx, []models.Customer{lineOf(m, m.OriginStoreID, account.PhoneHash, now)})
}

// linkBooks makes the invited customer of each book the member; the phone is no longer the store's to keep.
func linkBooks(tx *gorm.DB, m models.Member, phoneHash []byte, now time.Time) error {
	return tx.Model(&models.Customer{}).Where("alliance_id = ? AND phone_hash = ? AND member_id IS NULL", m.AllianceID, phoneHash).
		Updates(map[string]any{"member_id": m.ID, "phone": nil, "updated_at": now}).Error
}

// inviteLink makes the member's own link in the name of the store that brought them in, or of the link that they came by.
func (s *Service) inviteLink(tx *gorm.DB, m models.Member) error {
	store, err := invitesFor(tx, m)
	if err != nil {
		return err
	}
	return newLink(tx, &models.JoinLink{AllianceID: m.AllianceID, StoreID: store, Kind: models.TouchMember, MemberID: m.ID, CreatedAt: s.Clock.Now()})
}

// invitesFor is the store in whose name a member invites.
func invitesFor(tx *gorm.DB, m models.Member) (models.ID, error) {
	if !m.OriginStoreID.IsZero() {
		return m.OriginStoreID, nil
	}
	var came models.JoinLink
	err := tx.Select("store_id").Where("id = ?", m.JoinLinkID).Take(&came).Error
	return came.StoreID, err
}

// newSecret is 160 random bits in base32, as authenticator programs take it (RFC 4226, section 4).
func newSecret() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}
