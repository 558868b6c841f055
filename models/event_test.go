package models

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var eventNow = time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)

func tasting() EventPlan {
	return EventPlan{Title: "认一认秋天的茶", Place: "二楼", Capacity: 20,
		StartsAt: eventNow.Add(72 * time.Hour), EndsAt: eventNow.Add(74 * time.Hour)}
}

func TestATastingOnSundayCanBePlanned(t *testing.T) {
	assert.NoError(t, tasting().Check(eventNow))
}

func TestEveryWrongFieldOfAPlanIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*EventPlan)
		want   []string
	}{
		"no title":            {func(p *EventPlan) { p.Title = "" }, []string{"/title"}},
		"title of 41":         {func(p *EventPlan) { p.Title = strings.Repeat("茶", 41) }, []string{"/title"}},
		"title of 40":         {func(p *EventPlan) { p.Title = strings.Repeat("茶", 40) }, nil},
		"story too long":      {func(p *EventPlan) { p.Story = strings.Repeat("茶", 2001) }, []string{"/story"}},
		"no place":            {func(p *EventPlan) { p.Place = "" }, []string{"/place"}},
		"place too long":      {func(p *EventPlan) { p.Place = strings.Repeat("茶", 61) }, []string{"/place"}},
		"no places":           {func(p *EventPlan) { p.Capacity = 0 }, []string{"/capacity"}},
		"negative places":     {func(p *EventPlan) { p.Capacity = -5 }, []string{"/capacity"}},
		"too many places":     {func(p *EventPlan) { p.Capacity = 10_001 }, []string{"/capacity"}},
		"in the past":         {func(p *EventPlan) { p.StartsAt = eventNow }, []string{"/starts_at"}},
		"far ahead":           {func(p *EventPlan) { p.StartsAt = eventNow.AddDate(3, 0, 0); p.EndsAt = p.StartsAt.Add(time.Hour) }, []string{"/starts_at"}},
		"end before start":    {func(p *EventPlan) { p.EndsAt = p.StartsAt.Add(-time.Minute) }, []string{"/ends_at"}},
		"end at start":        {func(p *EventPlan) { p.EndsAt = p.StartsAt }, []string{"/ends_at"}},
		"lasts eight days":    {func(p *EventPlan) { p.EndsAt = p.StartsAt.Add(8 * 24 * time.Hour) }, []string{"/ends_at"}},
		"several things":      {func(p *EventPlan) { p.Title, p.Capacity = "", 0 }, []string{"/title", "/capacity"}},
		"blanks are no title": {func(p *EventPlan) { p.Title = " \n " }, []string{"/title"}},
	} {
		plan := tasting()
		c.change(&plan)
		err := plan.Trimmed().Check(eventNow)
		if c.want == nil {
			assert.NoError(t, err, name)
			continue
		}
		var wrong *Error
		require.ErrorAs(t, err, &wrong, name)
		var pointers []string
		for _, f := range wrong.Fields {
			pointers = append(pointers, f.Pointer)
			assert.NotEmpty(t, f.Text.ZH)
			assert.NotEmpty(t, f.Text.EN)
		}
		assert.Equal(t, c.want, pointers, name)
	}
}

func TestWhenAnOccurrenceTakesWhom(t *testing.T) {
	start := eventNow
	o := Occurrence{StartsAt: start, EndsAt: start.Add(2 * time.Hour)}
	for _, c := range []struct {
		at                      time.Duration
		started, over, checksIn bool
	}{
		{-time.Second, false, false, true},
		{0, true, false, true},
		{2*time.Hour - 1, true, false, true},
		{2 * time.Hour, true, true, true},
		{26*time.Hour - 1, true, true, true},
		{26 * time.Hour, true, true, false},
	} {
		now := start.Add(c.at)
		assert.Equal(t, c.started, o.Started(now), "%v started", c.at)
		assert.Equal(t, c.over, o.Over(now), "%v over", c.at)
		assert.Equal(t, c.checksIn, o.TakesCheckIns(now), "%v check-in", c.at)
	}
}
