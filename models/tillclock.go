package models

import "time"

// ClockSlack is how far a phone's clock may drift between two contacts without anybody thinking that it was set.
const ClockSlack = 2 * time.Minute

// TillMoment is when a till did something, by what the phone knows.
type TillMoment struct {
	Clock   time.Time     // the phone's clock
	Contact time.Time     // the server's time of the last contact, as the phone remembers it; zero: it does not
	Since   time.Duration // how long ago that was by a clock that nobody sets; negative: the app was restarted in between
}

// TillClock is what the server knows of a phone's clock. Offsets are how far the server's clock is ahead.
type TillClock struct {
	Last, Now     time.Duration // the offset at the last contact, and at this one
	After, Before time.Time     // what the moment must lie between: the entry before it, and now
}

// At tells a moment by the server's clock. A clock that is wrong, by five minutes or five days, changes nothing, since
// its offset was measured. One that was set between two contacts is wild: then the steady clock says, or the earlier of
// the two readings. A moment that lies outside what can be is moved to the nearest that can, and is wild too.
func (c TillClock) At(m TillMoment) (at time.Time, wild bool) {
	at = m.Clock.Add(c.Now)
	if wild = (c.Now - c.Last).Abs() > ClockSlack; wild {
		at = c.steady(m)
	}
	if early := c.After.Sub(at); early > 0 {
		at, wild = c.After, wild || early > ClockSlack
	}
	if late := at.Sub(c.Before); late > 0 {
		at, wild = c.Before, wild || late > ClockSlack
	}
	return at, wild
}

func (c TillClock) steady(m TillMoment) time.Time {
	if m.Since >= 0 && !m.Contact.IsZero() {
		return m.Contact.Add(m.Since)
	}
	return m.Clock.Add(min(c.Last, c.Now))
}
