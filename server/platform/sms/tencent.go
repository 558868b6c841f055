package sms

import (
	"context"
	"fmt"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	tencent "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sms/v20210111"
)

// Tencent sends through Tencent Cloud's Short Message Service (API 2021-01-11). The template's place is {1}.
type Tencent struct {
	account Account
	client  *tencent.Client
}

// NewTencent returns a sender; it calls nobody yet.
func NewTencent(a Account) (*Tencent, error) {
	if a.Endpoint == "" {
		a.Endpoint = "https://sms.tencentcloudapi.com"
	}
	p := profile.NewClientProfile()
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	p.HttpProfile.Scheme, p.HttpProfile.Endpoint, p.HttpProfile.ReqTimeout = scheme, host, 5 // seconds
	client, err := tencent.NewClient(common.NewCredential(a.Key, a.Secret), "ap-guangzhou", p)
	return &Tencent{account: a, client: client}, err
}

// SendCode implements Sender.
func (s *Tencent) SendCode(ctx context.Context, phone, code string) error {
	ask := tencent.NewSendSmsRequest()
	ask.PhoneNumberSet = common.StringPtrs([]string{phone})
	ask.SmsSdkAppId, ask.SignName, ask.TemplateId = &s.account.App, &s.account.Sign, &s.account.Template
	ask.TemplateParamSet = common.StringPtrs([]string{code})
	answer, err := s.client.SendSmsWithContext(ctx, ask)
	if err != nil {
		return fmt.Errorf("tencent sms: %w", err)
	}
	for _, status := range answer.Response.SendStatusSet {
		if status.Code == nil || *status.Code != "Ok" {
			return fmt.Errorf("tencent sms: %s", text(status.Code)+": "+text(status.Message))
		}
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
