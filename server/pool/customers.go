package pool

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/web"
	"onestreet/server/pool/notebook"
)

// CustomerView is a line of a store's book.
type CustomerView struct {
	ID          models.ID    `json:"id" doc:"the member's, or the line's while invited"`
	Kind        string       `json:"kind" enum:"member,invited"`
	Name        string       `json:"name"`
	PhoneMasked string       `json:"phone_masked" doc:"empty unless the store may see it"`
	Level       models.Level `json:"level" enum:"none,micro,weak,strong,super"`
	Tags        []string     `json:"tags" nullable:"false"`
	Note        string       `json:"note"`
	LastVisitAt *time.Time   `json:"last_visit_at,omitempty"`
	Purchases   int64        `json:"purchases" doc:"by the notebook and since"`
	Spent       models.Money `json:"spent"`
	Origin      bool         `json:"origin" doc:"this store brought the member in"`
	InviteURL   string       `json:"invite_url,omitempty"`
}

// customerRow is a line with what the pool knows of the person.
type customerRow struct {
	models.Customer
	MemberName   string
	OriginID     models.ID
	AccountPhone *string
	Consent      bool
	LinkCode     string
}

type customerMark struct {
	At time.Time `json:"at"`
	ID models.ID `json:"id"`
}

// CustomerQuery asks for a page of a store's book.
type CustomerQuery struct {
	Text   string // part of a name or tag, or digits of a phone that the store may see
	State  string // "member", "invited" or both
	Cursor string
	Limit  int
}

// Customers lists a store's own customers, the ones last heard of first. Error: cursor.
func (s *Service) Customers(ctx context.Context, alliance, store models.ID, q CustomerQuery) (web.Page[CustomerView], error) {
	var mark customerMark
	if err := web.DecodeCursor(q.Cursor, &mark); err != nil {
		return web.Page[CustomerView]{}, err
	}
	var rows []customerRow
	find := q.narrow(s.lines(ctx, alliance, store))
	if !mark.ID.IsZero() {
		find = find.Where("c.updated_at < ? OR (c.updated_at = ? AND c.id < ?)", mark.At, mark.At, mark.ID)
	}
	if err := find.Order("c.updated_at DESC, c.id DESC").Limit(q.Limit + 1).Find(&rows).Error; err != nil {
		return web.Page[CustomerView]{}, err
	}
	next := ""
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		last := rows[len(rows)-1]
		next = web.EncodeCursor(customerMark{At: last.UpdatedAt, ID: last.ID})
	}
	views, err := s.customerViews(ctx, alliance, store, rows)
	return web.NewPage(views, next), err
}

// CustomerOf is a member's line in a store's book. Error: not_found, when the store does not know them.
func (s *Service) CustomerOf(ctx context.Context, alliance, store, member models.ID) (CustomerView, error) {
	row, err := db.Find[customerRow](s.lines(ctx, alliance, store), "c.member_id = ?", member)
	if err != nil {
		return CustomerView{}, err
	}
	views, err := s.customerViews(ctx, alliance, store, []customerRow{row})
	if err != nil {
		return CustomerView{}, err
	}
	return views[0], nil
}

// lines joins a store's book with the members, their accounts and their consent. Who has left is in no book.
func (s *Service) lines(ctx context.Context, alliance, store models.ID) *gorm.DB {
	return s.DB.Read(ctx).Table("customers c").
		Select("c.*, m.name AS member_name, m.origin_store_id AS origin_id, a.phone AS account_phone, p.phone AS consent, l.code AS link_code").
		Joins("LEFT JOIN members m ON m.id = c.member_id").
		Joins("LEFT JOIN accounts a ON a.id = m.account_id").
		Joins("LEFT JOIN member_privacy p ON p.member_id = c.member_id AND p.store_id = c.store_id").
		Joins("LEFT JOIN join_links l ON l.id = c.link_id").
		Where("c.alliance_id = ? AND c.store_id = ?", alliance, store)
}

var likeSigns = strings.NewReplacer(`!`, `!!`, `%`, `!%`, `_`, `!_`)

func (q CustomerQuery) narrow(find *gorm.DB) *gorm.DB {
	switch q.State {
	case "member":
		find = find.Where("c.member_id IS NOT NULL")
	case "invited":
		find = find.Where("c.member_id IS NULL")
	}
	text := strings.TrimSpace(q.Text)
	if text == "" {
		return find
	}
	part := "%" + likeSigns.Replace(text) + "%"
	return find.Where("c.name LIKE ? ESCAPE '!' OR m.name LIKE ? ESCAPE '!' OR c.tags LIKE ? ESCAPE '!' OR c.phone LIKE ? ESCAPE '!'"+
		" OR (p.phone AND a.phone LIKE ? ESCAPE '!')", part, part, part, part, part)
}

func (s *Service) customerViews(ctx context.Context, alliance, store models.ID, rows []customerRow) ([]CustomerView, error) {
	var members []models.ID
	for _, r := range rows {
		if !r.Invited() {
			members = append(members, r.MemberID)
		}
	}
	standing, err := s.standing(ctx, alliance, store, members)
	views := make([]CustomerView, 0, len(rows))
	for _, r := range rows {
		views = append(views, s.customerView(r, standing[r.MemberID]))
	}
	return views, err
}

func (s *Service) customerView(r customerRow, known models.Standing) CustomerView {
	v := CustomerView{
		ID: r.ID, Kind: "invited", Name: firstOf(known.Remark, r.Name, r.MemberName), Level: known.Level, Tags: known.Tags, Note: firstOf(known.Note, r.Note),
		LastVisitAt: known.LastVisitAt, Purchases: int64(r.Purchases) + known.Purchases, Spent: models.Fen(r.Spent + known.Spent), Origin: r.OriginID == r.StoreID,
	}
	if len(v.Tags) == 0 {
		v.Tags = notebook.Unite(r.Tags, nil)
	}
	if r.Invited() {
		v.Origin = false
		v.InviteURL = s.JoinURL(r.LinkCode)
		v.PhoneMasked = masked(r.Phone)
		return v
	}
	v.ID, v.Kind = r.MemberID, "member"
	if r.Consent && (v.Origin || known.Purchases > 0) {
		v.PhoneMasked = masked(r.AccountPhone)
	}
	return v
}

func masked(phone *string) string {
	if phone == nil {
		return ""
	}
	return identity.MaskPhone(*phone)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// Customer is a store's line of a member: what its notebook said. Without a line it is the zero value.
func (s *Service) Customer(ctx context.Context, alliance, store, member models.ID) (models.Customer, error) {
	c, err := db.Find[models.Customer](s.DB.Read(ctx), "alliance_id = ? AND store_id = ? AND member_id = ?", alliance, store, member)
	return c, db.IfNone(err, nil)
}

// Phone is a member's number in E.164, if the store may see it: the origin store and stores that the member bought from,
// with the member's consent. Otherwise it is empty.
func (s *Service) Phone(ctx context.Context, alliance, store, member models.ID) (string, error) {
	row, err := db.Find[customerRow](s.lines(ctx, alliance, store), "c.member_id = ?", member)
	if err != nil || !row.Consent || row.AccountPhone == nil {
		return "", db.IfNone(err, nil)
	}
	if row.OriginID == store {
		return *row.AccountPhone, nil
	}
	held, err := s.holdings(ctx, alliance, member)
	if err != nil || !held[store].Bought {
		return "", err
	}
	return *row.AccountPhone, nil
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// knowVisitors gives stores a line for each member who was seen there, and moves it to the top of their books.
func (s *Service) knowVisitors(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.VisitRecorded]) error {
	var ids, accounts []models.ID
	for _, v := range told {
		ids = append(ids, v.What.MemberID)
	}
	members, err := s.Members(ctx, told[0].AllianceID, ids)
	if err != nil {
		return err
	}
	for _, m := range members {
		accounts = append(accounts, m.AccountID)
	}
	phones, err := s.Identity.PhoneHashes(tx, accounts)
	if err != nil {
		return err
	}
	var lines []models.Customer
	for _, v := range told {
		if m, found := members[v.What.MemberID]; found && !m.Left() {
			lines = append(lines, lineOf(m, v.What.StoreID, phones[m.AccountID], v.What.At))
		}
	}
	return addLines(tx, lines)
}

func lineOf(m models.Member, store models.ID, phoneHash []byte, at time.Time) models.Customer {
	return models.Customer{
		ID: models.NewID(), AllianceID: m.AllianceID, StoreID: store, MemberID: m.ID, PhoneHash: phoneHash, Tags: []string{}, CreatedAt: at, UpdatedAt: at,
	}
}

// heardAgain brings lines to the top of their stores' books, unless they have been heard of later.
var heardAgain = db.Update{Table: "customers", Key: []string{"store_id", "phone_hash"}, Set: []string{"updated_at"}, When: "t.updated_at < v.updated_at"}

// addLines makes stores' lines of members, or notes that they heard of them again.
func addLines(tx *gorm.DB, lines []models.Customer) error {
	if len(lines) == 0 {
		return nil
	}
	made := db.OnConflictSkip(tx).Create(&lines)
	if made.Error != nil || made.RowsAffected == int64(len(lines)) {
		return made.Error
	}
	type place struct {
		store models.ID
		phone string
	}
	latest := map[place]time.Time{}
	for _, line := range lines {
		if p := (place{line.StoreID, string(line.PhoneHash)}); line.UpdatedAt.After(latest[p]) {
			latest[p] = line.UpdatedAt
		}
	}
	var rows []any
	for p, at := range latest {
		rows = append(rows, p.store, []byte(p.phone), at)
	}
	_, err := heardAgain.Exec(tx, rows)
	return err
}
