package identity

import (
	"context"

	"onestreet/models"
)

// standingsAtOnce bounds how many sessions one query looks at.
const standingsAtOnce = 512

// standing is what a live session stands for right now: whose it is, and that account's grants in its street. It is read
// at every request, so that logging out or losing a role works at once; requests that come together share a query.
type standing struct {
	account, alliance models.ID
	grants            []models.Grant
}

// standings reads live sessions with their grants; one that has ended is not there.
func (s *Service) standings(ctx context.Context, sessions []models.ID) (map[models.ID]standing, error) {
	rows, err := s.db.Read(ctx).Raw("SELECT s.id, s.account_id, s.alliance_id, g.role, g.store_id, g.member_id FROM sessions s"+
		" LEFT JOIN grants g ON g.alliance_id = s.alliance_id AND g.account_id = s.account_id WHERE s.id IN ? AND s.ended_at IS NULL", sessions).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := make(map[models.ID]standing, len(sessions))
	for rows.Next() {
		var session models.ID
		var of standing
		var g models.Grant
		var role *models.Role // nobody's who has no grant
		if err := rows.Scan(&session, &of.account, &of.alliance, &role, &g.StoreID, &g.MemberID); err != nil {
			return nil, err
		}
		if earlier, more := found[session]; more {
			of = earlier
		}
		if role != nil {
			g.Role = *role
			of.grants = append(of.grants, g)
		}
		found[session] = of
	}
	return found, rows.Err()
}

// take puts grants into what a principal may do. Most are members and nothing else.
func (p *Principal) take(grants []models.Grant) {
	for _, g := range grants {
		switch g.Role {
		case models.RoleMember:
			p.MemberID = g.MemberID
		case models.RoleCoordinator:
			p.Coordinator = true
		default:
			if p.Staff == nil {
				p.Staff = map[models.ID]models.Role{}
			}
			p.Staff[g.StoreID] = g.Role
		}
	}
}

// readGrants is what a principal may do whose session was opened a moment ago.
func (s *Service) readGrants(ctx context.Context, p *Principal) error {
	var grants []models.Grant
	if err := s.db.Read(ctx).Where("alliance_id = ? AND account_id = ?", p.AllianceID, p.AccountID).Find(&grants).Error; err != nil {
		return err
	}
	p.take(grants)
	return nil
}
