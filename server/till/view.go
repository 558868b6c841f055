package till

import (
	"context"
	"encoding/base64"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
)

// TillView is a till as its store sees it.
type TillView struct {
	ID           models.ID  `json:"id"`
	Name         string     `json:"name"`
	RegisteredBy string     `json:"registered_by"`
	RegisteredAt time.Time  `json:"registered_at"`
	SeenAt       time.Time  `json:"seen_at" doc:"when it last spoke with us"`
	ClockAheadMS int64      `json:"clock_ahead_ms" doc:"how far the phone's clock was ahead of ours then, in milliseconds; negative: behind"`
	LastSeq      int64      `json:"last_seq" doc:"how many lines of its log have arrived"`
	Open         int64      `json:"open" doc:"redemptions that are set aside for it"`
	Until        *time.Time `json:"until,omitempty"`
	RevokedAt    *time.Time `json:"revoked_at,omitempty"`
	RevokedBy    string     `json:"revoked_by,omitempty"`
}

// AllotmentView is what a till carries of a campaign.
type AllotmentView struct {
	coupon.TillTerms
	Allotted int64     `json:"allotted"`
	Used     int64     `json:"used"`
	Open     int64     `json:"open" doc:"what it may still redeem without a network, before what it has not told yet"`
	Wanted   *int64    `json:"wanted,omitempty" doc:"what the manager asked for; absent: the house rule"`
	Until    time.Time `json:"until"`
}

func (c Carried) view() AllotmentView {
	v := AllotmentView{TillTerms: c.TillTerms, Allotted: c.Allotted, Used: c.Used, Open: c.Open(), Until: c.Until}
	if c.Wanted != HouseRule {
		v.Wanted = &c.Wanted
	}
	return v
}

// TillPack is all that a till needs to work without a network.
type TillPack struct {
	Till       TillView        `json:"till"`
	ServerTime time.Time       `json:"server_time"`
	TimeZone   string          `json:"time_zone"`
	CouponKey  string          `json:"coupon_key" doc:"the street's Ed25519 public key for coupons, 32 bytes in base64"`
	Allotments []AllotmentView `json:"allotments" nullable:"false"`
}

func (s *Service) pack(ctx context.Context, t models.Till, carried []Carried) (TillPack, error) {
	key, err := s.Coupon.TokenKey(t.AllianceID)
	if err != nil {
		return TillPack{}, err
	}
	street, err := s.Pool.Alliance(ctx, t.AllianceID)
	if err != nil {
		return TillPack{}, err
	}
	views, err := s.views(ctx, []models.Till{t})
	if err != nil {
		return TillPack{}, err
	}
	p := TillPack{Till: views[0], ServerTime: s.Clock.Now(), TimeZone: street.Location().String(), CouponKey: base64.StdEncoding.EncodeToString(key), Allotments: []AllotmentView{}}
	for _, c := range carried {
		p.Allotments = append(p.Allotments, c.view())
	}
	return p, nil
}

// Tills lists a store's tills: those in use first, the newest first.
func (s *Service) Tills(ctx context.Context, alliance, store models.ID) ([]TillView, error) {
	var rows []models.Till
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ?", alliance, store).
		Order("CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, id DESC").Limit(100).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return s.views(ctx, rows)
}

func (s *Service) views(ctx context.Context, rows []models.Till) ([]TillView, error) {
	r := s.DB.Read(ctx)
	var ids, accounts []models.ID
	for _, t := range rows {
		ids, accounts = append(ids, t.ID), append(accounts, t.RegisteredBy, t.RevokedBy)
	}
	names, err := s.Identity.Names(r, accounts)
	if err != nil {
		return nil, err
	}
	open, err := openOf(r, ids)
	if err != nil {
		return nil, err
	}
	views := make([]TillView, len(rows))
	for i, t := range rows {
		views[i] = TillView{
			ID: t.ID, Name: t.Name, RegisteredBy: names[t.RegisteredBy], RegisteredAt: t.RegisteredAt, SeenAt: t.SeenAt, ClockAheadMS: -t.ClockOffset,
			LastSeq: t.LastSeq, Open: open[t.ID].Open, RevokedAt: t.RevokedAt, RevokedBy: names[t.RevokedBy],
		}
		if until := open[t.ID].Until; views[i].Open > 0 {
			views[i].Until = &until
		}
	}
	return views, nil
}

type held struct {
	TillID models.ID
	Open   int64
	Until  time.Time
}

// openOf sums what tills hold.
func openOf(r *gorm.DB, tills []models.ID) (map[models.ID]held, error) {
	var rows []models.TillAllotment
	err := r.Where("till_id IN ? AND used < allotted", tills).Find(&rows).Error
	sums := map[models.ID]held{}
	for _, a := range rows {
		h := sums[a.TillID]
		h.Open += a.Open()
		if a.Until.After(h.Until) {
			h.Until = a.Until
		}
		sums[a.TillID] = h
	}
	return sums, err
}

// TillEntryView is a line of a till's log, and what became of it.
type TillEntryView struct {
	Till         TillRef            `json:"till"`
	Seq          int64              `json:"seq"`
	At           time.Time          `json:"at" doc:"when it was, by the server's clock"`
	Clock        time.Time          `json:"clock" doc:"what the phone's clock said"`
	Wild         bool               `json:"wild" doc:"the phone's clock was set in between: the time is our best guess"`
	ReceivedAt   time.Time          `json:"received_at"`
	By           string             `json:"by"`
	Title        string             `json:"title,omitempty" doc:"of the campaign; absent for a code that this street did not make"`
	CouponID     models.ID          `json:"coupon_id,omitzero"`
	Bill         models.Money       `json:"bill"`
	Off          models.Money       `json:"off" doc:"what the till took off"`
	BookedOff    *models.Money      `json:"booked_off,omitempty" doc:"what the signed terms took off, where that is another sum"`
	Outcome      models.TillOutcome `json:"outcome" enum:"booked,conflict,refused"`
	Code         string             `json:"code,omitempty" doc:"why it is not in the books"`
	Why          string             `json:"why,omitempty"`
	Loss         models.Money       `json:"loss" doc:"what the store bears alone; zero for what is booked"`
	RedemptionID models.ID          `json:"redemption_id,omitzero" doc:"booked: the receipt; absent else"`
}

// TillRef names a till.
type TillRef struct {
	ID   models.ID `json:"id"`
	Name string    `json:"name"`
}

func (s *Service) entryViews(ctx context.Context, rows []models.TillEntry) ([]TillEntryView, error) {
	r := s.DB.Read(ctx)
	var tills, accounts, campaigns []models.ID
	for _, e := range rows {
		tills, accounts, campaigns = append(tills, e.TillID), append(accounts, e.ByAccount), append(campaigns, e.CampaignID)
	}
	names, err := s.Identity.Names(r, accounts)
	if err != nil {
		return nil, err
	}
	called, err := namesOf[models.Till](r, "name", tills)
	if err != nil {
		return nil, err
	}
	titles, err := namesOf[models.Campaign](r, "title", campaigns)
	if err != nil {
		return nil, err
	}
	views := make([]TillEntryView, len(rows))
	for i, e := range rows {
		views[i] = TillEntryView{
			Till: TillRef{e.TillID, called[e.TillID]}, Seq: e.Seq, At: e.At, Clock: e.Clock, Wild: e.Wild, ReceivedAt: e.ReceivedAt, By: names[e.ByAccount],
			Title: titles[e.CampaignID], CouponID: e.CouponID, Bill: models.Fen(e.Bill), Off: models.Fen(e.Off), Outcome: e.Outcome,
			Code: e.Code, Why: e.Why().In(web.Locale(ctx)), Loss: models.Fen(e.Loss()),
		}
		if e.Differs() {
			booked := models.Fen(e.BookedOff)
			views[i].BookedOff = &booked
		}
		if e.Outcome == models.TillBooked {
			views[i].RedemptionID = e.RedemptionID
		}
	}
	return views, nil
}

// namesOf reads one text column of some rows by their ids.
func namesOf[T any](r *gorm.DB, column string, ids []models.ID) (map[models.ID]string, error) {
	var rows []struct {
		ID   models.ID
		Text string
	}
	var table T
	err := r.Model(&table).Select("id, "+column+" AS text").Where("id IN ?", ids).Scan(&rows).Error
	names := make(map[models.ID]string, len(rows))
	for _, row := range rows {
		names[row.ID] = row.Text
	}
	return names, err
}

// entryPlace is the last line of a page.
type entryPlace struct {
	At   time.Time `json:"t"`
	Till models.ID `json:"i"`
	Seq  int64     `json:"s"`
}

// Log lists what a store's tills did without a network, the last that arrived first. unbooked leaves out what is in the
// books. Error: cursor.
func (s *Service) Log(ctx context.Context, by Staff, unbooked bool, cursor string, limit int) (web.Page[TillEntryView], error) {
	var none web.Page[TillEntryView]
	var after entryPlace
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return none, err
	}
	query := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ?", by.Alliance, by.Store)
	if unbooked {
		query = query.Where("outcome <> ?", models.TillBooked)
	}
	if !after.Till.IsZero() {
		query = query.Where("received_at < ? OR received_at = ? AND (till_id < ? OR till_id = ? AND seq < ?)", after.At, after.At, after.Till, after.Till, after.Seq)
	}
	var rows []models.TillEntry
	if err := query.Order("received_at DESC, till_id DESC, seq DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return none, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = web.EncodeCursor(entryPlace{last.ReceivedAt, last.TillID, last.Seq})
	}
	views, err := s.entryViews(ctx, rows)
	return web.NewPage(views, next), err
}
