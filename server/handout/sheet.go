package handout

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout/paper"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

const byteOrderMark = "\ufeff" // without it, Excel takes UTF-8 for GBK

// CSV writes the codes of a batch as a table: for a printer's own software, or to look one up.
func (s *Service) CSV(ctx context.Context, b models.PrintBatch) ([]byte, error) {
	codes, err := s.Codes(ctx, b)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	head := models.Text{ZH: "序号,券码,链接,状态", EN: "number,code,link,state"}
	_ = w.Write(strings.Split(head.In(web.Locale(ctx)), ","))
	for _, c := range codes {
		_ = w.Write([]string{strconv.FormatInt(c.Serial, 10), models.FormatCouponCode(c.Code), s.CouponURL(c.Code), paperStates[c.State].In(web.Locale(ctx))})
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

var paperStates = map[models.PrintedState]models.Text{
	models.PrintedOpen: {ZH: "没领", EN: "open"}, models.PrintedTaken: {ZH: "领走了", EN: "taken"}, models.PrintedVoid: {ZH: "作废", EN: "void"},
}

// PDF sets those codes of a batch that can be taken on a sheet, for a copy shop.
func (s *Service) PDF(ctx context.Context, b models.PrintBatch) ([]byte, error) {
	sheet, err := s.Sheet(ctx, b)
	if err != nil {
		return nil, err
	}
	return paper.PDF(sheet)
}

// Sheet is what stands on paper of a batch: the words, and those of its codes that can be taken.
func (s *Service) Sheet(ctx context.Context, b models.PrintBatch) (paper.Sheet, error) {
	codes, err := s.Codes(ctx, b)
	if err != nil {
		return paper.Sheet{}, err
	}
	sheet, err := s.words(ctx, b)
	if err != nil {
		return sheet, err
	}
	for _, c := range codes {
		if c.State == models.PrintedOpen {
			sheet.Cards = append(sheet.Cards, paper.Card{Serial: c.Serial, Code: models.FormatCouponCode(c.Code), Link: s.CouponURL(c.Code)})
		}
	}
	return sheet, nil
}

// words are what stands on each card, in the reader's language: what it is and gives, where it works, how to take it and until when.
func (s *Service) words(ctx context.Context, b models.PrintBatch) (paper.Sheet, error) {
	c, err := db.Find[models.Campaign](s.DB.Read(ctx), "id = ?", b.CampaignID)
	if err != nil {
		return paper.Sheet{}, err
	}
	street, err := s.Pool.Alliance(ctx, b.AllianceID)
	if err != nil {
		return paper.Sheet{}, err
	}
	store, err := s.Pool.Store(ctx, b.AllianceID, b.StoreID)
	if err != nil {
		return paper.Sheet{}, err
	}
	until := b.Until.In(street.Location())
	say := func(zh, en string) string { return models.Text{ZH: zh, EN: en}.In(web.Locale(ctx)) }
	return paper.Sheet{
		Head:  say(fmt.Sprintf("%s，%s，%s（沿虚线剪开）", store.Name, c.Title, b.Label), fmt.Sprintf("%s, %s, %s (cut along the dashes)", store.Name, c.Title, b.Label)),
		Title: c.Title,
		Lines: []string{
			coupon.Worth(c.Offer).In(web.Locale(ctx)),
			say(street.Name+"，"+store.Name, street.Name+", "+store.Name),
			say("扫码或输入券码，谁先领归谁", "Scan it or type the code. First come, first served."),
			say(until.Format("2006年1月2日 ")+models.SaidTime(until)+"前领", "Until "+until.Format("2 Jan 2006, ")+models.SaidTime(until)),
		},
	}, nil
}
