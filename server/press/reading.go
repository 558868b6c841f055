package press

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// listMost bounds how many series the street's list shows, those told last first.
const listMost = 100

// SerialView is a series as a reader sees it.
type SerialView struct {
	ID        models.ID          `json:"id"`
	Title     string             `json:"title"`
	About     string             `json:"about"`
	Cover     *feed.PhotoView    `json:"cover,omitempty"`
	Author    string             `json:"author" doc:"who tells it"`
	Face      string             `json:"face"`
	Store     *models.StoreRef   `json:"store,omitempty" doc:"whose persona tells it"`
	State     models.SeriesState `json:"state" enum:"running,paused,ended"`
	Parts     int64              `json:"parts" doc:"the number of the last one"`
	Followers int64              `json:"followers"`
	Follows   bool               `json:"follows" doc:"the reader does"`
	ReadTo    int64              `json:"read_to" doc:"the part up to which the reader has read; 0: none"`
	Mine      bool               `json:"mine" doc:"the reader may go on with it"`
	PartAt    *time.Time         `json:"part_at,omitempty"`
	CreatedAt time.Time          `json:"created_at"`
}

// PartLine is a part in the list of its series.
type PartLine struct {
	Number int64     `json:"number"`
	Title  string    `json:"title"`
	PostID models.ID `json:"post_id"`
	At     time.Time `json:"at"`
	Gone   bool      `json:"gone" doc:"it was taken down; its number stays"`
}

// SerialPage is a series with its parts, the first one first.
type SerialPage struct {
	SerialView
	Lines []PartLine `json:"lines" nullable:"false"`
}

// List reads the series of the street, those told last first; of one store only when one is named.
func (s *Service) List(ctx context.Context, reader *identity.Principal, store models.ID) ([]SerialView, error) {
	query := s.DB.Read(ctx).Where("alliance_id = ?", reader.AllianceID)
	if !store.IsZero() {
		query = query.Where("store_id = ?", store)
	}
	var rows []models.TalkSeries
	if err := query.Order("COALESCE(part_at, created_at) DESC, id DESC").Limit(listMost).Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.views(ctx, reader, rows)
}

// Page reads a series with its parts. Error: not_found.
func (s *Service) Page(ctx context.Context, reader *identity.Principal, id models.ID) (SerialPage, error) {
	series, err := find(s.DB.Read(ctx), reader.AllianceID, id)
	if err != nil {
		return SerialPage{}, err
	}
	views, err := s.views(ctx, reader, []models.TalkSeries{series})
	if err != nil {
		return SerialPage{}, err
	}
	page := SerialPage{SerialView: views[0]}
	page.Lines, err = s.lines(ctx, id)
	return page, err
}

func (s *Service) lines(ctx context.Context, series models.ID) ([]PartLine, error) {
	lines := []PartLine{}
	err := s.DB.Read(ctx).Table("talk_parts AS t").Select("t.number, t.title, t.post_id, t.at, p.deleted_at IS NOT NULL AS gone").
		Joins("JOIN posts AS p ON p.id = t.post_id").Where("t.series_id = ?", series).Order("t.number").Scan(&lines).Error
	for i := range lines {
		if lines[i].Gone {
			lines[i].Title = ""
		}
	}
	return lines, err
}

// PartPage is one part, with its place between its neighbours.
type PartPage struct {
	Series   SerialView    `json:"series"`
	Number   int64         `json:"number"`
	Title    string        `json:"title"`
	Post     feed.PostView `json:"post"`
	Previous *PartLine     `json:"previous,omitempty"`
	Next     *PartLine     `json:"next,omitempty"`
}

// Part reads one part by its number; the neighbours are the nearest ones that are still there. Errors: not_found; part_gone
// is post_gone.
func (s *Service) Part(ctx context.Context, reader *identity.Principal, id models.ID, number int64) (PartPage, error) {
	page, err := s.Page(ctx, reader, id)
	if err != nil {
		return PartPage{}, err
	}
	part := PartPage{Series: page.SerialView, Number: number}
	var post models.ID
	for _, line := range page.Lines {
		switch {
		case line.Number == number:
			part.Title, post = line.Title, line.PostID
		case line.Gone:
		case line.Number < number:
			part.Previous = &line
		case part.Next == nil:
			part.Next = &line
		}
	}
	if post.IsZero() {
		return PartPage{}, models.ErrNotFound
	}
	part.Post, err = s.Feed.Post(ctx, reader, post)
	return part, err
}

func (s *Service) views(ctx context.Context, reader *identity.Principal, rows []models.TalkSeries) ([]SerialView, error) {
	ids, members := make([]models.ID, len(rows)), []models.ID{}
	for i, series := range rows {
		ids[i] = series.ID
		if !series.MemberID.IsZero() {
			members = append(members, series.MemberID)
		}
	}
	people, err := s.Pool.Members(ctx, reader.AllianceID, members)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Stores(ctx, reader.AllianceID)
	if err != nil {
		return nil, err
	}
	followers, mine, err := s.readers(ctx, reader.MemberID, ids)
	if err != nil {
		return nil, err
	}
	covers, err := s.Feed.PhotosUnder(ctx, ids)
	views := make([]SerialView, 0, len(rows))
	for _, row := range rows {
		v := SerialView{
			ID: row.ID, Title: row.Title, About: row.About, State: row.State, Parts: row.Parts, Followers: followers[row.ID], PartAt: row.PartAt,
			CreatedAt: row.CreatedAt, Follows: mine[row.ID].Follows, ReadTo: mine[row.ID].ReadTo, Mine: tells(reader, row),
		}
		v.Cover = cover(covers[row.ID])
		v.Author, v.Face = people[row.MemberID].Ref().Name, people[row.MemberID].Ref().Face
		for _, store := range stores {
			if store.ID == row.StoreID {
				ref := store.Ref()
				v.Author, v.Face, v.Store = store.PersonaName, store.PersonaFace, &ref
			}
		}
		views = append(views, v)
	}
	return views, err
}

// readers counts who follows each series and finds where a member stands.
func (s *Service) readers(ctx context.Context, member models.ID, series []models.ID) (map[models.ID]int64, map[models.ID]models.SeriesReader, error) {
	followers, mine := map[models.ID]int64{}, map[models.ID]models.SeriesReader{}
	if len(series) == 0 {
		return followers, mine, nil
	}
	var counts []struct {
		SeriesID models.ID
		N        int64
	}
	err := s.DB.Read(ctx).Model(&models.SeriesReader{}).Select("series_id, COUNT(*) AS n").Where("series_id IN ? AND follows = ?", series, true).Group("series_id").Scan(&counts).Error
	if err != nil {
		return nil, nil, err
	}
	for _, c := range counts {
		followers[c.SeriesID] = c.N
	}
	var rows []models.SeriesReader
	err = s.DB.Read(ctx).Where("series_id IN ? AND member_id = ?", series, member).Find(&rows).Error
	for _, r := range rows {
		mine[r.SeriesID] = r
	}
	return followers, mine, err
}

// Follow lets a member hear of every new part, or of none any more; doing it twice is doing it once. Error: not_found.
func (s *Service) Follow(ctx context.Context, by *identity.Principal, id models.ID, on bool) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.reader(tx, by, id); err != nil {
			return err
		}
		return tx.Model(&models.SeriesReader{}).Where("series_id = ? AND member_id = ?", id, by.MemberID).
			Updates(map[string]any{"follows": on, "at": s.Clock.Now()}).Error
	})
}

// ReadTo notes up to which part a member has read; it never goes back. Errors: not_found, part_unknown.
func (s *Service) ReadTo(ctx context.Context, by *identity.Principal, id models.ID, number int64) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		series, err := find(tx, by.AllianceID, id)
		if err != nil {
			return err
		}
		if number < 1 || number > series.Parts {
			return ErrPart.At("/number")
		}
		if err := s.reader(tx, by, id); err != nil {
			return err
		}
		return tx.Model(&models.SeriesReader{}).Where("series_id = ? AND member_id = ? AND read_to < ?", id, by.MemberID, number).
			Updates(map[string]any{"read_to": number, "at": s.Clock.Now()}).Error
	})
}

// reader sees that a member has a row at a series.
func (s *Service) reader(tx *gorm.DB, by *identity.Principal, id models.ID) error {
	if _, err := find(tx, by.AllianceID, id); err != nil {
		return err
	}
	row := models.SeriesReader{SeriesID: id, MemberID: by.MemberID, AllianceID: by.AllianceID, At: s.Clock.Now()}
	return db.OnConflictSkip(tx).Create(&row).Error
}

// readLine is one line of a member's export.
type readLine struct {
	Series  string `json:"series"`
	Follows bool   `json:"follows"`
	ReadTo  int64  `json:"read_to"`
}

// export is what a member follows and has read, and the series that they tell.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	out := struct {
		Reads []readLine `json:"reads"`
		Tells []string   `json:"tells"`
		Wrote []string   `json:"wrote"`
	}{Reads: []readLine{}, Tells: []string{}, Wrote: []string{}}
	err := tx.Table("series_readers AS r").Select("s.title AS series, r.follows, r.read_to").Joins("JOIN talk_series AS s ON s.id = r.series_id").
		Where("r.member_id = ?", m.ID).Order("s.id").Scan(&out.Reads).Error
	if err == nil {
		err = tx.Model(&models.TalkSeries{}).Where("member_id = ?", m.ID).Order("id").Pluck("title", &out.Tells).Error
	}
	if err == nil {
		err = tx.Model(&models.TalkStory{}).Where("member_id = ?", m.ID).Order("id").Pluck("text", &out.Wrote).Error
	}
	return out, err
}

// leave forgets what a member reads, and ends what they tell without a word of theirs left.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	if err := tx.Where("member_id = ?", m.ID).Delete(&models.SeriesReader{}).Error; err != nil {
		return err
	}
	if err := s.uncover(tx, m.ID); err != nil {
		return err
	}
	own := tx.Session(&gorm.Session{NewDB: true}).Model(&models.TalkSeries{}).Select("id").Where("member_id = ?", m.ID)
	if err := tx.Model(&models.TalkPart{}).Where("series_id IN (?)", own).Update("title", "").Error; err != nil {
		return err
	}
	if err := tx.Where("member_id = ?", m.ID).Delete(&models.TalkStory{}).Error; err != nil {
		return err
	}
	return tx.Model(&models.TalkSeries{}).Where("member_id = ?", m.ID).Updates(map[string]any{"title": "", "about": "", "state": models.SeriesEnded}).Error
}

// uncover takes the covers of a member's series away.
func (s *Service) uncover(tx *gorm.DB, member models.ID) error {
	var own []models.ID
	err := tx.Model(&models.TalkSeries{}).Where("member_id = ?", member).Pluck("id", &own).Error
	for _, id := range own {
		if err == nil {
			err = s.Feed.DropPhotos(tx, id)
		}
	}
	return err
}
