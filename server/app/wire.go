package app

import (
	"time"

	"onestreet/server/identity"
	"onestreet/server/ledger"
)

// Features are the rooms of the house, in the order of their dependencies.
type Features struct {
	Identity *identity.Service
	Ledger   *ledger.Service
}

// wire makes the features, connects them, and adds their routes, event handlers, streams and jobs.
func (a *App) wire(opt Options) error {
	a.Identity = identity.New(a.DB, a.Clock, a.Keys, opt.SMS, a.loginOptions(), a.Log)
	a.Identity.Routes(a.API)
	a.Identity.WellKnown(a.Fiber)
	a.Ledger = ledger.New(a.DB, a.Clock)
	a.Every(24*time.Hour, "forget old idempotency keys", a.API.ForgetOldKeys)
	return nil
}

func (a *App) loginOptions() identity.Options {
	return identity.Options{CodesPerAddress: 120, Demo: a.Config.Demo, SecureCookie: a.secure()}
}

func (a *App) secure() bool {
	return len(a.Config.PublicURL) > 8 && a.Config.PublicURL[:8] == "https://"
}

// drain tells what is open that this node goes away.
func (a *App) drain() {}

// closeFeatures stops what features run of their own.
func (a *App) closeFeatures() {}
