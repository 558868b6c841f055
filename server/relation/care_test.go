package relation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/server/testkit"
)

func TestWhomToLookAfterToday(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		closest, guest := s.member(testkit.Shopper), s.member(testkit.OtherShopper)
		people := s.Join(4, "noodles")
		quiet, angry, strong, fine := people[0].Member.ID, people[1].Member.ID, people[2].Member.ID, people[3].Member.ID
		s.buysOften("noodles", quiet, 4)
		s.Time.Advance(60 * day)
		for range 3 {
			s.buysOften("noodles", strong, 2)
			_, err := s.record(s.visit("check_in", "noodles", strong, 0))
			require.NoError(t, err)
		}
		s.Time.Advance(22 * day) // the quiet one's last purchase was 83 days ago
		s.buysOften("noodles", fine, 3)
		s.buysOften("noodles", angry, 1)
		s.buysOften("noodles", closest, 4)
		s.invited(guest, closest)
		s.buys("noodles", guest, 100)
		s.Drain()
		alliance, store := s.Street.Alliance.ID, s.StoreID("noodles")
		require.NoError(t, s.Relation.Complain(s.Ctx(), alliance, store, angry, "汤洒了"))

		care, err := s.Relation.Care(s.Ctx(), alliance, store, "zh-CN")
		require.NoError(t, err)
		require.Len(t, care, 4)
		assert.Equal(t, []any{angry, "reply", "汤洒了", "先说声对不住，再说怎么办。"}, []any{care[0].MemberID, care[0].Action, care[0].Reason, care[0].Hint})
		assert.Equal(t, []any{closest, "thank", "带来的街坊，刚买了第一单。"}, []any{care[1].MemberID, care[1].Action, care[1].Reason})
		assert.Equal(t, []any{quiet, "greet", "83 天没来，再过 7 天降级。"}, []any{care[2].MemberID, care[2].Action, care[2].Reason})
		assert.Equal(t, []any{strong, "greet", "22 天没来，一共买过 6 回。"}, []any{care[3].MemberID, care[3].Action, care[3].Reason})

		english, err := s.Relation.Care(s.Ctx(), alliance, store, "en")
		require.NoError(t, err)
		assert.Equal(t, "Not here for 83 days; down one level in 7.", english[2].Reason)

		elsewhere, err := s.Relation.Care(s.Ctx(), alliance, s.StoreID("tea"), "zh-CN")
		require.NoError(t, err)
		assert.Empty(t, elsewhere, "another store knows nothing of it")
	})
}
