package models

import "time"

var _ = table(&Account{}, &LoginCode{}, &Session{}, &Grant{})

// Account is a person, known by a verified phone number; one person may be a member and staff of several streets at
// once. PhoneHash (HMAC-SHA256 of the E.164 number under the server's secret) stays when the phone is erased, so that
// a phone joins a pool once, for ever.
type Account struct {
	ID        ID `gorm:"primaryKey"`
	Phone     *string
	PhoneHash []byte
	Name      string
	Face      string // key of a drawn portrait, or the address of a photo
	Locale    string // "zh-CN" or "en"
	CreatedAt time.Time
}

// TableName implements gorm's Tabler.
func (Account) TableName() string { return "accounts" }

// LoginCode is a one-time code sent to a phone: six digits, kept hashed, five minutes, five tries, used once.
type LoginCode struct {
	ID        ID `gorm:"primaryKey"`
	PhoneHash []byte
	Address   string // who asked, as a keyed hash of the network address
	CodeHash  []byte
	Tries     int
	SentAt    time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName implements gorm's Tabler.
func (LoginCode) TableName() string { return "login_codes" }

// Session is one device logged in to one street. The refresh token rotates: presenting one that was rotated away ends
// the session, since two hold it.
type Session struct {
	ID          ID `gorm:"primaryKey"`
	AccountID   ID
	AllianceID  ID
	RefreshHash []byte
	Generation  int64
	CreatedAt   time.Time
	ExpiresAt   time.Time
	EndedAt     *time.Time
}

// TableName implements gorm's Tabler.
func (Session) TableName() string { return "sessions" }

// Role says what an account may do.
type Role string

// The roles. Within a store an owner may do all that a manager may, and a manager all that a clerk may.
const (
	RoleMember      Role = "member"
	RoleClerk       Role = "clerk"
	RoleManager     Role = "manager"
	RoleOwner       Role = "owner"
	RoleCoordinator Role = "coordinator"
)

// Rank orders the roles within a store: clerk 1, manager 2, owner 3; any other role is 0.
func (r Role) Rank() int {
	switch r {
	case RoleClerk:
		return 1
	case RoleManager:
		return 2
	case RoleOwner:
		return 3
	}
	return 0
}

// Grant gives an account a role: in a store (StoreID), in the pool (MemberID), or for the whole alliance.
// An account has at most one grant a scope.
type Grant struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	AccountID  ID
	Scope      string // "member", "alliance" or "store:<id>": unique with alliance and account
	Role       Role
	StoreID    ID
	MemberID   ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Grant) TableName() string { return "grants" }

// MemberGrant makes the account a member of the pool.
func MemberGrant(alliance, account, member ID, at time.Time) Grant {
	return Grant{ID: NewID(), AllianceID: alliance, AccountID: account, Scope: "member", Role: RoleMember, MemberID: member, CreatedAt: at}
}

// StaffGrant makes the account staff of a store: clerk, manager or owner.
func StaffGrant(alliance, account, store ID, role Role, at time.Time) Grant {
	return Grant{ID: NewID(), AllianceID: alliance, AccountID: account, Scope: "store:" + store.String(), Role: role, StoreID: store, CreatedAt: at}
}

// CoordinatorGrant makes the account a coordinator of the alliance.
func CoordinatorGrant(alliance, account ID, at time.Time) Grant {
	return Grant{ID: NewID(), AllianceID: alliance, AccountID: account, Scope: "alliance", Role: RoleCoordinator, CreatedAt: at}
}
