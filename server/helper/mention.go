package helper

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/web"
)

// called answers a post that calls the helper, as a comment under it, in the language of who wrote. What is a member's
// own is not told here: the helper says where to ask. A question for a person is passed on.
func (s *Service) called(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PostCreated) error {
	if p.MemberID.IsZero() {
		return nil
	}
	post, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ? AND deleted_at IS NULL", p.PostID, e.AllianceID)
	if err != nil || !calls(post.Text) {
		return known(err)
	}
	account, err := s.Identity.Account(ctx, p.AuthorAccountID)
	if err != nil {
		return err
	}
	ctx = web.WithLocale(ctx, account.Locale)
	asker := &identity.Principal{AllianceID: e.AllianceID, AccountID: p.AuthorAccountID, MemberID: p.MemberID}
	text, err := s.inPublic(ctx, asker, post.Text)
	if err != nil {
		return err
	}
	me, err := s.account(tx, e.AllianceID)
	if err != nil {
		return err
	}
	_, err = s.Feed.Comment(ctx, feed.Author{Alliance: e.AllianceID, Account: me.ID}, post.ID, text)
	return known(err)
}

// known takes what cannot be helped (the post has gone) as done.
func known(err error) error {
	var refused *models.Error
	if errors.As(err, &refused) {
		return nil
	}
	return err
}

func calls(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "@小二") || strings.Contains(text, "@xiaoer")
}

// inPublic is the answer as the whole street may read it.
func (s *Service) inPublic(ctx context.Context, asker *identity.Principal, question string) (string, error) {
	if Understand(question).Private() {
		return word(ctx, "这是您自己的事，不在这儿说。在「我」里点小二，悄悄告诉您", "That is your own affair, not for the street. Tap Xiao'er under Me and I will tell you quietly."), nil
	}
	r, err := s.Ask(ctx, asker, cut(question))
	if errors.Is(err, ErrMany) || errors.Is(err, ErrEmpty) {
		return word(ctx, "我在。问我今天有什么、哪家开着、能领什么券", "I am here. Ask me what is on, what is open, what can be claimed."), nil
	}
	return r.inWords(), err
}

// inWords is an answer as a comment says it.
func (r HelperReply) inWords() string {
	said := []string{r.Text}
	for _, l := range r.Lines {
		said = append(said, l.Text)
	}
	return strings.Join(said, "\n")
}

// cut keeps the beginning of a long post.
func cut(text string) string {
	runes := []rune(models.PlainText(text))
	return string(runes[:min(len(runes), questionLength)])
}

// account is the helper's own in a street, made on first use: nobody can log in to it, since it has no phone.
func (s *Service) account(tx *gorm.DB, alliance models.ID) (models.Account, error) {
	hash := sha256.Sum256([]byte("helper of " + alliance.String()))
	row := models.Account{ID: models.NewID(), PhoneHash: hash[:], Name: "小二", Face: "xiaoer", Locale: "zh-CN", CreatedAt: s.Clock.Now()}
	if err := db.OnConflictSkip(tx).Create(&row).Error; err != nil {
		return row, err
	}
	return db.Find[models.Account](tx, "phone_hash = ?", hash[:])
}
