package models

// EventHostAsked is the kind of HostAskedFor.
const EventHostAsked = "event.host_asked"

// HostAskedFor tells that a store is asked to host an event with the one that made it.
type HostAskedFor struct {
	EventID ID `json:"event_id"`
	StoreID ID `json:"store_id"`
}

// EventEventThanked is the kind of EventThanked.
const EventEventThanked = "event.thanked"

// EventThanked tells that the host thanks all who came to an occurrence; GiftID is the campaign whose coupon goes with it, and
// CauseID what it is given for.
type EventThanked struct {
	OccurrenceID ID `json:"occurrence_id"`
	StoreID      ID `json:"store_id"`
	GiftID       ID `json:"gift_id,omitzero"`
	CauseID      ID `json:"cause_id,omitzero"`
	ByID         ID `json:"by_id,omitzero"`
}
