package db_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// slip is a row with every kind of value, whose text is looked for as it is, sign by sign.
type slip struct {
	N    int64 `gorm:"primaryKey;autoIncrement:false"`
	Of   models.ID
	Text string
	At   *time.Time
	Seal []byte
}

func (slip) TableName() string { return "slips" }

var (
	slips     = db.Insert{Into: "slips (n, of, text, at, seal)", Width: 5}
	keepSlips = db.Insert{Into: "slips (n, of, text, at, seal)", Width: 5, Key: "n"}
	slipTexts = db.Update{Table: "slips", Key: []string{"n"}, Set: []string{"of", "text", "at", "seal"}}
)

func (s slip) values() []any { return []any{s.N, s.Of, s.Text, s.At, s.Seal} }

func valuesOf(rows []slip) (all []any) {
	for _, s := range rows {
		all = append(all, s.values()...)
	}
	return all
}

// hostile are texts that mean something to a database when they are not quoted as they should be.
var hostile = []string{
	"", "'", "''", `\`, `\'`, `\\'`, `"`, "`", "?", "? ?", "NULL", "%_", "--", "#", "; ;", "0x27", "\x00", "'\x00", "\n\r\t\x1a\b", "面🥟𠮷", "é́ ",
	"'; DELETE FROM slips; -- ", `\'; DELETE FROM slips; -- `, `\\'; DELETE FROM slips; -- `, `"; DELETE FROM slips; -- `, "'); DELETE FROM slips; -- ",
	"' OR '1'='1", "1; DROP TABLE slips", "/*!50000 ; DROP TABLE slips */", "'/*", "*/'", strings.Repeat(`\`, 9) + "'", strings.Repeat("'", 9) + `\`, "\u00bf'", "\u02b9",
}

// slipsOf is a row for each text, with the ends of what numbers, times and bytes can be.
func slipsOf(texts []string) []slip {
	numbers := []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64}
	east := time.FixedZone("east", 8*3600)
	when := []time.Time{
		time.Date(1970, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(2026, 10, 17, 23, 59, 59, 999_999_000, time.UTC), time.Date(2026, 10, 18, 3, 0, 0, 0, east),
	}
	rows := make([]slip, len(texts))
	for i, text := range texts {
		rows[i] = slip{N: int64(i) + 1, Text: text, Seal: [][]byte{nil, []byte(text + "\x00\xff'\\"), []byte("_binary'")}[i%3]}
		if i < len(numbers) {
			rows[i].N = numbers[i] // 0 and 1 stand for themselves: no row counts for another
		} else {
			rows[i].N += int64(len(numbers))
		}
		if i%4 > 0 {
			rows[i].At, rows[i].Of = &when[i%4-1], models.ID{1, '\'', '\\', 0, 0xff, byte(i)}
		}
	}
	return rows
}

// slipped makes the table, empty.
func slipped(t *testing.T, d *db.DB) {
	t.Helper()
	blob, text, at := "BLOB", "TEXT", "DATETIME"
	if d.Dialect == db.MySQL {
		blob, text, at = "VARBINARY(200)", "VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "DATETIME(6)"
	}
	exec(t, d, "CREATE TABLE slips (n BIGINT PRIMARY KEY, of "+blob+", text "+text+" NOT NULL, at "+at+", seal "+blob+")")
}

// sameSlips holds the table against rows, whatever their order.
func sameSlips(t require.TestingT, tx *gorm.DB, want []slip, how string) {
	var got []slip
	require.NoError(t, tx.Find(&got).Error, how)
	byN := make(map[int64]slip, len(got))
	for _, s := range got {
		byN[s.N] = s
	}
	require.Len(t, byN, len(want), how)
	for _, s := range want {
		is := byN[s.N]
		require.Equal(t, []any{s.Of, s.Text, string(s.Seal), s.Seal == nil, s.At == nil}, []any{is.Of, is.Text, string(is.Seal), is.Seal == nil, is.At == nil}, how)
		if s.At != nil {
			require.True(t, s.At.Equal(*is.At), "%s: %s is %s", how, s.At, is.At)
		}
	}
}

// writings are all the ways in which rows come into the table.
var writings = map[string]func(tx *gorm.DB, rows []slip) error{
	"inserted together": func(tx *gorm.DB, rows []slip) error { return slips.Exec(tx, valuesOf(rows)) },
	"kept together":     func(tx *gorm.DB, rows []slip) error { return keepSlips.Exec(tx, valuesOf(rows)) },
	"made":              func(tx *gorm.DB, rows []slip) error { return db.Create(tx, &rows) },
	"inserted one by one": func(tx *gorm.DB, rows []slip) error {
		return eachSlip(rows, func(s slip) error { return slips.Exec(tx, s.values()) })
	},
	"said later": func(tx *gorm.DB, rows []slip) error {
		return eachSlip(rows, func(s slip) error {
			return db.Later(tx, "INSERT INTO slips (n, of, text, at, seal) VALUES (?, ?, ?, ?, ?)", s.values()...)
		})
	},
	"changed": func(tx *gorm.DB, rows []slip) error {
		if err := blank(tx, rows); err != nil {
			return err
		}
		_, err := slipTexts.Exec(tx, valuesOf(rows))
		return err
	},
	"changed late": func(tx *gorm.DB, rows []slip) error {
		if err := blank(tx, rows); err != nil {
			return err
		}
		return slipTexts.Late(tx, valuesOf(rows))
	},
	"set": func(tx *gorm.DB, rows []slip) error {
		if err := blank(tx, rows); err != nil {
			return err
		}
		return eachSlip(rows, func(s slip) error {
			of := func() *gorm.DB { return tx.Model(&slip{}).Where("n = ?", s.N) }
			for column, value := range map[string]any{"of": s.Of, "text": s.Text, "at": s.At, "seal": s.Seal} {
				if err := db.Set(of(), column, value); err != nil {
					return err
				}
			}
			return nil
		})
	},
}

func eachSlip(rows []slip, do func(slip) error) error {
	for _, s := range rows {
		if err := do(s); err != nil {
			return err
		}
	}
	return nil
}

// blank writes rows without what is to be written in them.
func blank(tx *gorm.DB, rows []slip) error {
	return eachSlip(rows, func(s slip) error { return slips.Exec(tx, slip{N: s.N, Text: "-"}.values()) })
}

// asIs runs a transaction as features do, and late.
func asIs(t *testing.T, d *db.DB, do func(tx *gorm.DB) error) {
	t.Helper()
	require.NoError(t, d.Tx(t.Context(), do))
	exec(t, d, "DELETE FROM slips")
	require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return db.Late(tx, do) }))
	exec(t, d, "DELETE FROM slips")
}

// backslashes are the two ways in which MySQL may read a backslash; the driver must know in which it is read now.
func backslashes(d *db.DB) []string {
	if d.Dialect == db.SQLite {
		return []string{"SELECT 1"}
	}
	return []string{
		"SET SESSION sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
		"SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')",
	}
}

// What is written is what is read, whatever it looks like: it is looked for, all together, and each text finds its own row;
// it is deleted, and each takes its own row with it.
func TestAValueIsAValueHoweverItIsWritten(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		slipped(t, d)
		rows := slipsOf(hostile)
		for _, mode := range backslashes(d) {
			for name, write := range writings {
				asIs(t, d, func(tx *gorm.DB) error {
					if err := tx.Exec(mode).Error; err != nil {
						return err
					}
					if err := write(tx, rows); err != nil {
						return fmt.Errorf("%s: %w", name, err)
					}
					sameSlips(t, tx, rows, name)
					return nil
				})
			}
			asIs(t, d, func(tx *gorm.DB) error {
				if err := tx.Exec(mode).Error; err != nil {
					return err
				}
				require.NoError(t, slips.Exec(tx, valuesOf(rows)))
				foundAndDeleted(t, tx, rows)
				return nil
			})
		}
	})
}

func foundAndDeleted(t *testing.T, tx *gorm.DB, rows []slip) {
	t.Helper()
	found, queries := make([][]slip, len(rows)), make([]db.Query, len(rows))
	for i, s := range rows {
		queries[i] = db.Query{Of: tx.Where("text = ? AND n IN ?", s.Text, []int64{s.N, 77_777}), Into: &found[i]}
	}
	require.NoError(t, db.FindAll(tx, queries...))
	for i, s := range rows {
		require.Len(t, found[i], 1, "%q", s.Text)
		require.Equal(t, s.Text, found[i][0].Text)
	}
	for i, s := range rows {
		require.NoError(t, db.Delete(tx.Where("text = ?", s.Text), &slip{}))
		if i%9 == 0 {
			sameSlips(t, tx, rows[i+1:], s.Text)
		}
	}
	sameSlips(t, tx, nil, "all are gone")
}

// Any text made of the signs that matter comes back as it was, between others in one message.
func TestAnyTextComesBackAsItWas(t *testing.T) {
	sign := rapid.SampledFrom([]rune{'\'', '\\', '"', '?', ';', '-', ' ', '\x00', '\n', '%', '`', '面', '🥟', '/', '*', '#'})
	each(t, func(t *testing.T, d *db.DB) {
		slipped(t, d)
		rapid.Check(t, func(r *rapid.T) {
			texts := rapid.SliceOfN(rapid.StringOfN(sign, 0, 12, -1), 1, 12).Draw(r, "texts")
			rows := slipsOf(texts)
			require.NoError(r, d.Tx(t.Context(), func(tx *gorm.DB) error {
				return db.Late(tx, func(tx *gorm.DB) error {
					require.NoError(r, db.Delete(tx.Where("n <> ?", 12345), &slip{}))
					require.NoError(r, slips.Exec(tx, valuesOf(rows)))
					require.NoError(r, db.Set(tx.Model(&slip{}).Where("n = ?", rows[0].N), "text", texts[len(texts)-1]))
					var got []slip
					require.NoError(r, db.FindAll(tx, db.Query{Of: tx.Where("n = ? AND text = ?", rows[0].N, texts[len(texts)-1]), Into: &got}))
					require.Len(r, got, 1)
					rows[0].Text = texts[len(texts)-1]
					return nil
				})
			}))
			sameSlips(r, d.Read(t.Context()), rows, "together")
		})
	})
}

// What is there stays as it is, to the last column, and who was new is there.
func TestWhatIsThereIsKept(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		slipped(t, d)
		rows := slipsOf(hostile)
		half := len(rows) / 2
		put := func(do func(tx *gorm.DB) error) {
			require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return db.Late(tx, do) }))
		}
		put(func(tx *gorm.DB) error { return keepSlips.Exec(tx, valuesOf(rows[:half])) })
		others := make([]slip, len(rows))
		for i, s := range rows {
			if others[i] = s; i < half {
				others[i] = slip{N: s.N, Text: "'; DELETE FROM slips; -- another", Seal: []byte{7}}
			}
		}
		put(func(tx *gorm.DB) error { return keepSlips.Exec(tx, valuesOf(others)) })
		put(func(tx *gorm.DB) error { return keepSlips.Exec(tx, others[0].values()) })
		sameSlips(t, d.Read(t.Context()), rows, "kept")
	})
}

func TestNothingToDoIsNothing(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		nothing := func(tx *gorm.DB) error {
			require.NoError(t, putCounts.Exec(tx, nil))
			require.NoError(t, moved.Late(tx, nil))
			changed, err := moved.Exec(tx, nil)
			require.NoError(t, err)
			require.Zero(t, changed)
			require.NoError(t, db.FindAll(tx))
			rows := []counter{{ID: 99}} // of an earlier question
			require.NoError(t, db.FindAll(tx, db.Query{Of: tx.Where("id IN ?", []int64{}), Into: &rows}))
			require.Empty(t, rows)
			require.NoError(t, db.Delete(tx.Where("id IN ?", []int64{}), &counter{}))
			return db.Set(tx.Model(&counter{}).Where("id IN ?", []int64{}), "n", 5)
		}
		require.NoError(t, d.Tx(t.Context(), nothing))
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return db.Late(tx, nothing) }))
		require.Zero(t, value(t, d))
	})
}

// Without a condition a whole table would go: that is refused, late as at once.
func TestAWholeTableIsNeitherSetNorDeleted(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		both := func(tx *gorm.DB) error {
			require.ErrorIs(t, db.Delete(tx, &counter{}), gorm.ErrMissingWhereClause)
			require.ErrorIs(t, db.Set(tx.Model(&counter{}), "n", 5), gorm.ErrMissingWhereClause)
			return nil
		}
		require.NoError(t, d.Tx(t.Context(), both))
		require.NoError(t, d.Tx(t.Context(), func(tx *gorm.DB) error { return db.Late(tx, both) }))
		require.Zero(t, value(t, d))
	})
}

// One of many that go together fails, in the middle: nothing stays, whoever asks hears of it, and the connection goes on.
func TestAFailureInTheMiddleOfAMessageUndoesAllOfIt(t *testing.T) {
	ends := map[string]func(tx *gorm.DB) error{
		"in the end":      func(*gorm.DB) error { return nil },
		"before a read":   func(tx *gorm.DB) error { return tx.Take(&counter{}, 1).Error },
		"before a change": add,
		"before many reads": func(tx *gorm.DB) error {
			var some, more []counter
			return db.FindAll(tx, db.Query{Of: tx.Where("id > 0"), Into: &some}, db.Query{Of: tx.Where("id > 1"), Into: &more})
		},
		"before a part": func(tx *gorm.DB) error { return db.Part(tx, add) },
	}
	each(t, func(t *testing.T, d *db.DB) {
		for name, end := range ends {
			told := false
			err := d.Tx(t.Context(), func(tx *gorm.DB) error {
				db.AfterCommit(tx, func() { told = true })
				return db.Late(tx, func(tx *gorm.DB) error {
					for _, write := range []func() error{
						func() error { return putCounts.Exec(tx, []any{20, 1, at}) },
						func() error { return db.Set(tx.Model(&counter{}).Where("id = 1"), "n", 9) },
						func() error { return putCounts.Exec(tx, []any{21, 1, at, 1, 1, at, 22, 1, at}) }, // the second is there
						func() error { return db.Delete(tx.Where("id = ?", 1), &counter{}) },
					} {
						if err := write(); err != nil {
							return err
						}
					}
					return end(tx)
				})
			})
			require.True(t, db.IsDuplicate(err), "%s: %v", name, err)
			require.False(t, told, name)
			var ids []int64
			require.NoError(t, d.Read(t.Context()).Model(&counter{}).Order("id").Pluck("id", &ids).Error)
			require.Equal(t, []int64{1}, ids, name)
			require.Zero(t, value(t, d), name)
		}
	})
}
