package coupon

import (
	"errors"

	"onestreet/models"
)

// ToClerk puts a refusal to give a coupon out in words for who hands it over. A claim's own words speak to the member whose
// coupon it would be: a shop that hands over a prize is not the one who "has theirs already".
func ToClerk(err error) error {
	var refused *models.Error
	if !errors.As(err, &refused) {
		return err
	}
	words, ours := clerkWords[refused.Code]
	if !ours {
		return err
	}
	return refused.Say(words.ZH, words.EN)
}

var clerkWords = map[string]models.Text{
	ErrClaimLimit.Code: {ZH: "这位街坊已经拿满了，每人就这么多", EN: "This member has as many as one may."},
	ErrHousehold.Code:  {ZH: "这位街坊一家已经拿满了", EN: "This member's household has as many as one may."},
	ErrNotInvited.Code: {ZH: "这张券定好了发给谁，这位街坊不在里头", EN: "This coupon's terms say whom it is for, and this member is not among them."},
	ErrSoldOut.Code:    {ZH: "这张券发完了", EN: "All of this coupon are given out."},
	ErrDayFull.Code:    {ZH: "今天的发完了，明天再给", EN: "Today's are all given out. Hand it over tomorrow."},
}
