package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// NightlyAudit is the name of the job that works every street's books out again.
const NightlyAudit = "the night's audit"

// job is work that the clock begins. The work is idempotent and safe on every node; only the rhythm is here.
type job struct {
	name  string
	every time.Duration
	run   func(ctx context.Context) error
}

// Every registers a job of a feature.
func (a *App) Every(d time.Duration, name string, run func(ctx context.Context) error) {
	a.jobs = append(a.jobs, job{name: name, every: d, run: run})
}

// RunJobs runs every job once but those named, in order: what a night does, for tests and the seed loader.
func (a *App) RunJobs(ctx context.Context, but ...string) error {
	for _, j := range a.jobs {
		if slices.Contains(but, j.name) {
			continue
		}
		if err := j.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// background dispatches events and runs jobs until ctx ends; the channel closes when all have stopped.
func (a *App) background(ctx context.Context) <-chan struct{} {
	var all sync.WaitGroup
	all.Go(func() { a.Outbox.Run(ctx) })
	all.Go(func() { a.schedule(ctx) })
	all.Go(func() { a.Hub.Run(ctx) })
	all.Go(func() { a.Pool.Work(ctx) })
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	return done
}

func (a *App) schedule(ctx context.Context) {
	s, err := gocron.NewScheduler()
	if err != nil {
		a.Log.Error("scheduler", "error", err)
		return
	}
	for _, j := range a.jobs {
		task := gocron.NewTask(func() { a.runJob(ctx, j) })
		if _, err := s.NewJob(gocron.DurationJob(j.every), task, gocron.WithSingletonMode(gocron.LimitModeReschedule)); err != nil {
			a.Log.Error("job not scheduled", "job", j.name, "error", err)
		}
	}
	s.Start()
	<-ctx.Done()
	if err := s.Shutdown(); err != nil {
		a.Log.Error("scheduler", "error", err)
	}
}

func (a *App) runJob(ctx context.Context, j job) {
	if err := j.run(ctx); err != nil && ctx.Err() == nil {
		a.Log.Error("job failed; it runs again", "job", j.name, "error", err)
	}
}
