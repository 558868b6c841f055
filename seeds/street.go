package seeds

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/coupon"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
	"onestreet/server/pool"
)

type streetData struct {
	Alliance allianceData `json:"alliance"`
	Stores   []storeData  `json:"stores"`
}

type allianceData struct {
	Slug           string     `json:"slug"`
	Name           string     `json:"name"`
	TimeZone       string     `json:"time_zone"`
	ReferralCredit int64      `json:"referral_credit"` // fen
	CommissionBPS  int64      `json:"commission_bps"`
	CommissionCap  int64      `json:"commission_cap"` // fen
	PointsPerYuan  int64      `json:"points_per_yuan"`
	InviterPoints  int64      `json:"inviter_points"`
	MarketRule     string     `json:"market_rule"`
	Treasurer      string     `json:"treasurer"` // the slug of the store that keeps the purse
	Coordinator    personData `json:"coordinator"`
}

type storeData struct {
	Slug       string         `json:"slug"`
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Color      string         `json:"color"`
	ColorNight string         `json:"color_night"`
	Front      string         `json:"front"`
	Width      int            `json:"width"`
	Persona    personData     `json:"persona"`
	StoryTitle string         `json:"story_title"`
	Story      string         `json:"story"`
	Address    string         `json:"address"`
	Hours      []models.Hours `json:"hours"`
	OnMarket   []models.Span  `json:"market_hours"`
	Owner      personData     `json:"owner"`
	Clerk      personData     `json:"clerk"`
}

type personData struct {
	Name string `json:"name"`
	Face string `json:"face"`
}

// shop is a store with the people and links that act for it.
type shop struct {
	models.Store
	trade
	owner, clerk    models.ID // accounts
	counter, poster string    // codes of its join links
	bought          map[*neighbour]int
}

func (l *loader) found(ctx context.Context) error {
	d := l.street.Alliance
	a := models.NewAlliance(d.Slug, d.Name, l.clock.Now())
	a.TimeZone, a.ReferralCredit, a.CommissionBPS, a.CommissionCap = d.TimeZone, d.ReferralCredit, d.CommissionBPS, d.CommissionCap
	a.PointsPerYuan, a.InviterPoints, a.MarketRule = d.PointsPerYuan, d.InviterPoints, d.MarketRule
	return l.app.DB.Tx(ctx, func(tx *gorm.DB) error {
		ctx := tx.Statement.Context
		var err error
		if l.alliance, err = l.app.Pool.Found(ctx, a, pool.Person{Phone: phone(0), Name: d.Coordinator.Name, Face: d.Coordinator.Face}); err != nil {
			return err
		}
		if l.coordinator, err = l.accountOf(tx, phone(0)); err != nil {
			return err
		}
		for i, s := range l.street.Stores {
			if err := l.open(ctx, tx, i, s); err != nil {
				return fmt.Errorf("%s: %w", s.Slug, err)
			}
		}
		return l.handPurse(ctx)
	})
}

// handPurse lets a store keep the alliance's purse, as the street's data say.
func (l *loader) handPurse(ctx context.Context) error {
	keeper := l.stores[l.street.Alliance.Treasurer].ID.String()
	_, err := l.app.Pool.ChangeSettings(ctx, l.alliance.ID, web.ETag(l.alliance.Version), pool.SettingsChange{Treasurer: &keeper})
	return err
}

func (l *loader) open(ctx context.Context, tx *gorm.DB, i int, s storeData) error {
	store, err := l.app.Pool.OpenStore(ctx, models.Store{
		AllianceID: l.alliance.ID, Slug: s.Slug, Name: s.Name, ShortName: s.ShortName, Color: s.Color, ColorNight: s.ColorNight,
		Front: s.Front, Width: s.Width, PersonaName: s.Persona.Name, PersonaFace: s.Persona.Face, StoryTitle: s.StoryTitle,
		Story: s.Story, Address: s.Address, Hours: s.Hours, MarketHours: s.OnMarket,
	}, pool.Person{Phone: phone(100 + i), Name: s.Owner.Name, Face: s.Persona.Face})
	if err != nil {
		return err
	}
	sh := &shop{Store: store, trade: trades[s.Slug], bought: map[*neighbour]int{}}
	l.stores[s.Slug], l.order = sh, append(l.order, sh)
	clerk, err := l.app.Pool.Hire(ctx, l.alliance.ID, store.ID, phone(200+i), s.Clerk.Name, models.RoleClerk)
	if err != nil {
		return err
	}
	if sh.clerk = clerk.AccountID; s.Clerk.Face != "" {
		if err := l.face(ctx, sh.clerk, models.ID{}, s.Clerk.Face); err != nil {
			return err
		}
	}
	if sh.owner, err = l.accountOf(tx, phone(100+i)); err != nil {
		return err
	}
	return l.hang(ctx, sh)
}

// hang puts the store's poster up beside the code on its counter.
func (l *loader) hang(ctx context.Context, s *shop) error {
	poster, err := l.app.Pool.MakeLink(ctx, l.alliance.ID, s.ID, pool.NewLink{Kind: models.TouchPoster, Label: "门口海报", By: s.owner})
	if err != nil {
		return err
	}
	links, err := l.app.Pool.JoinLinks(ctx, l.alliance.ID, s.ID)
	for _, link := range links {
		if link.Kind == models.TouchCounter {
			s.counter = link.Code
		}
	}
	s.poster = poster.Code
	return err
}

func (l *loader) accountOf(tx *gorm.DB, raw string) (models.ID, error) {
	e164, err := identity.NormalizePhone(raw)
	if err != nil {
		return models.ID{}, err
	}
	account, err := l.app.Identity.AccountByPhone(tx, e164)
	return account.ID, err
}

// face chooses a drawn portrait for somebody, as they would among their own settings.
func (l *loader) face(ctx context.Context, account, member models.ID, key string) error {
	p := &identity.Principal{AccountID: account, AllianceID: l.alliance.ID, MemberID: member}
	return l.app.Identity.ChangeMe(ctx, p, identity.Changes{Face: &key})
}

// The hats that a store's people wear.

func (l *loader) boss(s *shop) coupon.Staff {
	return coupon.Staff{Alliance: l.alliance.ID, Store: s.ID, Account: s.owner}
}

func (l *loader) till(s *shop) coupon.Staff {
	return coupon.Staff{Alliance: l.alliance.ID, Store: s.ID, Account: s.clerk}
}

func (l *loader) desk(s *shop, account models.ID) calendar.Desk {
	return calendar.Desk{Alliance: l.alliance.ID, Store: s.ID, Account: account}
}

func (l *loader) persona(s *shop) feed.Author {
	return feed.Author{Alliance: l.alliance.ID, Account: s.owner, Store: s.ID}
}

func (l *loader) voice(n *neighbour) feed.Author {
	return feed.Author{Alliance: l.alliance.ID, Account: n.account, Member: n.id}
}

// isOpen tells whether a store serves at a moment.
func (l *loader) isOpen(s *shop, t time.Time) bool { return models.OpenAt(s.Hours, t.In(l.zone)) }
