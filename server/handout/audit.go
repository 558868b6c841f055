package handout

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// check is one thing that must hold: a query that finds the first row for which it does not.
type check struct{ table, problem, sql string }

// audit registers what must always hold of what was handed out.
func (s *Service) audit() {
	s.Ledger.Checks.Add("handout.paper", first(paperChecks), "print_batches", "printed_codes", "campaigns")
	s.Ledger.Checks.Add("handout.gifts", first(giftChecks), "coupon_gifts", "coupons")
	s.Ledger.Checks.Add("handout.sends", first(sendChecks), "coupon_sends", "coupon_send_members", "coupon_handouts")
}

// paperChecks: the counters of batches and campaigns say how their codes stand, and a taken code made a coupon of its campaign.
var paperChecks = []check{
	{"print_batches", "its counters are not those of its codes",
		`SELECT b.id AS id FROM print_batches b LEFT JOIN (SELECT batch_id, COUNT(*) AS n, SUM(state = 'taken') AS taken, SUM(state = 'void') AS voided FROM printed_codes WHERE alliance_id = ? GROUP BY batch_id) p
		 ON p.batch_id = b.id WHERE b.alliance_id = ? AND (p.n IS NULL OR p.n <> b.size OR p.taken <> b.taken OR p.voided <> b.voided) ORDER BY b.id LIMIT 1`},
	{"campaigns", "what it has on paper is not what its batches have open",
		`SELECT c.id AS id FROM campaigns c LEFT JOIN (SELECT campaign_id, SUM(size - taken - voided) AS n FROM print_batches WHERE alliance_id = ? GROUP BY campaign_id) b
		 ON b.campaign_id = c.id WHERE c.alliance_id = ? AND c.printed <> COALESCE(b.n, 0) ORDER BY c.id LIMIT 1`},
	{"print_batches", "one of its codes was taken without a coupon of the campaign",
		`SELECT b.id AS id FROM printed_codes p JOIN print_batches b ON b.id = p.batch_id LEFT JOIN coupons c ON c.id = p.coupon_id AND c.campaign_id = b.campaign_id
		 WHERE p.alliance_id = ? AND b.alliance_id = ? AND p.state = 'taken' AND c.id IS NULL ORDER BY b.id LIMIT 1`},
}

// giftChecks: a coupon is given away exactly when a gift of it was taken, and then the taker has one in its place.
var giftChecks = []check{
	{"coupons", "it is given away exactly when a friend has taken it: one of the two does not hold",
		`SELECT c.id AS id FROM coupons c LEFT JOIN coupon_gifts g ON g.coupon_id = c.id AND g.state = 'taken' AND g.alliance_id = ?
		 WHERE c.alliance_id = ? AND (c.state = 'given') <> (g.id IS NOT NULL) ORDER BY c.id LIMIT 1`},
	{"coupon_gifts", "the friend has no coupon of the same campaign for it",
		`SELECT g.id AS id FROM coupon_gifts g LEFT JOIN coupons c ON c.id = g.taken_coupon_id AND c.member_id = g.taker_id AND c.campaign_id = g.campaign_id AND c.alliance_id = ?
		 WHERE g.alliance_id = ? AND g.state = 'taken' AND c.id IS NULL ORDER BY g.id LIMIT 1`},
}

// sendChecks: a send's counters say how its members stand, and everyone who was given one has it.
var sendChecks = []check{
	{"coupon_sends", "its counters are not those of its members",
		`SELECT s.id AS id FROM coupon_sends s LEFT JOIN (SELECT m.send_id, COUNT(*) AS n, SUM(m.outcome = 'given') AS given, SUM(m.outcome = 'had') AS had, SUM(m.outcome = 'none_left') AS none_left, SUM(m.outcome = 'missed') AS missed
		 FROM coupon_send_members m JOIN coupon_sends o ON o.id = m.send_id WHERE o.alliance_id = ? GROUP BY m.send_id) m
		 ON m.send_id = s.id WHERE s.alliance_id = ? AND (COALESCE(m.n, 0) <> s.total OR COALESCE(m.given, 0) <> s.given OR COALESCE(m.had, 0) <> s.had OR COALESCE(m.none_left, 0) <> s.none_left OR COALESCE(m.missed, 0) <> s.missed) ORDER BY s.id LIMIT 1`},
	{"coupon_sends", "its handouts are not as many as it has given",
		`SELECT s.id AS id FROM coupon_sends s LEFT JOIN (SELECT source_id, COUNT(*) AS n FROM coupon_handouts WHERE alliance_id = ? AND way = 'sent' GROUP BY source_id) h
		 ON h.source_id = s.id WHERE s.alliance_id = ? AND s.given <> COALESCE(h.n, 0) ORDER BY s.id LIMIT 1`},
}

// first runs checks in their order and names the first row that does not hold.
func first(checks []check) func(context.Context, *gorm.DB, models.ID) (*ledger.Finding, error) {
	return func(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
		for _, c := range checks {
			var rows []struct{ ID models.ID }
			if err := r.Raw(c.sql, alliance, alliance).Scan(&rows).Error; err != nil {
				return nil, fmt.Errorf("%s: %w", c.table, err)
			}
			if len(rows) > 0 {
				return &ledger.Finding{Alliance: alliance, Table: c.table, Row: rows[0].ID.String(), Problem: c.problem}, nil
			}
		}
		return nil, nil
	}
}
