package realtime

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
)

// CoalesceEvery is how far apart signals of one kind about one thing are at least: at most four a second.
const CoalesceEvery = 250 * time.Millisecond

// Streams writes and reads the streams' items; make it with NewStreams.
type Streams struct {
	db      *db.DB
	clock   clock.Clock
	broker  Broker
	signals *coalescer
}

// NewStreams returns streams that publish through the broker. Close it to stop its timers.
func NewStreams(d *db.DB, c clock.Clock, b Broker) *Streams {
	s := &Streams{db: d, clock: c, broker: b}
	s.signals = newCoalescer(CoalesceEvery, s.publishSignal)
	return s
}

// Close sends no signal any more and waits for the one being sent.
func (s *Streams) Close() { s.signals.close() }

// Draft is an item to be. Data is anything JSON can hold, or a func(seq int64) any for data that tells its own seq.
type Draft struct {
	Kind string
	Data any
}

// Append adds one item to a stream in the caller's transaction, with the stream's next seq, and publishes it after the
// commit. The stream's row stays locked until then, so append last: after the rows that the item tells of.
func (s *Streams) Append(tx *gorm.DB, alliance models.ID, stream, kind string, data any) (models.StreamItem, error) {
	items, err := s.AppendAll(tx, alliance, stream, Draft{Kind: kind, Data: data})
	if err != nil {
		return models.StreamItem{}, err
	}
	return items[0], nil
}

// AppendAll adds several items to one stream, in order: what a group commit needs.
func (s *Streams) AppendAll(tx *gorm.DB, alliance models.ID, stream string, drafts ...Draft) ([]models.StreamItem, error) {
	to := make([]string, len(drafts))
	for i := range to {
		to[i] = stream
	}
	return s.AppendEach(tx, alliance, to, drafts)
}

// insertItems writes items.
var insertItems = db.Insert{Into: "stream_items (stream_id, seq, alliance_id, kind, at, data)", Width: 6}

// AppendEach adds items to many streams of an alliance, each to its own; those of one stream keep their order. Besides is
// asked for with the streams, and known before a draft's func is asked what it tells.
func (s *Streams) AppendEach(tx *gorm.DB, alliance models.ID, to []string, drafts []Draft, besides ...db.Query) ([]models.StreamItem, error) {
	if len(drafts) == 0 {
		return nil, nil
	}
	more := map[string]int64{}
	for _, stream := range to {
		more[stream]++
	}
	rows, err := advance(tx, alliance, more, besides)
	if err != nil {
		return nil, fmt.Errorf("streams %v: %w", slices.Sorted(maps.Keys(more)), err)
	}
	now, items, values := s.clock.Now(), make([]models.StreamItem, len(drafts)), make([]any, 0, 6*len(drafts))
	for i, d := range drafts {
		row := rows[to[i]]
		more[to[i]]--
		seq := row.Head - more[to[i]]
		data, err := encodeData(d.Data, seq)
		if err != nil {
			return nil, fmt.Errorf("item %s of %s: %w", d.Kind, to[i], err)
		}
		items[i] = models.StreamItem{StreamID: row.ID, Seq: seq, AllianceID: alliance, Kind: d.Kind, At: now, Data: data}
		values = append(values, row.ID, seq, alliance, d.Kind, now, data)
	}
	if err := insertItems.Exec(tx, values); err != nil {
		return nil, err
	}
	db.AfterCommit(tx, func() { s.publish(alliance, to, items) })
	return items, nil
}

func encodeData(data any, seq int64) (string, error) {
	if own, ok := data.(func(seq int64) any); ok {
		data = own(seq)
	}
	text, err := json.Marshal(data)
	return string(text), err
}

// advance raises the heads of streams under their rows' locks and returns the rows; a stream's row is made on first use.
func advance(tx *gorm.DB, alliance models.ID, more map[string]int64, besides []db.Query) (map[string]models.Stream, error) {
	rows, err := raise(tx, alliance, more, besides...)
	if err != nil || len(rows) == len(more) {
		return rows, err
	}
	rest, fresh := map[string]int64{}, []models.Stream{}
	for stream, n := range more {
		if _, there := rows[stream]; !there {
			rest[stream] = n
			fresh = append(fresh, models.Stream{ID: models.NewID(), AllianceID: alliance, Name: stream})
		}
	}
	slices.SortFunc(fresh, func(a, b models.Stream) int { return strings.Compare(a.Name, b.Name) })
	if err := db.OnConflictSkip(tx).Create(&fresh).Error; err != nil {
		return nil, err
	}
	made, err := raise(tx, alliance, rest)
	maps.Copy(rows, made)
	return rows, err
}

// raise raises the heads of those streams that are there, as many at once as rise by the same number, and reads them.
func raise(tx *gorm.DB, alliance models.ID, more map[string]int64, besides ...db.Query) (map[string]models.Stream, error) {
	names, alike := slices.Sorted(maps.Keys(more)), map[int64][]string{}
	for _, stream := range names {
		alike[more[stream]] = append(alike[more[stream]], stream)
	}
	these := func(tx *gorm.DB, names []string) *gorm.DB {
		return tx.Where("alliance_id = ? AND name IN ?", alliance, names)
	}
	rows, found := make(map[string]models.Stream, len(more)), []models.Stream{}
	read := db.Query{Of: these(tx, names), Into: &found, Then: func() {
		for _, row := range found {
			rows[row.Name] = row
		}
	}}
	return rows, db.Late(tx, func(tx *gorm.DB) error {
		for _, n := range slices.Sorted(maps.Keys(alike)) {
			if err := db.Set(these(tx, alike[n]).Model(&models.Stream{}), "head", gorm.Expr("head + ?", n)); err != nil {
				return err
			}
		}
		return db.FindAll(tx, append([]db.Query{read}, besides...)...)
	})
}

func (s *Streams) publish(alliance models.ID, to []string, items []models.StreamItem) {
	for n, i := range items {
		s.broker.Publish(message(Key{alliance, to[n]}, i))
	}
}

func message(k Key, i models.StreamItem) Message {
	return Message{Key: k, Seq: i.Seq, Kind: i.Kind, At: i.At.UTC(), Data: json.RawMessage(i.Data)}
}

// KindErased is the kind of an item whose content was taken back; its data is {}. Followers skip it.
const KindErased = "erased"

// Erase takes back the content of items that exist, for what must not be told any more (a post that was deleted, a
// member who left). Their places in the order stay; those who have the content learn of it by an item of its own.
func (s *Streams) Erase(tx *gorm.DB, alliance models.ID, stream string, seqs ...int64) error {
	// The copies that nodes keep for those who come back go with it; one that does not hear of it sweeps soon.
	db.AfterCommit(tx, func() { s.broker.Publish(Message{Key: Key{alliance, stream}, Kind: KindErased}) })
	return tx.Model(&models.StreamItem{}).Where("stream_id = (?) AND seq IN ?", idOf(tx, alliance, stream), seqs).
		Updates(map[string]any{"kind": KindErased, "data": "{}"}).Error
}

func idOf(tx *gorm.DB, alliance models.ID, stream string) *gorm.DB {
	return tx.Session(&gorm.Session{NewDB: true}).Model(&models.Stream{}).Select("id").Where("alliance_id = ? AND name = ?", alliance, stream)
}

// Head is the seq of a stream's last item, counted from 1; 0 for a stream without any.
func (s *Streams) Head(ctx context.Context, alliance models.ID, stream string) (int64, error) {
	var heads []int64
	err := s.db.Read(ctx).Model(&models.Stream{}).Where("alliance_id = ? AND name = ?", alliance, stream).Pluck("head", &heads).Error
	if err != nil || len(heads) == 0 {
		return 0, err
	}
	return heads[0], nil
}

// Since reads the items after seq since, in order, at most limit of them.
func (s *Streams) Since(ctx context.Context, alliance models.ID, stream string, since int64, limit int) ([]models.StreamItem, error) {
	var items []models.StreamItem
	read := s.db.Read(ctx)
	err := read.Where("stream_id = (?) AND seq > ?", idOf(read, alliance, stream), since).Order("seq").Limit(limit).Find(&items).Error
	return items, err
}

// heads reads the heads of many streams at once; a stream without items is not among them.
func (s *Streams) heads(ctx context.Context, keys []Key) (map[Key]int64, error) {
	names := map[models.ID][]string{}
	for _, k := range keys {
		names[k.Alliance] = append(names[k.Alliance], k.Stream)
	}
	heads := make(map[Key]int64, len(keys))
	for alliance, streams := range names {
		var rows []models.Stream
		if err := s.db.Read(ctx).Where("alliance_id = ? AND name IN ?", alliance, streams).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			heads[Key{alliance, row.Name}] = row.Head
		}
	}
	return heads, nil
}
