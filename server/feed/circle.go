package feed

import (
	"cmp"
	"context"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// NewCircle is a circle to be; without a store the street keeps it.
type NewCircle struct {
	Store       models.ID
	Name, About string
	Access      models.CircleAccess
	Level       models.Level
}

// OpenCircle starts a circle, with who starts it as its first moderator: a manager of the store that keeps it, or a
// coordinator. Errors: not_a_manager, circle_name, circle_about, circle_level.
func (s *Service) OpenCircle(ctx context.Context, by *identity.Principal, d NewCircle) (models.Circle, error) {
	if !by.Coordinator && (d.Store.IsZero() || !by.AtLeast(d.Store, models.RoleManager)) {
		return models.Circle{}, ErrNotStaff
	}
	d.Name, d.About = models.PlainText(d.Name), models.PlainText(d.About)
	switch {
	case d.Name == "" || utf8.RuneCountInString(d.Name) > models.CircleNameLength:
		return models.Circle{}, ErrCircleName.With(models.CircleNameLength).At("/name")
	case utf8.RuneCountInString(d.About) > models.CircleAboutLength:
		return models.Circle{}, ErrCircleAbout.With(models.CircleAboutLength).At("/about")
	case d.Access == models.CircleLevel && (d.Store.IsZero() || d.Level <= models.LevelNone):
		return models.Circle{}, ErrCircleLevel.At("/level")
	}
	now := s.Clock.Now()
	c := models.Circle{
		ID: models.NewID(), AllianceID: by.AllianceID, StoreID: d.Store, Name: d.Name, About: d.About, Access: d.Access, CreatedBy: by.AccountID, CreatedAt: now,
	}
	if c.Access == models.CircleLevel {
		c.Level = d.Level
	}
	first := models.CircleMember{
		CircleID: c.ID, AccountID: by.AccountID, AllianceID: by.AllianceID, MemberID: by.MemberID, State: models.CircleMemberIn, Moderator: true, At: now,
	}
	return c, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return cmp.Or(s.inStreet(tx, c), tx.Create(&c).Error, tx.Create(&first).Error)
	})
}

// inStreet: a coordinator may name any store, of their own street. Error: not_found.
func (s *Service) inStreet(tx *gorm.DB, c models.Circle) error {
	if c.StoreID.IsZero() {
		return nil
	}
	_, err := s.Pool.Store(tx.Statement.Context, c.AllianceID, c.StoreID)
	return err
}

// JoinCircle lets somebody in: into an open circle anyone, by invitation who is invited, by level who is close enough to the
// store now. Doing it twice is doing it once. Errors: not_found, by_invitation, level_too_low.
func (s *Service) JoinCircle(ctx context.Context, by *identity.Principal, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, place, err := s.standing(tx, speaker(by, models.ID{}), id.String())
		if err != nil || place.State == models.CircleMemberIn {
			return err
		}
		if place.State != models.CircleInvited {
			if err := s.mayJoin(ctx, by, c); err != nil {
				return err
			}
		}
		m := models.CircleMember{CircleID: c.ID, AccountID: by.AccountID, AllianceID: by.AllianceID, MemberID: by.MemberID, State: models.CircleMemberIn, At: s.Clock.Now()}
		if err := s.startReading(tx, by, c); err != nil {
			return err
		}
		if made := db.OnConflictSkip(tx).Create(&m); made.Error != nil || made.RowsAffected > 0 {
			return made.Error
		}
		return tx.Model(&models.CircleMember{}).Where("circle_id = ? AND account_id = ?", c.ID, by.AccountID).Update("state", models.CircleMemberIn).Error
	})
}

func (s *Service) mayJoin(ctx context.Context, by *identity.Principal, c models.Circle) error {
	switch {
	case by.Coordinator || c.Access == models.CircleOpen || by.AtLeast(c.StoreID, models.RoleClerk):
		return nil
	case c.Access == models.CircleInvitation:
		return ErrInvited
	case by.MemberID.IsZero():
		return ErrLevel
	}
	level, _, err := s.Relation.Level(ctx, c.AllianceID, c.StoreID, by.MemberID)
	if err == nil && level < c.Level {
		err = ErrLevel
	}
	return err
}

// LeaveCircle ends it at once, on every screen; who is not in it leaves nothing. Error: not_found.
func (s *Service) LeaveCircle(ctx context.Context, by *identity.Principal, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, _, err := s.standing(tx, speaker(by, models.ID{}), id.String())
		if err != nil {
			return err
		}
		return s.out(tx, c, by.AccountID)
	})
}

// out takes an account out of a circle; what it follows is looked at again after the commit, so that delivery stops.
func (s *Service) out(tx *gorm.DB, c models.Circle, account models.ID) error {
	db.AfterCommit(tx, func() { s.Revoke(account) })
	return tx.Where("circle_id = ? AND account_id = ?", c.ID, account).Delete(&models.CircleMember{}).Error
}

// SetMember invites a member of the street into a circle, and says whether they keep order there. Errors: not_found,
// not_moderator.
func (s *Service) SetMember(ctx context.Context, by *identity.Principal, id, member models.ID, moderator bool) error {
	return s.keepOrder(ctx, by, id, member, func(tx *gorm.DB, c models.Circle, m models.Member) error {
		row := models.CircleMember{CircleID: c.ID, AccountID: m.AccountID, AllianceID: c.AllianceID, MemberID: m.ID, State: models.CircleInvited, Moderator: moderator, At: s.Clock.Now()}
		made := db.OnConflictSkip(tx).Create(&row)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected > 0 {
			if err := s.noteCircle(tx, by, c, m, "circle_invite"); err != nil {
				return err
			}
			return s.Outbox.Add(tx, c.AllianceID, models.EventCircleInvited, models.InvitedToCircle{CircleID: c.ID, MemberID: m.ID, StoreID: c.StoreID, At: row.At})
		}
		set := tx.Model(&models.CircleMember{}).Where("circle_id = ? AND account_id = ? AND moderator <> ?", c.ID, m.AccountID, moderator).Update("moderator", moderator)
		if set.Error != nil || set.RowsAffected == 0 {
			return set.Error
		}
		return s.noteCircle(tx, by, c, m, map[bool]string{true: "circle_moderator", false: "circle_moderator_off"}[moderator])
	})
}

// noteCircle writes a line of the circle's trail.
func (s *Service) noteCircle(tx *gorm.DB, by *identity.Principal, c models.Circle, m models.Member, what string) error {
	return s.Conduct.Note(tx, models.ConductLine{AllianceID: c.AllianceID, ByID: by.AccountID, What: what, AccountID: m.AccountID, Feed: c.ID.String(), Words: c.Name})
}

// RemoveMember takes a member out of a circle, or an invitation back. Errors: not_found, not_moderator.
func (s *Service) RemoveMember(ctx context.Context, by *identity.Principal, id, member models.ID) error {
	return s.keepOrder(ctx, by, id, member, func(tx *gorm.DB, c models.Circle, m models.Member) error {
		return cmp.Or(s.out(tx, c, m.AccountID), s.noteCircle(tx, by, c, m, "circle_out"))
	})
}

func (s *Service) keepOrder(ctx context.Context, by *identity.Principal, id, member models.ID, do func(*gorm.DB, models.Circle, models.Member) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, _, err := s.standing(tx, speaker(by, models.ID{}), id.String())
		if err != nil {
			return err
		}
		keeps, err := s.moderates(tx, speaker(by, models.ID{}), id.String())
		if err != nil {
			return err
		}
		if !keeps {
			return ErrNotModerator
		}
		m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ? AND left_at IS NULL", member, by.AllianceID)
		if err != nil {
			return err
		}
		return do(tx, c, m)
	})
}
