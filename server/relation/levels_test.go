package relation_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

func TestLevelsRiseWithWhatAMemberDoes(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 4)
		assert.Equal(t, models.LevelWeak, s.relation("noodles", shopper).Level)

		_, err := s.record(s.visit(models.VisitCheckIn, "noodles", shopper, 0))
		require.NoError(t, err)
		comment := models.CommentCreated{CommentID: models.NewID(), PostID: models.NewID(), MemberID: shopper, StoreID: s.StoreID("noodles"), At: s.Time.Now()}
		s.tell(models.EventCommentCreated, comment)
		s.tell(models.EventCommentCreated, comment) // told twice, done once
		assert.Equal(t, models.LevelWeak, s.relation("noodles", shopper).Level)

		s.tell(models.EventPostCreated, models.PostCreated{PostID: models.NewID(), MemberID: shopper, StoreID: s.StoreID("noodles"), At: s.Time.Now()})
		r := s.relation("noodles", shopper)
		assert.Equal(t, models.LevelStrong, r.Level)
		assert.EqualValues(t, 3, r.TookPart)
	})
}

func TestWordsAboutNoStoreCountForNone(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.tell(models.EventPostCreated, models.PostCreated{PostID: models.NewID(), MemberID: s.member(testkit.Shopper), At: s.Time.Now()})
		s.tell(models.EventPostCreated, models.PostCreated{PostID: models.NewID(), StoreID: s.StoreID("tea"), At: s.Time.Now()})
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Participation{}).Where("alliance_id = ?", s.Street.Alliance.ID).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}

func TestBringingANeighbourWhoBuysIsTheClosest(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		inviter, guest := s.member(testkit.Shopper), s.member(testkit.OtherShopper)
		s.invited(guest, inviter)
		s.buysOften("noodles", inviter, 4)
		v := s.buys("noodles", guest, 1000)
		s.Drain()
		assert.Equal(t, models.LevelSuper, s.relation("noodles", inviter).Level)

		later := s.buys("noodles", guest, 1000)
		require.NoError(t, s.cancel(v.ID))
		s.Drain()
		assert.Equal(t, models.LevelSuper, s.relation("noodles", inviter).Level, "the second purchase still stands")

		require.NoError(t, s.cancel(later.ID))
		s.Drain()
		r := s.relation("noodles", inviter)
		assert.Equal(t, models.LevelWeak, r.Level)
		assert.Zero(t, r.Brought)
	})
}

// TestADecisionGivesTheNeighbourToAnotherInviter: what counted for the one counts for the other from then on.
func TestADecisionGivesTheNeighbourToAnotherInviter(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		inviter, other, guest := s.member(testkit.Shopper), s.member(testkit.ThirdShopper), s.member(testkit.OtherShopper)
		s.invited(guest, inviter)
		s.buys("noodles", inviter, 1000)
		s.buys("noodles", other, 1000)
		s.buys("noodles", guest, 1000)
		s.buys("tea", guest, 1000)
		s.Drain()
		assert.EqualValues(t, 1, s.relation("noodles", inviter).Brought)
		s.invited(guest, other)
		moved := models.OriginMoved{MemberID: guest, FromID: s.StoreID("shoes"), ToID: s.StoreID("tea"), FromInviter: inviter, ToInviter: other, JoinedAt: s.Time.Now()}
		s.tell(models.EventOriginMoved, moved)
		s.tell(models.EventOriginMoved, moved)
		assert.Zero(t, s.relation("noodles", inviter).Brought)
		assert.EqualValues(t, 1, s.relation("noodles", other).Brought)
		assert.EqualValues(t, 1, s.relation("tea", other).Brought)
	})
}

func TestWhoBroughtANeighbourAndLeftStaysGone(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		inviter, guest := s.member(testkit.Shopper), s.member(testkit.OtherShopper)
		s.invited(guest, inviter)
		s.leaves(inviter)
		s.buys("noodles", guest, 1000)
		s.Drain()
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Relation{}).Where("member_id = ?", inviter).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}

func TestSilenceTakesALevelAtATime(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 4) // the last one was yesterday
		for _, step := range []struct {
			after time.Duration
			level models.Level
		}{{89*day - 1, models.LevelWeak}, {1, models.LevelMicro}, {90 * day, models.LevelNone}, {900 * day, models.LevelNone}} {
			s.Time.Advance(step.after)
			_, err := s.Relation.Review(s.Ctx())
			require.NoError(t, err)
			assert.Equal(t, step.level, s.relation("noodles", shopper).Level)
		}
	})
}

func TestALevelIsReadAsOfNowEvenBeforeTheReview(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 4)
		s.Time.Advance(89 * day)
		level, reasons, err := s.Relation.Level(s.Ctx(), s.Street.Alliance.ID, s.StoreID("noodles"), shopper)
		require.NoError(t, err)
		assert.Equal(t, models.LevelMicro, level)
		assert.Contains(t, reasons[len(reasons)-1].ZH, "落了 1 级")
	})
}

// TestTheRowSaysWhatTheRuleSays writes random histories through the service and compares every relation's row with the
// pure function over the facts that the test kept itself.
func TestTheRowSaysWhatTheRuleSays(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, 7))
			member := s.Join(1, "shoes")[0].Member.ID
			facts := models.LevelFacts{QuietDays: s.Street.Alliance.QuietDays}
			for range 12 {
				s.Time.Advance(time.Duration(r.IntN(40)) * day)
				switch now := s.Time.Now(); r.IntN(4) {
				case 0:
					_, err := s.record(s.visit(models.VisitScan, "tea", member, 0))
					require.NoError(t, err)
					facts.Seen = append(facts.Seen, now)
				case 1:
					s.tell(models.EventCommentCreated, models.CommentCreated{CommentID: models.NewID(), MemberID: member, StoreID: s.StoreID("tea"), At: now})
					facts.TookPart = append(facts.TookPart, now)
				default:
					v := s.buys("tea", member, 100)
					facts.Bought = append(facts.Bought, now)
					if r.IntN(5) == 0 {
						require.NoError(t, s.cancel(v.ID))
						facts.Bought = facts.Bought[:len(facts.Bought)-1]
					}
				}
			}
			s.Time.Advance(time.Duration(r.IntN(200)) * day)
			_, err := s.Relation.Review(s.Ctx())
			require.NoError(t, err)
			require.Equal(t, facts.Bond(s.Time.Now()).Level, s.relation("tea", member).Level, "seed %d", seed)
		}
	})
}

func TestOthersSeeABadgeOnlyFromStrongUp(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		closest, strong, weak := s.member(testkit.Shopper), s.member(testkit.OtherShopper), s.member(testkit.ThirdShopper)
		for _, m := range []models.ID{closest, strong, weak} {
			s.buysOften("noodles", m, 4)
		}
		for range 3 {
			_, err := s.record(s.visit(models.VisitCheckIn, "noodles", strong, 0))
			require.NoError(t, err)
		}
		s.invited(weak, closest)
		s.buys("noodles", weak, 100)
		s.Drain()
		badges, err := s.Relation.Badges(s.Ctx(), s.Street.Alliance.ID, []models.ID{closest, strong, weak, models.NewID()})
		require.NoError(t, err)
		assert.Equal(t, map[models.ID]string{closest: "super", strong: "strong"}, badges)
	})
}

type levels struct {
	Items []struct {
		Store   models.StoreRef
		Open    bool
		Level   string
		Reasons []string
		Next    string
	}
}

func TestAMemberSeesTheLevelsAndWhy(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 5)
		s.buys("shoes", shopper, 100)
		var zh, en levels
		s.As(testkit.Shopper).Get("/me/levels").Must(200).Into(&zh)
		require.Len(t, zh.Items, 4)
		assert.Equal(t, []string{"noodles", "shoes", "tea", "books"}, []string{zh.Items[0].Store.Slug, zh.Items[1].Store.Slug, zh.Items[2].Store.Slug, zh.Items[3].Store.Slug})
		assert.Equal(t, "weak", zh.Items[0].Level)
		assert.True(t, zh.Items[0].Open)
		assert.Equal(t, []string{"半年里吃过 5 回。"}, zh.Items[0].Reasons)
		assert.Equal(t, "店里的事再参加 3 回，就是强关系", zh.Items[0].Next)
		assert.Equal(t, "none", zh.Items[2].Level)

		s.As(testkit.Shopper).In("en").Get("/me/levels").Must(200).Into(&en)
		assert.Equal(t, []string{"In half a year ate here 5 times."}, en.Items[0].Reasons)
		assert.False(t, strings.ContainsAny(en.Items[3].Next, "买就"))
	})
}
