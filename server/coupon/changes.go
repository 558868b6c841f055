package coupon

import (
	"slices"

	"onestreet/models"
)

// change is one thing that two versions of a campaign say differently.
type change struct{ what, before, after models.Text }

// text puts a change in words: 张数：100 改成 150.
func (c change) text() models.Text {
	return models.Text{ZH: c.what.ZH + "：" + c.before.ZH + " 改成 " + c.after.ZH, EN: c.what.EN + ": " + c.before.EN + " becomes " + c.after.EN}
}

// version is what one version of a campaign says.
type version struct {
	models.Campaign
	shares []models.CampaignShare
}

// changes lists what another version changes, in the order in which a signer asks: what it gives, what it costs, who pays.
func changes(st street, was, is version) []models.Text {
	said := []models.Text{}
	for _, f := range facts {
		before, after := f.say(st, was.Campaign), f.say(st, is.Campaign)
		if before != after {
			said = append(said, change{f.what, before, after}.text())
		}
	}
	for _, id := range fundersOf(was.shares, is.shares) {
		before, after := shareOf(was.shares, id), shareOf(is.shares, id)
		if before != after {
			name := st.funder(id).Name
			said = append(said, change{models.Text{ZH: name + "出的份额", EN: "The share of " + name}, before, after}.text())
		}
	}
	return said
}

// fundersOf lists who carries a share in either version, in order.
func fundersOf(was, is []models.CampaignShare) []models.ID {
	var ids []models.ID
	for _, sh := range slices.Concat(is, was) {
		if !slices.Contains(ids, sh.StoreID) {
			ids = append(ids, sh.StoreID)
		}
	}
	return ids
}

func shareOf(shares []models.CampaignShare, id models.ID) models.Text {
	for _, sh := range shares {
		if sh.StoreID == id {
			return models.Same(percent(sh.ShareBPS))
		}
	}
	return models.Text{ZH: "不参加", EN: "no part"}
}
