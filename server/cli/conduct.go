package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"onestreet/server/conduct/advert"
)

// conductCmd has what concerns the street's conduct.
type conductCmd struct {
	Try tryCmd `cmd:"" help:"Judge the lines of a file as posts are judged; prints one JSON object a line: id, verdict (ad, ok, review), rule, evidence."`
}

// tryCmd judges lines without a street.
type tryCmd struct {
	File      string   `arg:"" type:"existingfile" help:"A JSON file: an array of messages, or an object with \"messages\"; of each message id, text, author (member or merchant) and media (image:qr) are read. Any other file is read as a message a line."`
	OwnHost   []string `default:"street.example" help:"Hosts whose links are the street's own."`
	PublicURL string   `name:"public-url" env:"ONESTREET_PUBLIC_URL" help:"The address the platform runs under; its links are the street's own, too."`
}

// tried is a message to judge.
type tried struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Author string `json:"author"`
	Media  string `json:"media"`
}

// verdict is a line of the answer.
type verdict struct {
	ID       string         `json:"id"`
	Verdict  advert.Verdict `json:"verdict"`
	Rule     string         `json:"rule"`
	Evidence string         `json:"evidence,omitempty"`
}

// Run implements the command.
func (c *tryCmd) Run(s streams) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	messages, err := messagesOf(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	judge := advert.Judge{Hosts: c.OwnHost}
	if u, err := url.Parse(c.PublicURL); err == nil && u.Hostname() != "" {
		judge.Hosts = append(judge.Hosts, u.Hostname())
	}
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	for _, m := range messages {
		f := judge.Try(advert.Text{Words: m.Text, Merchant: m.Author == "merchant", QR: m.Media == "image:qr"})
		if err := out.Encode(verdict{m.ID, f.Verdict, f.Rule, f.Evidence}); err != nil {
			return err
		}
	}
	return nil
}

// messagesOf reads a file of either kind; a line of a plain text is named by its number.
func messagesOf(data []byte) ([]tried, error) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	if !json.Valid(data) {
		return linesOf(string(data)), nil
	}
	if bytes.HasPrefix(data, []byte("[")) {
		var list []tried
		err := json.Unmarshal(data, &list)
		return list, err
	}
	var file struct {
		Messages []tried `json:"messages"`
	}
	err := json.Unmarshal(data, &file)
	return file.Messages, err
}

func linesOf(text string) []tried {
	var list []tried
	for i, line := range strings.Split(text, "\n") {
		list = append(list, tried{ID: strconv.Itoa(i + 1), Text: strings.TrimSuffix(line, "\r")})
	}
	return list
}
