package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
	"onestreet/server/testkit/together"
)

const (
	tasks     = 1200 // of a round: 2,040 transfers
	transfers = tasks / 10 * 17
	kills     = 5
)

// posting is called who posts a round, in a process of its own.
const posting = "posting"

// round is what such a process is sent to do.
type round struct {
	Database string // its address
	Name     string // the references' prefix
}

// killed is the street of these books: another process must name it too.
var killed = models.ID{1, 0x99, 0, 0, 0, 0, 0x70, 1, 0x80}

// poster is who posts, in a process of its own.
type poster struct {
	db    *db.DB
	books *ledger.Service
	say   func(...models.Transfer) // acknowledges
}

func newPoster(database string) (*poster, error) {
	d, err := db.Open(database, db.Options{}) // durable, as in production
	return &poster{db: d, books: ledger.New(d, clock.System{}), say: func(...models.Transfer) {}}, err
}

// postUntilKilled is what the process does: it says what it has posted.
func postUntilKilled(r round) error {
	p, err := newPoster(r.Database)
	if err != nil {
		return err
	}
	var line sync.Mutex
	p.say = func(all ...models.Transfer) {
		line.Lock()
		defer line.Unlock()
		for _, t := range all {
			_, _ = fmt.Fprintln(os.Stdout, t.Reference, t.ID)
		}
	}
	return p.all(r.Name)
}

// all carries out a round's tasks for forty callers at once.
func (p *poster) all(round string) error {
	next, failed := make(chan int, tasks), make(chan error, tasks)
	for i := range tasks {
		next <- i
	}
	close(next)
	var callers together.Group
	for range 40 {
		callers.Go(func() {
			for i := range next {
				if err := p.task(round, i); err != nil {
					failed <- err
				}
			}
		})
	}
	callers.Wait()
	close(failed)
	return <-failed
}

// task is one of five stories over one to three transfers; each answer is acknowledged as it comes.
func (p *poster) task(round string, i int) error {
	name := fmt.Sprintf("%s:%d", round, i)
	switch i % 10 {
	case 0:
		return p.then(held(name, i), func(tx *gorm.DB) (models.Transfer, error) { return p.books.PostPending(tx, killed, name, name+"+") })
	case 1:
		return p.then(held(name, i), func(tx *gorm.DB) (models.Transfer, error) { return p.books.Void(tx, killed, name, name+"-") })
	case 2:
		return p.then(paid(name, i), func(tx *gorm.DB) (models.Transfer, error) {
			return p.books.Reverse(tx, killed, name, name+"~", "记错了")
		})
	case 3, 4:
		return p.submit(paid(name+"a", i), paid(name+"b", i+1), paid(name+"c", i+2))
	default:
		return p.submit(paid(name, i))
	}
}

func (p *poster) submit(entries ...ledger.Entry) error {
	all, err := p.books.Submit(context.Background(), killed, entries...)
	if err == nil {
		p.say(all...)
	}
	return err
}

// then submits one transfer and another that follows from it, in a transaction of its own.
func (p *poster) then(first ledger.Entry, follow func(tx *gorm.DB) (models.Transfer, error)) error {
	if err := p.submit(first); err != nil {
		return err
	}
	var t models.Transfer
	err := p.db.Tx(context.Background(), func(tx *gorm.DB) (err error) {
		t, err = follow(tx)
		return err
	})
	if err == nil {
		p.say(t)
	}
	return err
}

func shop(i int) models.ID { return models.ID{1, 0x99, 0, 0, 0, 0, 0x70, 2, 0x80, byte(i % 7)} }

func paid(reference string, i int) ledger.Entry {
	return ledger.Entry{
		Debit: models.StoreFen(shop(i)), Credit: models.StoreFen(shop(i + 1)), Amount: int64(1 + i%90), Kind: models.KindCommission, Reference: reference,
	}
}

func held(reference string, i int) ledger.Entry {
	return ledger.Entry{
		Debit: models.FundFen(), Credit: models.StoreFen(shop(i)), Amount: 200, Kind: models.KindReferral, Reference: reference, Pending: true,
	}
}

// TestNothingThatWasAcknowledgedIsLostToAKill: ten times the process that posts is killed (SIGKILL) in the middle of 2,000
// transfers. After each, what it acknowledged is there, once and with the same id, batches are whole or not there, and the
// audit is clean; at the end everything may be asked again and gets its first answer.
func TestNothingThatWasAcknowledgedIsLostToAKill(t *testing.T) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		t.Run(string(dialect), func(t *testing.T) {
			url := testkit.OwnDatabase(t, dialect)
			p, err := newPoster(url)
			require.NoError(t, err)
			t.Cleanup(func() { p.books.Close(); require.NoError(t, p.db.Close()) })
			chance, acknowledged := rand.New(rand.NewPCG(20261126, 9)), map[string]models.ID{}
			for n := range kills {
				after := 50 + chance.IntN(1800)
				said := killAfter(t, round{Database: url, Name: fmt.Sprint("r", n)}, after)
				require.GreaterOrEqual(t, len(said), after)
				for reference, id := range said {
					acknowledged[reference] = id
				}
				p.mustHold(t, acknowledged)
			}
			p.askedAgain(t, acknowledged)
		})
	}
}

// killAfter starts a poster, kills it once it has acknowledged so many transfers, and returns all that it said until then.
func killAfter(t *testing.T, r round, after int) map[string]models.ID {
	t.Helper()
	said := map[string]models.ID{}
	errand.Send(t, posting, r).KillAfter(after, func(line string) {
		reference, text, _ := strings.Cut(line, " ")
		id, err := models.ParseID(text)
		require.NoError(t, err, line)
		said[reference] = id
	})
	return said
}

func (p *poster) mustHold(t *testing.T, acknowledged map[string]models.ID) {
	t.Helper()
	report, err := p.books.Audit().Run(t.Context())
	require.NoError(t, err)
	require.Nil(t, report.Finding, "%v", report.Finding)
	there := p.stored(t)
	for reference, id := range acknowledged {
		if there[reference] != id {
			t.Fatalf("%s was acknowledged as %s, there is %s", reference, id, there[reference])
		}
	}
	for reference := range there {
		if name := strings.TrimRight(reference, "abc"); name != reference {
			for _, part := range []string{"a", "b", "c"} {
				if there[name+part].IsZero() {
					t.Fatalf("%s is there and %s is not: half a batch", reference, name+part)
				}
			}
		}
	}
}

func (p *poster) stored(t *testing.T) map[string]models.ID {
	t.Helper()
	var rows []models.Transfer
	require.NoError(t, p.db.Read(t.Context()).Select("id", "seq", "reference").Where("alliance_id = ?", killed).Order("seq").Find(&rows).Error)
	there := make(map[string]models.ID, len(rows))
	for i, row := range rows {
		if row.Seq != int64(i+1) || !there[row.Reference].IsZero() {
			t.Fatalf("row %d is seq %d, %s: numbers have gaps, or a transfer is there twice", i+1, row.Seq, row.Reference)
		}
		there[row.Reference] = row.ID
	}
	return there
}

// askedAgain repeats the last round whole: what is there gets its first answer, what was cut off is carried out.
func (p *poster) askedAgain(t *testing.T, acknowledged map[string]models.ID) {
	t.Helper()
	before, answered := p.stored(t), map[string]models.ID{}
	var lock sync.Mutex
	p.say = func(all ...models.Transfer) {
		lock.Lock()
		defer lock.Unlock()
		for _, transfer := range all {
			answered[transfer.Reference] = transfer.ID
		}
	}
	require.NoError(t, p.all(fmt.Sprint("r", kills-1)))
	assert.Len(t, answered, transfers)
	for reference, id := range answered {
		if first, was := before[reference]; was && first != id {
			t.Fatalf("%s was %s and is answered with %s", reference, first, id)
		}
	}
	p.mustHold(t, acknowledged)
}
