package screen

import (
	"context"
	"net/http"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/screen", op("screen-wall", "What a TV in a shop's window shows", identity.Anyone), s.getWall)
	web.Get(api, "/stores/{store}/screens", op("store-screens", "The store's screens", identity.Clerk), s.getScreens)
	web.Post(api, "/stores/{store}/screens", op("store-screen-make", "Make a screen", identity.Owner).Once().Making(), s.postScreen)
	web.Put(api, "/stores/{store}/screens/{screen}", op("store-screen-change", "Name a screen, and say what it shows", identity.Owner), s.putScreen)
	web.Do(api, http.MethodDelete, "/stores/{store}/screens/{screen}", op("store-screen-off", "Switch a screen off for good", identity.Owner), s.deleteScreen)
	web.Get(api, "/stores/{store}/screen-picks", op("store-screen-picks", "What the store's screens could show", identity.Clerk), s.getPicks)
	web.Do(api, http.MethodPut, "/stores/{store}/screen-picks/{post}", op("store-screen-pick", "Put a post on the store's screens", identity.Clerk), s.pick(true))
	web.Do(api, http.MethodDelete, "/stores/{store}/screen-picks/{post}", op("store-screen-unpick", "Take a post off the store's screens", identity.Clerk), s.pick(false))
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "screen", Who: who}
}

type wallInput struct {
	Secret string `header:"X-Screen" maxLength:"64" doc:"the screen's secret; it stands behind the # of its address"`
}

func (s *Service) getWall(ctx context.Context, in *wallInput) (*web.Reply[Wall], error) {
	wall, err := s.Show(ctx, in.Secret, web.Locale(ctx))
	return web.OK(wall), err
}

type ofStore struct {
	Store models.ID `path:"store"`
}

// Screens are a store's screens.
type Screens struct {
	Items []ScreenView `json:"items" nullable:"false"`
}

func (s *Service) getScreens(ctx context.Context, in *ofStore) (*web.Reply[Screens], error) {
	items, err := s.Screens(ctx, identity.From(ctx), in.Store)
	return web.OK(Screens{items}), err
}

type settingBody struct {
	Name       string `json:"name" maxLength:"400"`
	PickedOnly bool   `json:"picked_only,omitempty" doc:"shows only what the store said itself or picked"`
}

type screenInput struct {
	Store models.ID `path:"store"`
	Body  settingBody
}

func (s *Service) postScreen(ctx context.Context, in *screenInput) (*web.Reply[ScreenView], error) {
	by := identity.From(ctx)
	sc, err := s.Make(ctx, by, in.Store, Setting(in.Body))
	return web.OK(s.view(by, sc, nil)), err
}

type oneScreen struct {
	Store  models.ID `path:"store"`
	Screen models.ID `path:"screen"`
}

type changeInput struct {
	Store  models.ID `path:"store"`
	Screen models.ID `path:"screen"`
	Body   settingBody
}

func (s *Service) putScreen(ctx context.Context, in *changeInput) (*web.Reply[Screens], error) {
	if err := s.Change(ctx, identity.From(ctx).AllianceID, in.Store, in.Screen, Setting(in.Body)); err != nil {
		return nil, err
	}
	return s.getScreens(ctx, &ofStore{in.Store})
}

func (s *Service) deleteScreen(ctx context.Context, in *oneScreen) (*web.Empty, error) {
	return nil, s.SwitchOff(ctx, identity.From(ctx).AllianceID, in.Store, in.Screen)
}

// Candidates are what a store's screens could show.
type Candidates struct {
	Items []Candidate `json:"items" nullable:"false"`
}

func (s *Service) getPicks(ctx context.Context, in *ofStore) (*web.Reply[Candidates], error) {
	items, err := s.Candidates(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(Candidates{items}), err
}

type pickInput struct {
	Store models.ID `path:"store"`
	Post  models.ID `path:"post"`
}

func (s *Service) pick(on bool) func(context.Context, *pickInput) (*web.Empty, error) {
	return func(ctx context.Context, in *pickInput) (*web.Empty, error) {
		return nil, s.Pick(ctx, identity.From(ctx), in.Store, in.Post, on)
	}
}
