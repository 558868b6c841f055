package sms_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/server/platform/sms"
)

// provider is a server that notes what it was asked and answers with a fixed text.
func provider(t *testing.T, answer string) (*httptest.Server, *http.Request, *bytes.Buffer) {
	t.Helper()
	asked, body := &http.Request{}, &bytes.Buffer{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = *r.Clone(r.Context())
		_, _ = io.Copy(body, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server, asked, body
}

func account(endpoint string) sms.Account {
	return sms.Account{Key: "key-1", Secret: "secret-1", Sign: "一条街", Template: "T1", App: "1400", Endpoint: endpoint}
}

func TestAliyunGetsPhoneTemplateAndCode(t *testing.T) {
	server, asked, _ := provider(t, `{"Code":"OK","Message":"OK","RequestId":"1","BizId":"2"}`)
	s, err := sms.NewAliyun(account(server.URL))
	require.NoError(t, err)
	require.NoError(t, s.SendCode(t.Context(), "+8613800138000", "048213"))
	q := asked.URL.Query()
	require.Equal(t, []string{"13800138000", "一条街", "T1", `{"code":"048213"}`}, []string{q.Get("PhoneNumbers"), q.Get("SignName"), q.Get("TemplateCode"), q.Get("TemplateParam")})
	require.Contains(t, asked.Header.Get("Authorization"), "Credential=key-1")
	require.NotContains(t, asked.URL.String()+asked.Header.Get("Authorization"), "secret-1")
}

func TestAliyunsRefusalIsAnError(t *testing.T) {
	server, _, _ := provider(t, `{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"too many","RequestId":"1"}`)
	s, err := sms.NewAliyun(account(server.URL))
	require.NoError(t, err)
	require.ErrorContains(t, s.SendCode(t.Context(), "+8613800138000", "048213"), "isv.BUSINESS_LIMIT_CONTROL")
}

func TestTencentGetsPhoneTemplateAndCode(t *testing.T) {
	server, asked, body := provider(t, `{"Response":{"SendStatusSet":[{"Code":"Ok","Message":"send success"}],"RequestId":"1"}}`)
	s, err := sms.NewTencent(account(server.URL))
	require.NoError(t, err)
	require.NoError(t, s.SendCode(t.Context(), "+8613800138000", "048213"))
	require.JSONEq(t, `{"PhoneNumberSet":["+8613800138000"],"SmsSdkAppId":"1400","TemplateId":"T1","SignName":"一条街","TemplateParamSet":["048213"]}`, body.String())
	require.Contains(t, asked.Header.Get("Authorization"), "TC3-HMAC-SHA256 Credential=key-1/")
	require.Equal(t, "SendSms", asked.Header.Get("X-TC-Action"))
}

func TestTencentsRefusalIsAnError(t *testing.T) {
	for _, answer := range []string{
		`{"Response":{"SendStatusSet":[{"Code":"LimitExceeded.PhoneNumberDailyLimit","Message":"no"}],"RequestId":"1"}}`,
		`{"Response":{"Error":{"Code":"LimitExceeded.PhoneNumberDailyLimit","Message":"no"},"RequestId":"1"}}`,
	} {
		server, _, _ := provider(t, answer)
		s, err := sms.NewTencent(account(server.URL))
		require.NoError(t, err)
		require.ErrorContains(t, s.SendCode(t.Context(), "+8613800138000", "048213"), "LimitExceeded")
	}
}

func TestTheConsoleWritesTheCode(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, sms.NewConsole(&out).SendCode(t.Context(), "+8613800138000", "048213"))
	require.Equal(t, "SMS to +8613800138000: 048213\n", out.String())
}
