package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// questionAnswered brings a member what a person answered to a question that the helper had passed on.
func (s *Service) questionAnswered(_ context.Context, tx *gorm.DB, e outbox.Event, p models.QuestionAnswered) error {
	q, err := db.Find[models.HelperQuestion](tx, "id = ? AND alliance_id = ?", p.QuestionID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.MemberID, store: p.StoreID, kind: models.NoticeAnswer, reference: "question:" + q.ID.String(), at: p.At,
		facts: facts{Title: q.Text, Why: models.Text{ZH: q.Answer, EN: q.Answer}},
	})
}
