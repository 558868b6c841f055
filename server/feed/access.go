package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// MayRead tells whether somebody may read and follow a feed. Errors: not_found, not_in_circle.
func (s *Service) MayRead(ctx context.Context, reader *identity.Principal, feed string) error {
	return s.mayRead(s.DB.Read(ctx), speaker(reader, models.ID{}), feed)
}

// mayRead: the street's feed is everybody's; a circle's is its members', an open one's everybody's who is logged in.
func (s *Service) mayRead(tx *gorm.DB, who Author, feed string) error {
	if feed == models.StreetFeed {
		return nil
	}
	c, place, err := s.standing(tx, who, feed)
	switch {
	case err != nil:
		return err
	case who.Coordinator, place.State == models.CircleMemberIn, c.Access == models.CircleOpen && !who.Account.IsZero():
		return nil
	}
	return ErrNotInCircle
}

// maySpeak: in a circle only its members do. Errors: those of mayRead, join_first.
func (s *Service) maySpeak(tx *gorm.DB, who Author, feed string) error {
	if feed == models.StreetFeed {
		return nil
	}
	if err := s.mayRead(tx, who, feed); err != nil {
		return err
	}
	_, place, err := s.standing(tx, who, feed)
	if err == nil && place.State != models.CircleMemberIn {
		err = ErrJoinFirst
	}
	return err
}

// standing reads a circle by the name of its feed and where somebody stands in it; no row is the zero one. Error: not_found.
func (s *Service) standing(tx *gorm.DB, who Author, feed string) (models.Circle, models.CircleMember, error) {
	id, err := models.ParseID(feed)
	if err != nil {
		return models.Circle{}, models.CircleMember{}, models.ErrNotFound
	}
	plain := tx.Session(&gorm.Session{NewDB: true})
	c, err := db.Find[models.Circle](plain, "id = ? AND alliance_id = ?", id, who.Alliance)
	if err != nil {
		return c, models.CircleMember{}, err
	}
	var rows []models.CircleMember
	err = plain.Where("circle_id = ? AND account_id = ?", id, who.Account).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return c, models.CircleMember{}, err
	}
	return c, rows[0], nil
}

// checkRemove lets those take something down who may: see mayRemove, and the moderators of a circle. Error: not_your_post.
func (s *Service) checkRemove(tx *gorm.DB, by *identity.Principal, feed string, account, store models.ID) error {
	if mayRemove(by, account, store) {
		return nil
	}
	moderates, err := s.moderates(tx, speaker(by, models.ID{}), feed)
	if err == nil && !moderates {
		err = ErrNotYours
	}
	return err
}

func (s *Service) moderates(tx *gorm.DB, who Author, feed string) (bool, error) {
	if who.Coordinator || feed == models.StreetFeed {
		return who.Coordinator, nil
	}
	_, place, err := s.standing(tx, who, feed)
	return place.State == models.CircleMemberIn && place.Moderator, err
}

// moderated tells in which of the posts' feeds the reader keeps order.
func (s *Service) moderated(tx *gorm.DB, reader *identity.Principal, posts []models.Post) (map[string]bool, error) {
	keeps := map[string]bool{}
	if reader.Visitor() {
		return keeps, nil
	}
	for _, p := range posts {
		if _, known := keeps[p.Feed]; known {
			continue
		}
		var err error
		if keeps[p.Feed], err = s.moderates(tx, speaker(reader, models.ID{}), p.Feed); err != nil {
			return nil, err
		}
	}
	return keeps, nil
}
