package app

import (
	"context"
	"net/url"
	"time"

	"onestreet/models"
	"onestreet/server/books"
	"onestreet/server/calendar"
	"onestreet/server/chat"
	"onestreet/server/conduct"
	"onestreet/server/coupon"
	"onestreet/server/feed"
	"onestreet/server/handout"
	"onestreet/server/helper"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/notify"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/realtime"
	"onestreet/server/pool"
	"onestreet/server/press"
	"onestreet/server/referral"
	"onestreet/server/relation"
	"onestreet/server/screen"
	"onestreet/server/settlement"
	"onestreet/server/till"
	"onestreet/server/traffic"
)

// Features are the rooms of the house, in the order of their dependencies.
type Features struct {
	Identity   *identity.Service
	Ledger     *ledger.Service
	Streams    *realtime.Streams
	Pool       *pool.Service
	Relation   *relation.Service
	Referral   *referral.Service
	Coupon     *coupon.Service
	Handout    *handout.Service
	Till       *till.Service
	Calendar   *calendar.Service
	Conduct    *conduct.Service
	Feed       *feed.Service
	Press      *press.Service
	Screen     *screen.Service
	Chat       *chat.Service
	Helper     *helper.Service
	Notify     *notify.Service
	Traffic    *traffic.Service
	Settlement *settlement.Service
	Books      *books.Service
	Hub        *realtime.Hub
}

// wire makes the features, connects them, and adds their routes, event handlers, streams and jobs.
func (a *App) wire(opt Options) error {
	a.Identity = identity.New(a.DB, a.Clock, a.Keys, opt.SMS, a.loginOptions(), a.Log)
	a.Identity.Routes(a.API)
	a.Identity.WellKnown(a.Fiber)
	a.wireLedger()
	broker, err := a.broker()
	if err != nil {
		return err
	}
	a.Streams = realtime.NewStreams(a.DB, a.Clock, broker)
	a.wirePool()
	a.wireRelation()
	a.wireReferral()
	a.wireCoupon()
	a.wireHandout()
	a.wireTill()
	a.wireCalendar()
	a.wireConduct()
	a.wireFeed()
	a.wirePress()
	a.wireScreen()
	a.wireChat()
	a.wireHelper()
	a.wireNotify()
	a.wireTraffic()
	a.wireSettlement()
	a.wireBooks()
	a.wireSockets(broker)
	a.Every(24*time.Hour, "forget old idempotency keys", a.API.ForgetOldKeys)
	return nil
}

func (a *App) wireLedger() {
	a.Ledger = ledger.New(a.DB, a.Clock)
	a.Ledger.SealWith(a.Keys)
	a.Ledger.Routes(a.API)
	a.Every(time.Minute, "seal ledgers in the evening", func(ctx context.Context) error {
		_, err := a.Ledger.SealDue(ctx)
		return err
	})
}

func (a *App) wirePool() {
	a.Pool = pool.New(pool.Deps{
		DB: a.DB, Clock: a.Clock, Keys: a.Keys, Identity: a.Identity, Ledger: a.Ledger, Outbox: a.Outbox, Log: a.Log,
		Signal:    a.signal,
		PublicURL: a.Config.PublicURL, SecureCookie: a.secure(),
	})
	a.Identity.Use(a.Pool.StreetBySlug, identity.Views{Street: a.Pool.StreetView, Member: a.Pool.MemberView, Stores: a.Pool.Refs, People: a.DemoPeople, Renamed: a.Pool.Renamed})
	a.Pool.Routes(a.API)
	a.Every(24*time.Hour, "forget old touches", a.Pool.ForgetTouches)
}

func (a *App) wireReferral() {
	a.Referral = referral.New(referral.Deps{DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Ledger: a.Ledger, Pool: a.Pool})
	a.Referral.Routes(a.API)
	a.Relation.OnQuote(func(ctx context.Context, alliance, store, member models.ID, amount int64) (relation.Commission, error) {
		c, err := a.Referral.Quote(ctx, alliance, store, member, amount)
		return relation.Commission{Store: c.Store, Amount: c.Amount}, err
	})
	a.Every(time.Minute, "settle credits whose time is over", func(ctx context.Context) error {
		_, err := a.Referral.Vest(ctx)
		return err
	})
}

func (a *App) wireCoupon() {
	a.Coupon = coupon.New(coupon.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Streams: a.Streams, Identity: a.Identity, Ledger: a.Ledger,
		Pool: a.Pool, Relation: a.Relation, Referral: a.Referral, Keys: a.Keys,
	})
	a.Coupon.Routes(a.API)
	a.Relation.OnPresence(a.Coupon.IsPresent)
	a.Every(5*time.Second, "campaigns begin and end", a.Coupon.Advance)
}

func (a *App) wireHandout() {
	a.Handout = handout.New(handout.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Identity: a.Identity, Ledger: a.Ledger, Pool: a.Pool, Relation: a.Relation,
		Coupon: a.Coupon, Signal: a.signal,
	})
	a.Handout.Routes(a.API)
	a.Coupon.OnPaper(coupon.PaperCodes{Of: a.Handout.IsPaper, Among: a.Handout.ArePaper})
	a.Every(5*time.Second, "coupons are sent to those they were chosen for", a.Handout.SendDue)
}

func (a *App) wireTill() {
	a.Till = till.New(till.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Identity: a.Identity, Ledger: a.Ledger, Pool: a.Pool, Coupon: a.Coupon, Signal: a.signal,
	})
	a.Till.Routes(a.API)
	a.Every(time.Minute, "what silent tills hold goes back", a.Till.ReturnOverdue)
}

func (a *App) wireRelation() {
	a.Relation = relation.New(relation.Deps{DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Ledger: a.Ledger, Pool: a.Pool, Signal: a.signal})
	a.Relation.Routes(a.API)
	a.Every(24*time.Hour, "levels fall with silence", func(ctx context.Context) error {
		_, err := a.Relation.Review(ctx)
		return err
	})
}

func (a *App) wireCalendar() {
	a.Calendar = calendar.New(calendar.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Keys: a.Keys, Pool: a.Pool, Relation: a.Relation, Ledger: a.Ledger,
		Signal: a.signal, PublicURL: a.Config.PublicURL, Pictures: blob.NewDisk(a.Uploads()),
	})
	a.Calendar.Routes(a.API)
	a.Every(time.Hour, "dates of repeating events are made ahead", a.Calendar.MakeAhead)
	a.Every(5*time.Second, "places are offered on to those who wait", a.Calendar.PassOffersOn)
	a.Every(time.Hour, "who stayed away is noted", a.Calendar.NoteMissed)
	a.Every(time.Hour, "calendars that were looked at and not brought in are forgotten", a.Calendar.ForgetLooks)
}

func (a *App) wireConduct() {
	a.Conduct = conduct.New(conduct.Deps{DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Ledger: a.Ledger, Pool: a.Pool, Host: hostOf(a.Config.PublicURL)})
	a.Conduct.Routes(a.API)
	a.Every(time.Minute, "who was muted may speak again", a.Conduct.EndMutes)
}

// hostOf is the name under which the platform runs; its links are the street's own.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (a *App) wireFeed() {
	a.Feed = feed.New(feed.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Streams: a.Streams, Pool: a.Pool, Relation: a.Relation, Coupon: a.Coupon,
		Calendar: a.Calendar, Pictures: blob.NewDisk(a.Uploads()), Conduct: a.Conduct,
		Revoke: func(account models.ID) { a.Hub.Revoke(account) },
	})
	a.Feed.Routes(a.API)
	a.Every(24*time.Hour, "remove pictures that were never posted", a.Feed.ForgetUploads)
	a.Every(time.Minute, "what was said before there was a search is found too", a.Feed.Index)
}

func (a *App) wirePress() {
	a.Press = press.New(press.Deps{DB: a.DB, Clock: a.Clock, Ledger: a.Ledger, Pool: a.Pool, Feed: a.Feed})
	a.Press.Routes(a.API)
	a.Every(5*time.Second, "what is due in the content plans is published", a.Press.PublishDue)
}

func (a *App) wireScreen() {
	a.Screen = screen.New(screen.Deps{
		DB: a.DB, Clock: a.Clock, Keys: a.Keys, Outbox: a.Outbox, Streams: a.Streams, Pool: a.Pool, Coupon: a.Coupon, Calendar: a.Calendar,
		Conduct: a.Conduct, Feed: a.Feed, PublicURL: a.Config.PublicURL, Revoke: func(screen models.ID) { a.Hub.Revoke(screen) },
	})
	a.Screen.Routes(a.API)
}

func (a *App) wireChat() {
	a.Chat = chat.New(chat.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Streams: a.Streams, Identity: a.Identity, Ledger: a.Ledger, Pool: a.Pool,
		Coupon: a.Coupon, Pictures: blob.NewDisk(a.Uploads()), Recheck: func(account models.ID) { a.Hub.Revoke(account) },
	})
	a.Chat.Routes(a.API)
	a.Every(time.Minute, "desks hear of messages that nobody has read", a.Chat.TellDesks)
	a.Every(24*time.Hour, "remove pictures that were never sent", a.Chat.ForgetUploads)
}

func (a *App) wireHelper() {
	a.Helper = helper.New(helper.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Identity: a.Identity, Pool: a.Pool, Coupon: a.Coupon, Calendar: a.Calendar, Feed: a.Feed, Signal: a.signal,
	})
	a.Helper.Routes(a.API)
}

func (a *App) wireNotify() {
	a.Notify = notify.New(notify.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Streams: a.Streams, Identity: a.Identity, Pool: a.Pool,
	})
	a.Notify.Routes(a.API)
	a.Every(time.Hour, "remind of coupons that end soon", a.Notify.RemindOfCoupons)
	a.Every(time.Minute, "remind of events", a.Notify.RemindOfEvents)
	a.Every(time.Minute, "tell of new parts of series", a.Notify.TellOfParts)
	a.Every(10*time.Minute, "write on the eve of market day", a.Notify.RemindOfMarket)
}

func (a *App) wireTraffic() {
	a.Traffic = traffic.New(traffic.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Ledger: a.Ledger, Pool: a.Pool, Relation: a.Relation, Referral: a.Referral,
		Notify: a.Notify, Signal: a.signal,
	})
	a.Traffic.Routes(a.API)
	a.Every(24*time.Hour, "the last figures are computed anew", a.Traffic.Renew)
}

func (a *App) wireSettlement() {
	a.Settlement = settlement.New(settlement.Deps{
		DB: a.DB, Clock: a.Clock, Outbox: a.Outbox, Identity: a.Identity, Ledger: a.Ledger, Pool: a.Pool, Referral: a.Referral,
	})
	a.Settlement.Routes(a.API)
	a.Every(time.Minute, "close the months that are due", a.Settlement.CloseDue)
}

func (a *App) wireBooks() {
	a.Books = books.New(books.Deps{DB: a.DB, Clock: a.Clock, Ledger: a.Ledger, Pool: a.Pool, Signal: a.signal, Log: a.Log})
	a.Books.Routes(a.API)
	a.Every(time.Hour, NightlyAudit, a.Books.AuditNightly)
}

// broker is how nodes hear of each other's commits: Redis where one is configured, else within this process.
func (a *App) broker() (realtime.Broker, error) {
	if a.Config.Redis == "" {
		return realtime.NewLocal(), nil
	}
	redis, err := realtime.NewRedis(a.Config.Redis, a.Log)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, redis.Close)
	return redis, nil
}

// signal tells the followers of a stream what may be lost.
func (a *App) signal(alliance models.ID, stream, kind string, data any) {
	a.Streams.Signal(alliance, stream, kind, data)
}

func (a *App) loginOptions() identity.Options {
	return identity.Options{CodesPerAddress: 120, Demo: a.Config.Demo, SecureCookie: a.secure()}
}

func (a *App) secure() bool {
	return len(a.Config.PublicURL) > 8 && a.Config.PublicURL[:8] == "https://"
}

// drain tells every socket that this node goes away.
func (a *App) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	a.Hub.Drain(ctx)
}

// closeFeatures stops what features run of their own.
func (a *App) closeFeatures() {
	if a.Hub != nil {
		a.Hub.Close()
	}
	if a.Books != nil {
		a.Books.Close()
	}
	if a.Feed != nil {
		a.Feed.Close()
	}
	if a.Calendar != nil {
		a.Calendar.Close()
	}
	if a.Handout != nil {
		a.Handout.Close()
	}
	if a.Coupon != nil {
		a.Coupon.Close()
	}
	if a.Ledger != nil {
		a.Ledger.Close()
	}
	if a.Streams != nil {
		a.Streams.Close()
	}
	for _, closer := range a.closers {
		if err := closer(); err != nil {
			a.Log.Error("not closed", "error", err)
		}
	}
}
