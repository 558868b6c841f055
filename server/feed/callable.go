package feed

import (
	"context"
	"strings"

	"onestreet/models"
	"onestreet/server/identity"
)

// callableShown is how many are offered at once.
const callableShown = 8

// CallableView is somebody who can be called by name in a post.
type CallableView struct {
	ID   models.ID          `json:"id"`
	Kind models.MentionKind `json:"kind" enum:"member,store"`
	Name string             `json:"name"`
	Face string             `json:"face"`
}

// Callable offers whom one can call: the street's stores, and members who have spoken on the street, those who spoke last
// first. Who has never said anything is not listed to anyone.
func (s *Service) Callable(ctx context.Context, reader *identity.Principal, q string) ([]CallableView, error) {
	q = strings.ToLower(strings.TrimSpace(q))
	stores, err := s.Pool.Stores(ctx, reader.AllianceID)
	if err != nil {
		return nil, err
	}
	var found []CallableView
	for _, store := range stores {
		if q == "" || strings.Contains(strings.ToLower(store.Name+" "+store.PersonaName), q) {
			found = append(found, CallableView{ID: store.ID, Kind: models.MentionStore, Name: store.Name, Face: store.PersonaFace})
		}
	}
	members, err := s.callableMembers(ctx, reader, q)
	if q == "" { // who looks without a name looks for a neighbour they just read
		return first(append(members, found...), callableShown), err
	}
	return first(append(found, members...), callableShown), err
}

func (s *Service) callableMembers(ctx context.Context, reader *identity.Principal, q string) ([]CallableView, error) {
	var rows []models.Member
	query := s.DB.Read(ctx).Model(&models.Member{}).Select("members.*").
		Joins("JOIN (SELECT member_id, MAX(id) AS last FROM posts WHERE alliance_id = ? AND feed = 'street' AND member_id IS NOT NULL AND deleted_at IS NULL GROUP BY member_id) AS spoke ON spoke.member_id = members.id", reader.AllianceID).
		Where("members.alliance_id = ? AND members.left_at IS NULL AND members.name <> '' AND members.account_id <> ?", reader.AllianceID, reader.AccountID)
	if q != "" {
		query = query.Where("LOWER(members.name) LIKE ? ESCAPE '!'", likeEscape.Replace(q)+"%")
	}
	err := query.Order("spoke.last DESC").Limit(callableShown).Find(&rows).Error
	var found []CallableView
	for _, m := range rows {
		found = append(found, CallableView{ID: m.ID, Kind: models.MentionMember, Name: m.Name, Face: m.Face})
	}
	return found, err
}

// likeEscape makes a text stand for itself in a LIKE with ESCAPE '!'.
var likeEscape = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

func first[T any](items []T, most int) []T { return items[:min(len(items), most)] }
