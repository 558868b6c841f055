package pool

import (
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
)

// attribute decides who brought an account in, from where its device has been, the link at hand, the books that its
// phone stands in, and who else joined from the device.
func (s *Service) attribute(tx *gorm.DB, d door, account models.Account, device models.ID) (models.Attribution, error) {
	j := models.Joining{Account: account.ID, At: s.Clock.Now(), WindowDays: d.alliance.AttributionDays}
	for _, gather := range []func(*gorm.DB, door, models.Account, models.ID, *models.Joining) error{books, followed, closedStores, workplaces, housemates} {
		if err := gather(tx, d, account, device, &j); err != nil {
			return models.Attribution{}, err
		}
	}
	return models.Attribute(j), nil
}

// books are the stores that have imported the phone.
func books(tx *gorm.DB, d door, account models.Account, _ models.ID, j *models.Joining) error {
	var rows []models.Customer
	err := tx.Where("alliance_id = ? AND phone_hash = ? AND imported_at IS NOT NULL", d.alliance.ID, account.PhoneHash).Find(&rows).Error
	for _, c := range rows {
		j.Touches = append(j.Touches, models.Touch{Kind: models.TouchImport, Store: c.StoreID, At: *c.ImportedAt})
	}
	return err
}

// followed are the links that the device has been seen at, and the one at hand.
func followed(tx *gorm.DB, d door, _ models.Account, device models.ID, j *models.Joining) error {
	var seen []models.LinkTouch
	if !device.IsZero() {
		if err := tx.Where("device_id = ? AND alliance_id = ?", device, d.alliance.ID).Order("at, id").Find(&seen).Error; err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(seen, func(t models.LinkTouch) bool { return t.LinkID == d.link.ID }) {
		seen = append(seen, models.LinkTouch{LinkID: d.link.ID, At: j.At})
	}
	sources, err := sourcesOf(tx, seen)
	if err != nil {
		return err
	}
	for _, t := range seen {
		if touch, counts := sources[t.LinkID].touch(j.Touches); counts {
			touch.At = t.At
			j.Touches = append(j.Touches, touch)
		}
	}
	return nil
}

// source is a link with whose it is.
type source struct {
	models.JoinLink
	InviterAccount models.ID
	InviterLeft    bool
}

func sourcesOf(tx *gorm.DB, seen []models.LinkTouch) (map[models.ID]source, error) {
	ids := make([]models.ID, 0, len(seen))
	for _, t := range seen {
		ids = append(ids, t.LinkID)
	}
	var rows []source
	err := tx.Table("join_links").Where("join_links.id IN ?", ids).
		Select("join_links.*, m.account_id AS inviter_account, m.left_at IS NOT NULL AS inviter_left").
		Joins("LEFT JOIN members m ON m.id = join_links.member_id").Find(&rows).Error
	found := make(map[models.ID]source, len(rows))
	for _, r := range rows {
		found[r.ID] = r
	}
	return found, err
}

// touch is what following the link claims. An invitation followed by the one it was meant for stands in the books
// already; for anyone else it is a link that the store gave out, like a poster. Who has left invites nobody any more.
func (l source) touch(books []models.Touch) (models.Touch, bool) {
	t := models.Touch{Kind: l.Kind, Store: l.StoreID, Link: l.ID, Inviter: l.MemberID, Owner: l.AccountID}
	if l.Kind == models.TouchImport {
		t.Kind = models.TouchPoster
		return t, !slices.ContainsFunc(books, func(b models.Touch) bool { return b.Kind == models.TouchImport && b.Store == l.StoreID })
	}
	if !l.MemberID.IsZero() {
		t.Owner = l.InviterAccount
	}
	if l.InviterLeft {
		t.Inviter = models.ID{}
	}
	return t, true
}

func closedStores(tx *gorm.DB, d door, _ models.Account, _ models.ID, j *models.Joining) error {
	var ids []models.ID
	err := tx.Model(&models.Store{}).Where("alliance_id = ? AND status <> ?", d.alliance.ID, models.StoreActive).Pluck("id", &ids).Error
	j.Closed = setOf(ids)
	return err
}

func workplaces(tx *gorm.DB, d door, account models.Account, _ models.ID, j *models.Joining) error {
	var ids []models.ID
	err := tx.Model(&models.Grant{}).Where("alliance_id = ? AND account_id = ? AND store_id IS NOT NULL", d.alliance.ID, account.ID).Pluck("store_id", &ids).Error
	j.StaffOf = setOf(ids)
	return err
}

// housemates are those who joined from the same device.
func housemates(tx *gorm.DB, d door, _ models.Account, device models.ID, j *models.Joining) error {
	if device.IsZero() {
		return nil
	}
	var rows []models.Member
	err := tx.Select("id", "inviter_id").Where("device_id = ? AND alliance_id = ?", device, d.alliance.ID).Find(&rows).Error
	for _, m := range rows {
		j.Device = append(j.Device, models.DeviceJoin{Member: m.ID, Inviter: m.InviterID})
	}
	return err
}

func setOf(ids []models.ID) map[models.ID]bool {
	set := make(map[models.ID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
