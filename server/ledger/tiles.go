package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/ledger/tree"
	"onestreet/server/platform/db"
)

// tilesAStatement bounds an insert of tiles, 8 KB each.
const tilesAStatement = 16

// tilesOf reads an alliance's tiles, each by its key, all in one question.
func tilesOf(r *gorm.DB, alliance models.ID) tree.Reader {
	return func(places []tree.Place) (map[tree.Place][]byte, error) {
		tiles := make(map[tree.Place][]byte, len(places))
		if len(places) == 0 {
			return tiles, nil
		}
		const one = "SELECT level, idx, hashes FROM ledger_tiles WHERE alliance_id = ? AND level = ? AND idx = ?"
		args := make([]any, 0, 3*len(places))
		for _, p := range places {
			args = append(args, alliance, p.Level, p.Index)
		}
		rows, err := r.Raw(one+strings.Repeat(" UNION ALL "+one, len(places)-1), args...).Rows()
		if err != nil {
			return nil, err
		}
		return tiles, eachTile(rows, func(t tree.Tile) { tiles[t.Place] = t.Hashes })
	}
}

func eachTile(rows *sql.Rows, take func(tree.Tile)) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var t tree.Tile
		if err := rows.Scan(&t.Level, &t.Index, &t.Hashes); err != nil {
			return err
		}
		take(t)
	}
	return rows.Err()
}

// tiled is how many leaves stand in an alliance's tiles.
func tiled(tx *gorm.DB, alliance models.ID) (int64, error) {
	last, err := db.Find[models.LedgerTile](tx.Order("idx DESC"), "alliance_id = ? AND level = 0", alliance)
	return last.Index*tree.Width + int64(len(last.Hashes)/tree.HashSize), db.IfNone(err, nil)
}

// extend adds leaves to an alliance's tiles, up to the transfer numbered to, as many as one transaction may.
func extend(tx *gorm.DB, alliance models.ID, to int64) (*tree.Grower, error) {
	size, err := tiled(tx, alliance)
	if err != nil {
		return nil, err
	}
	g, err := tree.Grow(tilesOf(tx, alliance), size)
	if err != nil {
		return nil, err
	}
	to = min(to, size+sealedAtOnce)
	if err := leaves(tx, alliance, size, to, g.Append); err != nil {
		return nil, err
	}
	if g.Size() < to {
		return nil, fmt.Errorf("of the transfers up to seq %d only %d are there: see the audit; nothing is sealed", to, g.Size())
	}
	return g, saveTiles(tx, alliance, g.Tiles())
}

// leaves hands over the leaves of the transfers after one number and up to another.
func leaves(tx *gorm.DB, alliance models.ID, after, to int64, take func(leaf []byte)) (err error) {
	rows, err := tx.Raw("SELECT leaf FROM ledger_transfers WHERE alliance_id = ? AND seq > ? AND seq <= ? ORDER BY seq", alliance, after, to).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var leaf sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		take(leaf)
	}
	return rows.Err()
}

func saveTiles(tx *gorm.DB, alliance models.ID, tiles []tree.Tile) error {
	rows := make([]models.LedgerTile, len(tiles))
	for i, t := range tiles {
		rows[i] = models.LedgerTile{AllianceID: alliance, Level: t.Level, Index: t.Index, Hashes: t.Hashes}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(rows, tilesAStatement).Error
}
