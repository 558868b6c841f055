package relation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/testkit"
)

func customer(s street, slug string, member models.ID) string {
	return s.At(slug, "/customers/"+member.String())
}

func TestThePortraitIsItsStoresAlone(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 2)
		s.buys("tea", shopper, 100)
		s.Drain()
		portrait := map[string]any{"remark": " 王阿姨 ", "tags": []string{"爱吃辣", "爱吃辣", " 周三来 "}, "note": "膝盖怕凉"}
		got := s.As(testkit.ClerkOf("noodles")).Put(customer(s, "noodles", shopper), portrait).Must(200).Map()
		assert.Equal(t, "王阿姨", got["remark"])
		assert.Equal(t, "王阿姨", got["name"])
		assert.Equal(t, []any{"爱吃辣", "周三来"}, got["tags"])
		assert.Equal(t, "micro", got["level"])
		assert.Equal(t, []any{"半年里吃过 2 回。"}, got["reasons"])
		assert.Len(t, got["visits"], 2)

		for _, r := range []*testkit.Response{
			s.As(testkit.OwnerOf("tea")).Get(customer(s, "tea", shopper)).Must(200),
			s.As(testkit.OwnerOf("tea")).Get(s.At("tea", "/customers")).Must(200),
		} {
			assert.NotContains(t, string(r.Body), "膝盖")
			assert.NotContains(t, string(r.Body), "王阿姨")
		}
		s.As(testkit.OwnerOf("tea")).Get(customer(s, "noodles", shopper)).Must(403)
		s.As(testkit.OtherOwner).Get(customer(s, "noodles", shopper)).Must(403)
		s.As(testkit.Coordinator).Get(customer(s, "noodles", shopper)).Must(403)
	})
}

func TestWhoIsInNoBookIsNobodysCustomer(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		stranger, foreign := s.member(testkit.OtherShopper), s.Other.People[testkit.Shopper].Member.ID
		for _, m := range []models.ID{stranger, foreign, models.NewID()} {
			s.As(testkit.ClerkOf("noodles")).Get(customer(s, "noodles", m)).Refused(404, "not_found")
			s.As(testkit.ClerkOf("noodles")).Put(customer(s, "noodles", m), map[string]any{"remark": "x", "tags": []string{}, "note": ""}).Refused(404, "not_found")
		}
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Relation{}).Where("alliance_id = ?", s.Street.Alliance.ID).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}

func TestPortraitsHaveTheirMeasure(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 100)
		s.Drain()
		long := strings.Repeat("长", 301)
		eleven := strings.Split("一,二,三,四,五,六,七,八,九,十,十一", ",")
		for code, body := range map[string]map[string]any{
			"remark": {"remark": long[:63], "tags": []string{}, "note": ""},
			"note":   {"remark": "", "tags": []string{}, "note": long},
			"tags":   {"remark": "", "tags": eleven, "note": ""},
		} {
			s.As(testkit.ClerkOf("noodles")).Put(customer(s, "noodles", shopper), body).Refused(422, code)
		}
		assert.Empty(t, s.relation("noodles", shopper).Note)
	})
}

func TestWhatIsNotSettledEndsTheRelationUntilItIs(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buysOften("noodles", shopper, 4)
		s.Drain()
		path := customer(s, "noodles", shopper) + "/complaint"
		s.As(testkit.ClerkOf("noodles")).Put(path, map[string]any{"about": "  "}).Refused(422, "complaint")
		got := s.As(testkit.ClerkOf("noodles")).Put(path, map[string]any{"about": "面里少放了一样"}).Must(200).Map()
		assert.Equal(t, "none", got["level"])
		assert.Equal(t, "说妥就恢复", got["next"])
		assert.Equal(t, models.LevelNone, s.relation("noodles", shopper).Level)

		var mine levels
		s.As(testkit.Shopper).Get("/me/levels").Must(200).Into(&mine)
		assert.Contains(t, mine.Items[0].Reasons[0]+mine.Items[1].Reasons[0], "还没说妥")

		got = s.As(testkit.ClerkOf("noodles")).Delete(path).Must(200).Map()
		assert.Equal(t, "weak", got["level"])
		assert.Equal(t, models.LevelWeak, s.relation("noodles", shopper).Level)
	})
}

func TestAMemberTakesEverythingAndLeavesNothingPersonal(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		v := s.buys("noodles", shopper, 5000)
		s.Drain()
		s.As(testkit.ClerkOf("noodles")).Put(customer(s, "noodles", shopper), map[string]any{"remark": "王阿姨", "tags": []string{"辣"}, "note": "膝盖怕凉"}).Must(200)

		export := string(s.As(testkit.Shopper).Get("/me/export").Must(200).Body)
		for _, held := range []string{"膝盖怕凉", "王阿姨", "林家面馆", `"paid_fen": 5000`} {
			assert.Contains(t, strings.ReplaceAll(export, `":5000`, `": 5000`), held)
		}
		s.leaves(shopper)
		s.Drain()
		for _, table := range []any{&models.Relation{}, &models.Participation{}} {
			var rows int64
			require.NoError(t, s.DB.Read(s.Ctx()).Model(table).Where("member_id = ?", shopper).Count(&rows).Error)
			assert.Zero(t, rows)
		}
		require.NoError(t, s.cancel(v.ID), "the visit stands for the books, and can still be taken back")
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Relation{}).Where("member_id = ?", shopper).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}
