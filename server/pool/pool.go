// Package pool is the street's one pool of members: the alliance with its settings, its stores and their staff, the
// links through which people join, the members and their cards, and the books of customers that stores bring along.
//
//	store imports its book ── customer (invited) ─┐
//	QR, poster, friend's link ── touch ── phone + code ── member ── leaves ── pseudonym
//	                                        └ origin store and inviter: decided once, by models.Attribute
//
// The pool stands below the features that know more of a member: it asks them through the hooks of hooks.go.
package pool

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/token"
)

// Deps is what the feature needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Keys     *token.Keys
	Identity *identity.Service
	Ledger   *ledger.Service
	Outbox   *outbox.Outbox
	Log      *slog.Logger
	// Signal tells the followers of a stream what may be lost; called after commits.
	Signal func(alliance models.ID, stream, kind string, data any)
	// PublicURL is what people open, without a slash at its end: join links begin with it.
	PublicURL string
	// SecureCookie is for sites served over https.
	SecureCookie bool
}

// Service is the feature.
type Service struct {
	Deps
	hooks hooks
	cache cache
	codes codeBook
	wake  chan struct{} // an import wants to be run
}

// New returns the feature, handles the events that concern it, and adds its checks to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d, wake: make(chan struct{}, 1)}
	s.cache.life = 5 * time.Second
	d.Ledger.Checks.Add("pool.numbers", auditNumbers)
	d.Ledger.Checks.Add("pool.origins", auditOrigins)
	outbox.OnMany(d.Outbox, models.EventVisitRecorded, "pool.knows-visitor", s.knowVisitors)
	return s
}

// StreetBySlug finds a street; the empty slug is the oldest one, and the zero ID when there is none yet.
// Error: street_unknown.
func (s *Service) StreetBySlug(ctx context.Context, slug string) (models.ID, error) {
	streets, err := s.streets(ctx)
	if err != nil {
		return models.ID{}, err
	}
	if slug == "" {
		if len(streets) == 0 {
			return models.ID{}, nil
		}
		return streets[0].ID, nil
	}
	for _, a := range streets {
		if a.Slug == slug {
			return a.ID, nil
		}
	}
	// Opened a moment ago, perhaps by another node.
	a, err := db.Find[models.Alliance](s.DB.Read(ctx), "slug = ?", slug)
	return a.ID, db.IfNone(err, ErrStreet)
}

func (s *Service) streets(ctx context.Context) ([]models.Alliance, error) {
	return cached(&s.cache, s.Clock.Now(), "streets", func() ([]models.Alliance, error) {
		var all []models.Alliance
		err := s.DB.Read(ctx).Order("created_at, id").Find(&all).Error
		return all, err
	})
}

// onceKey names a row that a batch reads once.
type onceKey struct {
	what string
	id   models.ID
}

// Alliance reads a street and its settings. Error: not_found.
func (s *Service) Alliance(ctx context.Context, id models.ID) (models.Alliance, error) {
	return db.Once(ctx, onceKey{"alliance", id}, func() (models.Alliance, error) {
		return db.Find[models.Alliance](s.DB.Read(ctx), "id = ?", id)
	})
}

// Store reads a store of a street. Error: not_found.
func (s *Service) Store(ctx context.Context, alliance, id models.ID) (models.Store, error) {
	store, err := db.Once(ctx, onceKey{"store", id}, func() (models.Store, error) {
		return db.Find[models.Store](s.DB.Read(ctx), "id = ?", id)
	})
	if err == nil && store.AllianceID != alliance {
		return models.Store{}, models.ErrNotFound
	}
	return store, err
}

// Stores lists the stores of a street from west to east, suspended ones too.
func (s *Service) Stores(ctx context.Context, alliance models.ID) ([]models.Store, error) {
	var all []models.Store
	err := s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("position, slug").Find(&all).Error
	for _, store := range all {
		db.Know(ctx, onceKey{"store", store.ID}, store)
	}
	return all, err
}

// Ahead asks for a street, its stores and some of its members, for whoever needs them in a transaction that remembers
// (db.Remember).
func (s *Service) Ahead(tx *gorm.DB, alliance models.ID, members []models.ID) []db.Query {
	return []db.Query{
		s.AskAlliance(tx, alliance), s.AskMembers(tx, alliance, members),
		remembered(tx, tx.Where("alliance_id = ?", alliance), "store", func(store models.Store) models.ID { return store.ID }),
	}
}

// AskAlliance is Alliance as one of several queries.
func (s *Service) AskAlliance(tx *gorm.DB, id models.ID) db.Query {
	return remembered(tx, tx.Where("id = ?", id), "alliance", func(a models.Alliance) models.ID { return a.ID })
}

// AskMembers is Members as one of several queries.
func (s *Service) AskMembers(tx *gorm.DB, alliance models.ID, ids []models.ID) db.Query {
	return remembered(tx, tx.Where("id IN ?", ids).Where(db.OfStreet, alliance), "member", func(m models.Member) models.ID { return m.ID })
}

func remembered[T any](tx, of *gorm.DB, what string, id func(T) models.ID) db.Query {
	var rows []T
	return db.Query{Of: of, Into: &rows, Then: func() {
		for _, row := range rows {
			db.Know(tx.Statement.Context, onceKey{what, id(row)}, row)
		}
	}}
}

// Refs is how the stores of a street are named, by id; a few seconds old at most. The map is shared: read it only.
func (s *Service) Refs(ctx context.Context, alliance models.ID) (map[models.ID]models.StoreRef, error) {
	return cached(&s.cache, s.Clock.Now(), "refs "+alliance.String(), func() (map[models.ID]models.StoreRef, error) {
		stores, err := s.Stores(ctx, alliance)
		refs := make(map[models.ID]models.StoreRef, len(stores))
		for _, store := range stores {
			refs[store.ID] = store.Ref()
		}
		return refs, err
	})
}

// Hosts is how those are named who may hold events: the stores of a street, and under its own id the street. Read it only.
func (s *Service) Hosts(ctx context.Context, alliance models.ID) (map[models.ID]models.StoreRef, error) {
	return cached(&s.cache, s.Clock.Now(), "hosts "+alliance.String(), func() (map[models.ID]models.StoreRef, error) {
		stores, err := s.Refs(ctx, alliance)
		if err != nil {
			return nil, err
		}
		street, err := s.Alliance(ctx, alliance)
		hosts := maps.Clone(stores)
		hosts[alliance] = street.Ref()
		return hosts, err
	})
}

// HostName is the name of a store, or of the street itself by its own id. Error: not_found.
func (s *Service) HostName(ctx context.Context, alliance, host models.ID) (string, error) {
	if host == alliance {
		street, err := s.Alliance(ctx, alliance)
		return street.Name, err
	}
	store, err := s.Store(ctx, alliance, host)
	return store.Name, err
}

// Member reads a member of a street, also one who has left. Error: not_found.
func (s *Service) Member(ctx context.Context, alliance, id models.ID) (models.Member, error) {
	m, err := db.Once(ctx, onceKey{"member", id}, func() (models.Member, error) {
		return db.Find[models.Member](s.DB.Read(ctx), "id = ?", id)
	})
	if err == nil && m.AllianceID != alliance {
		return models.Member{}, models.ErrNotFound
	}
	return m, err
}

// Members reads several members of a street by id; who is not there is left out.
func (s *Service) Members(ctx context.Context, alliance models.ID, ids []models.ID) (map[models.ID]models.Member, error) {
	found := map[models.ID]models.Member{}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id models.ID) bool {
		m, known := db.Known[models.Member](ctx, onceKey{"member", id})
		if known && m.AllianceID == alliance {
			found[id] = m
		}
		return known
	})
	for len(ids) > 0 {
		n := min(len(ids), 500)
		var page []models.Member
		if err := s.DB.Read(ctx).Where("id IN ?", ids[:n]).Where(db.OfStreet, alliance).Find(&page).Error; err != nil {
			return nil, err
		}
		for _, m := range page {
			found[m.ID] = m
			db.Know(ctx, onceKey{"member", m.ID}, m)
		}
		ids = ids[n:]
	}
	return found, nil
}

// Renamed keeps a member's name and face the same as the account's; identity calls it.
func (s *Service) Renamed(tx *gorm.DB, member models.ID, changes map[string]any) error {
	kept := map[string]any{}
	for _, column := range []string{"name", "face"} {
		if v, ok := changes[column]; ok {
			kept[column] = v
		}
	}
	if member.IsZero() || len(kept) == 0 {
		return nil
	}
	return tx.Model(&models.Member{}).Where("id = ?", member).Updates(kept).Error
}
