package models

// StoreRef is a store as others name it: enough to draw its shopfront and sign.
type StoreRef struct {
	ID         ID     `json:"id"`
	Slug       string `json:"slug"`
	Name       string `json:"name"`
	ShortName  string `json:"short_name" doc:"at most two or three characters, for signs and small squares"`
	Color      string `json:"color" doc:"#RRGGBB by day; holds 4.5:1 under the sign's cream"`
	ColorNight string `json:"color_night" doc:"#RRGGBB at night"`
	Front      string `json:"front" doc:"key of the drawing"`
}

// PersonRef is a person as the street sees them: never a phone.
type PersonRef struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Face  string `json:"face" doc:"key of a drawn portrait, or the address of a photo"`
	Badge string `json:"badge" enum:",strong,super,staff,coordinator"`
}
