// Command learn finds out from lines that were heard before how adverts are put, and writes it down for package advert: a trait and
// its weight a row. The lines (heard.tsv) are made up, by several hands: what holds from one hand to another is what is asked of
// the weights, and the tests ask it.
//
//	go run ./server/conduct/advert/learn >server/conduct/advert/manner.tsv
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"onestreet/server/conduct/advert"
)

// heard are lines as they are said on a street: the hand that wrote it, what it is (ad, ok, review), who says it (member, merchant,
// or qr: a member beside a picture of a code), and the line.
//
//go:embed heard.tsv
var heard string

// ownHost is whose links the lines know as the street's own.
const ownHost = "street.example"

// line is a row of heard.tsv.
type line struct {
	hand   string
	want   advert.Verdict
	text   advert.Text
	traits []string
}

func main() {
	without := flag.String("without", "", "a hand whose lines are not learned from, to measure by them")
	flag.Parse()
	taught := slices.DeleteFunc(lines(), func(l line) bool { return l.hand == *without })
	for _, row := range table(train(taught)) {
		fmt.Fprintln(os.Stdout, row)
	}
}

// lines reads the rows and hears every line.
func lines() []line {
	var list []line
	for row := range strings.SplitSeq(strings.TrimSpace(heard), "\n") {
		cells := strings.SplitN(row, "\t", 4)
		text := advert.Text{Words: strings.ReplaceAll(cells[3], `\n`, "\n"), Merchant: cells[2] == "merchant", QR: cells[2] == "qr"}
		list = append(list, line{cells[0], advert.Verdict(cells[1]), text, advert.Traits(text, ownHost)})
	}
	return list
}

// slight is the weight, in hundredths, below which a trait is not worth its row.
const slight = 2

// table writes weights down in hundredths, in the order of their names.
func table(weights map[string]float64) []string {
	var rows []string
	for trait, weight := range weights {
		if hundredths := int(math.Round(weight * 100)); max(hundredths, -hundredths) >= slight {
			rows = append(rows, fmt.Sprintf("%s\t%d", trait, hundredths))
		}
	}
	slices.Sort(rows)
	return rows
}
