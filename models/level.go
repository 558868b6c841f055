package models

import (
	"fmt"
	"slices"
	"time"
)

// Level is how close a member and a store are. Levels are ordered: a closer one is greater. In JSON it is its name.
type Level int8

// The levels.
const (
	LevelNone   Level = iota // nothing bought, or long silent, or a complaint not settled
	LevelMicro               // bought
	LevelWeak                // bought more than three times in 180 days
	LevelStrong              // weak, and takes part: three times in 180 days
	LevelSuper               // weak or strong, and brought a member who bought here
)

// The numbers behind the levels.
const (
	LevelWindow    = 180 * 24 * time.Hour
	weakPurchases  = 4
	strongTookPart = 3
)

var levelNames = [...]string{"none", "micro", "weak", "strong", "super"}

// Levels lists all levels, the most distant first.
func Levels() []Level { return []Level{LevelNone, LevelMicro, LevelWeak, LevelStrong, LevelSuper} }

// String is the level's name in the API: none, micro, weak, strong, super.
func (l Level) String() string { return levelNames[l] }

// MarshalText writes the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the level's name.
func (l *Level) UnmarshalText(text []byte) error {
	i := slices.Index(levelNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("level %q: expected one of %v", text, levelNames)
	}
	*l = Level(i)
	return nil
}

// Badge is what other members see: "strong", "super", or nothing.
func (l Level) Badge() string {
	if l >= LevelStrong {
		return l.String()
	}
	return ""
}

// LevelFacts is all that a level follows from. Times may come in any order.
type LevelFacts struct {
	Bought    []time.Time // purchases, and redemptions with something paid
	TookPart  []time.Time // check-ins, posts and comments at the store's things, talks with its staff
	Brought   []time.Time // for each member they brought: the first purchase in this store
	Seen      []time.Time // any other visit: it breaks the silence and earns nothing
	Complaint bool        // one is not settled
	QuietDays int         // silence of so many days takes one level; 0: silence takes nothing
	Trade     string      // the store's drawing key, for the words: at noodles one eats, at tea one drinks
}

// Bond is a level at one time and what led to it.
type Bond struct {
	Level     Level
	Fell      int       // levels lost by the silence that still lasts
	FallsAt   time.Time // when the next level is lost; zero: nothing to lose
	Last      time.Time // the last thing that broke the silence; zero: there is none
	Bought    int       // in the window that ends now
	TookPart  int       // in the same window
	Brought   int       // ever
	EverBuy   int       // ever bought
	Complaint bool
}

// Bond computes what a member and a store are to each other at one time. What happened later than at does not count. A level is
// earned by what happened in the 180 days before, may be skipped upward, and once earned is lost only by silence: one
// level for each QuietDays of it. So nothing a member does can lower a level; only a complaint that is not settled
// does, at once and for as long as it lasts.
func (f LevelFacts) Bond(at time.Time) Bond {
	var fold levelFold
	for _, m := range f.moments(at) {
		fold.step(m, f.quiet())
	}
	s := Bond{Last: fold.last, Brought: fold.brought, EverBuy: fold.bought.ever, Complaint: f.Complaint}
	s.Bought, s.TookPart = fold.bought.within(at), fold.tookPart.within(at)
	s.Level = fall(fold.level, at.Sub(fold.last), f.quiet())
	s.Fell = int(fold.level - s.Level)
	s.FallsAt = f.fallsAt(s, at)
	if f.Complaint {
		s.Level, s.FallsAt = LevelNone, time.Time{}
	}
	return s
}

func (f LevelFacts) quiet() time.Duration { return time.Duration(f.QuietDays) * 24 * time.Hour }

func (f LevelFacts) fallsAt(s Bond, at time.Time) time.Time {
	if s.Level == LevelNone || f.QuietDays == 0 {
		return time.Time{}
	}
	periods := at.Sub(s.Last)/f.quiet() + 1
	return s.Last.Add(periods * f.quiet())
}

// fall is what silence leaves of a level.
func fall(level Level, silence, quiet time.Duration) Level {
	if quiet <= 0 || level == LevelNone {
		return level
	}
	return level - Level(min(silence/quiet, time.Duration(level)))
}

type momentKind int8

const (
	momentSeen momentKind = iota
	momentBought
	momentTookPart
	momentBrought
)

type moment struct {
	at   time.Time
	kind momentKind
}

func (f LevelFacts) moments(at time.Time) []moment {
	all := make([]moment, 0, len(f.Bought)+len(f.TookPart)+len(f.Brought)+len(f.Seen))
	for kind, times := range [][]time.Time{f.Seen, f.Bought, f.TookPart, f.Brought} {
		for _, t := range times {
			if !t.After(at) {
				all = append(all, moment{t, momentKind(kind)})
			}
		}
	}
	slices.SortFunc(all, func(a, b moment) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return int(a.kind) - int(b.kind)
	})
	return all
}

// levelFold walks through what happened, the oldest first.
type levelFold struct {
	level            Level
	last             time.Time
	bought, tookPart window
	brought          int
}

func (f *levelFold) step(m moment, quiet time.Duration) {
	f.level = fall(f.level, m.at.Sub(f.last), quiet)
	f.last = m.at
	switch m.kind {
	case momentBought:
		f.bought.add(m.at)
	case momentTookPart:
		f.tookPart.add(m.at)
	case momentBrought:
		f.brought++
	}
	f.level = max(f.level, f.earned(m.at))
}

// earned is the level that the last 180 days deserve. A weak relation that silence has not taken counts as weak,
// whenever its purchases were.
func (f *levelFold) earned(at time.Time) Level {
	weak := f.level >= LevelWeak || f.bought.within(at) >= weakPurchases
	switch {
	case weak && f.brought > 0:
		return LevelSuper
	case weak && f.tookPart.within(at) >= strongTookPart:
		return LevelStrong
	case weak:
		return LevelWeak
	case f.bought.ever > 0:
		return LevelMicro
	}
	return LevelNone
}

// window counts what happened in the LevelWindow before a time that only moves forward.
type window struct {
	times []time.Time
	ever  int
}

func (w *window) add(at time.Time) {
	w.times = append(w.times, at)
	w.ever++
}

func (w *window) within(at time.Time) int {
	for len(w.times) > 0 && at.Sub(w.times[0]) >= LevelWindow {
		w.times = w.times[1:]
	}
	return len(w.times)
}
