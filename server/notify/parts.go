package notify

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Of a new part followers are told within a day; a transaction tells so many of them.
const (
	partFresh = 24 * time.Hour
	partBatch = 50
)

// TellOfParts tells those who follow a series of its new part. A job: a letter is unique for its member and part, so it comes
// once however many nodes run it. Between 22:00 and 8:00 on the street nobody is woken: it comes in the morning. Who muted the
// store hears nothing, nor who wrote it.
func (s *Service) TellOfParts(ctx context.Context) error {
	now := s.Clock.Now()
	var fresh []models.TalkPart
	err := s.DB.Read(ctx).Where("told_at IS NULL AND at > ?", now.Add(-partFresh)).Order("at").Limit(100).Find(&fresh).Error
	for i := 0; err == nil && i < len(fresh); i++ {
		err = s.tellOfPart(ctx, fresh[i], now)
	}
	return err
}

func (s *Service) tellOfPart(ctx context.Context, part models.TalkPart, now time.Time) error {
	street, err := s.Pool.Alliance(ctx, part.AllianceID)
	if err != nil || quiet(street.Local(now)) {
		return err
	}
	series, err := db.Find[models.TalkSeries](s.DB.Read(ctx), "id = ?", part.SeriesID)
	if err != nil {
		return err
	}
	post, err := db.Find[models.Post](s.DB.Read(ctx), "id = ?", part.PostID)
	if err != nil {
		return err
	}
	for err == nil && post.DeletedAt == nil {
		var told int
		if told, err = s.tellFollowers(ctx, series, part, now); told == 0 {
			break
		}
	}
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.TalkPart{}).Where("series_id = ? AND number = ?", part.SeriesID, part.Number).Update("told_at", now).Error
	})
}

// tellFollowers tells a batch of those who do not know yet, and returns how many they were.
func (s *Service) tellFollowers(ctx context.Context, series models.TalkSeries, part models.TalkPart, now time.Time) (int, error) {
	reference := "part:" + part.PostID.String()
	told := s.DB.Read(ctx).Model(&models.Notice{}).Select("member_id").Where("alliance_id = ? AND reference = ?", part.AllianceID, reference)
	muted := s.DB.Read(ctx).Model(&models.Privacy{}).Select("member_id").Where("store_id = ? AND muted = ?", series.StoreID, true)
	here := s.DB.Read(ctx).Model(&models.Member{}).Select("id").Where("alliance_id = ? AND left_at IS NULL", part.AllianceID)
	var members []models.ID
	err := s.DB.Read(ctx).Model(&models.SeriesReader{}).Where("series_id = ? AND follows = ? AND member_id NOT IN (?) AND member_id NOT IN (?) AND member_id IN (?)", part.SeriesID, true, told, muted, here).
		Where("member_id <> ?", other(series.MemberID)).Order("member_id").Limit(partBatch).Pluck("member_id", &members).Error
	if err != nil || len(members) == 0 {
		return 0, err
	}
	letter, err := s.partLetter(ctx, series, part, now)
	if err != nil {
		return 0, err
	}
	letter.reference = reference
	return len(members), s.DB.Tx(ctx, func(tx *gorm.DB) error {
		for _, letter.member = range members {
			if err := s.deliver(tx, letter); err != nil {
				return err
			}
		}
		return nil
	})
}

// other is a member's id, or one that nobody has: a comparison with NULL is never true.
func other(member models.ID) models.ID {
	if member.IsZero() {
		return models.NewID()
	}
	return member
}

func (s *Service) partLetter(ctx context.Context, series models.TalkSeries, part models.TalkPart, now time.Time) (draft, error) {
	d := draft{
		alliance: part.AllianceID, store: series.StoreID, kind: models.NoticePart, link: "/posts/" + part.PostID.String(), at: now,
		facts: facts{Title: series.Title, Number: part.Number, Why: models.Text{ZH: part.Title, EN: part.Title}},
	}
	if series.StoreID.IsZero() {
		return d, nil
	}
	store, err := s.Pool.Store(ctx, series.AllianceID, series.StoreID)
	d.facts.Store, d.facts.Persona = store.Name, personaOf(store)
	return d, err
}
