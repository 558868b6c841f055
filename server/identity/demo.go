package identity

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// DemoPerson is one of the demo street's people. Account and Alliance stay inside.
type DemoPerson struct {
	Key   string           `json:"key"`
	Name  string           `json:"name"`
	Role  string           `json:"role" enum:"shopper,owner,clerk,coordinator"`
	Store *models.StoreRef `json:"store,omitempty"`
	Face  string           `json:"face"`

	Account  models.ID `json:"-"`
	Alliance models.ID `json:"-"`
}

func (s *Service) demoPeople(ctx context.Context, _ *struct{}) (*web.Reply[web.Page[DemoPerson]], error) {
	people, err := s.views.People(ctx)
	return web.OK(web.NewPage(people, "")), err
}

type demoEnterInput struct {
	Body struct {
		Key string `json:"key" maxLength:"60"`
	}
}

// demoEnter logs in as one of the demo's people without a code. The route exists in the demo only.
func (s *Service) demoEnter(ctx context.Context, in *demoEnterInput) (*web.Reply[SessionView], error) {
	people, err := s.views.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if p.Key != in.Body.Key {
			continue
		}
		var tokens Tokens
		err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
			tokens, err = s.OpenSession(tx, p.Account, p.Alliance)
			return err
		})
		if err != nil {
			return nil, err
		}
		return s.SessionReply(ctx, tokens, p.Account, p.Alliance)
	}
	return nil, ErrNoPerson
}
