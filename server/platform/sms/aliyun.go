package sms

import (
	"context"
	"fmt"
	"strings"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	dysms "github.com/alibabacloud-go/dysmsapi-20170525/v4/client"
	"github.com/alibabacloud-go/tea/tea"
)

// Account is what a provider knows us by. Template is the approved text with one place for the code.
type Account struct {
	Key, Secret    string
	Sign, Template string
	App            string // Tencent's SdkAppId
	Endpoint       string // empty: the provider's own
}

// Aliyun sends through Alibaba Cloud's Short Message Service (API 2017-05-25). The template's place is called code.
type Aliyun struct {
	account Account
	client  *dysms.Client
}

// NewAliyun returns a sender; it calls nobody yet.
func NewAliyun(a Account) (*Aliyun, error) {
	if a.Endpoint == "" {
		a.Endpoint = "https://dysmsapi.aliyuncs.com"
	}
	scheme, host, _ := strings.Cut(a.Endpoint, "://")
	client, err := dysms.NewClient(&openapi.Config{
		AccessKeyId: tea.String(a.Key), AccessKeySecret: tea.String(a.Secret), Endpoint: tea.String(host), Protocol: tea.String(scheme),
		ConnectTimeout: tea.Int(3000), ReadTimeout: tea.Int(5000), // milliseconds
	})
	return &Aliyun{account: a, client: client}, err
}

// SendCode implements Sender.
func (s *Aliyun) SendCode(_ context.Context, phone, code string) error {
	answer, err := s.client.SendSms(&dysms.SendSmsRequest{
		PhoneNumbers: tea.String(strings.TrimPrefix(phone, "+86")), SignName: tea.String(s.account.Sign),
		TemplateCode: tea.String(s.account.Template), TemplateParam: tea.String(fmt.Sprintf(`{"code":%q}`, code)),
	})
	if err != nil {
		return fmt.Errorf("aliyun sms: %w", err)
	}
	if said := tea.StringValue(answer.Body.Code); said != "OK" {
		return fmt.Errorf("aliyun sms: %s: %s", said, tea.StringValue(answer.Body.Message))
	}
	return nil
}
