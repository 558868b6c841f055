package conduct

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Mute keeps the author of a case from posting for so many hours, 0 to 2160 (90 days); 0 lets them speak again. Errors:
// not_moderator, range, words, not_found, mute_self.
func (s *Service) Mute(ctx context.Context, by *identity.Principal, id models.ID, hours int, words string) error {
	return s.muteOne(ctx, by, hours, words, func(tx *gorm.DB) (models.ConductLine, error) {
		c, err := db.Find[models.ConductCase](tx, "id = ? AND alliance_id = ?", id, by.AllianceID)
		return models.ConductLine{AccountID: c.AccountID, CaseID: c.ID, Feed: c.Feed}, err
	})
}

// MuteMember keeps a member from posting, as Mute does.
func (s *Service) MuteMember(ctx context.Context, by *identity.Principal, member models.ID, hours int, words string) error {
	return s.muteOne(ctx, by, hours, words, func(tx *gorm.DB) (models.ConductLine, error) {
		m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ?", member, by.AllianceID)
		return models.ConductLine{AccountID: m.AccountID}, err
	})
}

func (s *Service) muteOne(ctx context.Context, by *identity.Principal, hours int, words string, whom func(*gorm.DB) (models.ConductLine, error)) error {
	if err := s.Moderates(ctx, by); err != nil {
		return err
	}
	if hours < 0 || hours > 24*models.StrikeDays {
		return ErrRange.At("/hours")
	}
	words, err := wordedOrNot(words)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		line, err := whom(tx)
		if err != nil {
			return err
		}
		if line.AccountID == by.AccountID {
			return ErrMuteSelf
		}
		line.AllianceID, line.ByID, line.Why = by.AllianceID, by.AccountID, words
		if hours == 0 {
			return s.unmute(tx, line)
		}
		return s.silence(tx, line, s.Clock.Now().Add(time.Duration(hours)*time.Hour))
	})
}

// silence mutes whom a line is about until a time.
func (s *Service) silence(tx *gorm.DB, line models.ConductLine, until time.Time) error {
	if err := s.holdStanding(tx, line.AllianceID, line.AccountID); err != nil {
		return err
	}
	err := tx.Model(&models.ConductStanding{}).Where("alliance_id = ? AND account_id = ?", line.AllianceID, line.AccountID).
		Updates(map[string]any{"muted_until": until, "muted_why": line.Why}).Error
	if err != nil {
		return err
	}
	line.What, line.Words = "mute", until.UTC().Format(time.RFC3339)
	if err := s.note(tx, line); err != nil {
		return err
	}
	return s.Outbox.Add(tx, line.AllianceID, models.EventMuted, models.MuteChanged{AccountID: line.AccountID, Until: until, At: s.Clock.Now()})
}

// unmute lets speak again; who was not muted is not told so.
func (s *Service) unmute(tx *gorm.DB, line models.ConductLine) error {
	freed := tx.Model(&models.ConductStanding{}).Where("alliance_id = ? AND account_id = ? AND muted_until IS NOT NULL", line.AllianceID, line.AccountID).
		Updates(map[string]any{"muted_until": nil, "muted_why": ""})
	if freed.Error != nil || freed.RowsAffected == 0 {
		return freed.Error
	}
	line.What = "unmute"
	if line.ByID.IsZero() {
		line.What = "mute_over"
	}
	if err := s.note(tx, line); err != nil {
		return err
	}
	return s.Outbox.Add(tx, line.AllianceID, models.EventMuteEnded, models.MuteChanged{AccountID: line.AccountID, At: s.Clock.Now()})
}

// EndMutes lets those speak again whose time is over; a job calls it every minute.
func (s *Service) EndMutes(ctx context.Context) error {
	now := s.Clock.Now()
	var over []models.ConductStanding
	if err := s.DB.Read(ctx).Where("muted_until <= ?", now).Limit(500).Find(&over).Error; err != nil {
		return err
	}
	for _, st := range over {
		err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
			again, err := s.standing(db.Lock(tx), st.AllianceID, st.AccountID)
			if err != nil || again.MutedUntil == nil || again.MutedUntil.After(now) {
				return err // a moderator was faster
			}
			return s.unmute(tx, models.ConductLine{AllianceID: st.AllianceID, AccountID: st.AccountID})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// MutedNeighbour is somebody who may not speak for now.
type MutedNeighbour struct {
	Member models.PersonRef `json:"member"`
	Until  time.Time        `json:"until"`
	Why    string           `json:"why"`
}

// Muted lists them, those whose time is over first. Error: not_moderator.
func (s *Service) Muted(ctx context.Context, by *identity.Principal) ([]MutedNeighbour, error) {
	list := []MutedNeighbour{}
	if err := s.Moderates(ctx, by); err != nil {
		return list, err
	}
	var rows []struct {
		MemberID   models.ID
		MutedUntil time.Time
		MutedWhy   string
	}
	err := s.DB.Read(ctx).Table("conduct_standings s").Select("m.id AS member_id, s.muted_until, s.muted_why").
		Joins("JOIN members m ON m.alliance_id = s.alliance_id AND m.account_id = s.account_id").
		Where("s.alliance_id = ? AND s.muted_until > ?", by.AllianceID, s.Clock.Now()).Order("s.muted_until").Limit(200).Scan(&rows).Error
	if err != nil {
		return list, err
	}
	members := make([]models.ID, len(rows))
	for i, r := range rows {
		members[i] = r.MemberID
	}
	who, err := s.authors(ctx, by.AllianceID, members)
	for _, r := range rows {
		list = append(list, MutedNeighbour{who.of(r.MemberID, models.ID{}), r.MutedUntil, r.MutedWhy})
	}
	return list, err
}
