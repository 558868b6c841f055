package pool

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// openStoreInput is a new store as the coordinator writes it down; its owner adds the face and the hours.
type openStoreInput struct {
	Body struct {
		Slug       string `json:"slug" minLength:"2" maxLength:"40" doc:"in addresses: lower-case letters, digits, dashes"`
		Name       string `json:"name" minLength:"1" maxLength:"20"`
		ShortName  string `json:"short_name" minLength:"1" maxLength:"4"`
		Color      string `json:"color" pattern:"^#[0-9A-Fa-f]{6}$"`
		ColorNight string `json:"color_night" pattern:"^#[0-9A-Fa-f]{6}$"`
		Front      string `json:"front" enum:"shoes,noodles,tea,books,herbs,tailor,bakery,glasses,flowers,tools,kids,fruit,photo" doc:"the drawing of its front"`
		OwnerName  string `json:"owner_name" minLength:"1" maxLength:"20"`
		OwnerPhone string `json:"owner_phone" minLength:"5" maxLength:"30"`
	}
}

// frontWidths are how wide the drawn fronts are, in the drawing's units.
var frontWidths = map[string]int{
	"shoes": 122, "noodles": 100, "tea": 108, "books": 98, "herbs": 96, "tailor": 86, "bakery": 94, "glasses": 84, "flowers": 92,
	"tools": 94, "kids": 90, "fruit": 96, "photo": 96,
}

func (s *Service) postStore(ctx context.Context, in *openStoreInput) (*web.Reply[StorePage], error) {
	b, alliance := in.Body, identity.From(ctx).AllianceID
	store, err := s.OpenStore(ctx, models.Store{
		AllianceID: alliance, Slug: b.Slug, Name: b.Name, ShortName: b.ShortName, Color: b.Color, ColorNight: b.ColorNight,
		Front: b.Front, Width: frontWidths[b.Front], PersonaName: b.OwnerName, PersonaFace: b.Front, Hours: daytime(),
	}, Person{Phone: b.OwnerPhone, Name: b.OwnerName})
	if err != nil {
		return nil, err
	}
	page, err := s.Page(ctx, alliance, store.ID)
	return web.OK(page), err
}

// daytime is when a store is open until its owner says otherwise: every day from nine to nine.
func daytime() []models.Hours {
	hours := make([]models.Hours, 7)
	for day := range hours {
		hours[day] = models.Hours{Weekday: day, Opens: "09:00", Closes: "21:00"}
	}
	return hours
}
