package realtime

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert/yaml"
	"github.com/stretchr/testify/require"

	"onestreet/models"
)

// contract is docs/asyncapi.yaml. Every frame that any test of this package hears is held to it.
var contract = sync.OnceValue(func() map[string]any {
	var doc map[string]any
	text, err := os.ReadFile("../../../docs/asyncapi.yaml")
	if err == nil {
		err = yaml.Unmarshal(text, &doc)
	}
	if err != nil {
		panic(err)
	}
	return doc
})

// at walks a path of keys ("components/messages/item").
func at(doc any, path string) any {
	for _, key := range strings.Split(path, "/") {
		switch node := doc.(type) {
		case map[string]any:
			doc = node[key]
		default:
			return nil
		}
	}
	return doc
}

// holds fails the test unless the frame is one of the contract's messages.
func holds(t testing.TB, raw []byte) {
	t.Helper()
	var frame map[string]any
	require.NoError(t, json.Unmarshal(raw, &frame), "%s", raw)
	op, _ := frame["op"].(string)
	payload := at(contract(), "components/messages/"+op+"/payload")
	require.NotNil(t, payload, "the contract knows no %q", op)
	require.NoError(t, fits(payload, frame, op), "%s", raw)
}

// fits checks a value against the part of JSON Schema that the contract uses; anything else in a schema is an error.
func fits(schema, value any, where string) error {
	for keyword, rule := range schema.(map[string]any) {
		if err := obeys(schema.(map[string]any), keyword, rule, value, where); err != nil {
			return err
		}
	}
	return nil
}

func obeys(schema map[string]any, keyword string, rule, value any, where string) error {
	wrong := func(ok bool) error {
		if ok {
			return nil
		}
		return fmt.Errorf("%s: %v breaks %s: %v", where, value, keyword, rule)
	}
	text, isText := value.(string)
	number, isNumber := value.(float64)
	object, isObject := value.(map[string]any)
	switch keyword {
	case "$ref":
		return fits(at(contract(), strings.TrimPrefix(rule.(string), "#/")), value, where)
	case "type":
		return wrong(rule == "string" && isText || rule == "object" && isObject || rule == "integer" && isNumber && number == math.Trunc(number))
	case "const":
		return wrong(fmt.Sprint(rule) == fmt.Sprint(value))
	case "enum":
		return wrong(slices.Contains(rule.([]any), value))
	case "pattern":
		return wrong(pattern(rule.(string)).MatchString(text))
	case "minLength":
		return wrong(utf8.RuneCountInString(text) >= rule.(int))
	case "maxLength":
		return wrong(utf8.RuneCountInString(text) <= rule.(int))
	case "minimum":
		return wrong(number >= float64(rule.(int)))
	case "format":
		_, err := time.Parse(time.RFC3339, text)
		return wrong(rule == "date-time" && err == nil)
	case "required":
		return wrong(!slices.ContainsFunc(rule.([]any), func(name any) bool { _, there := object[name.(string)]; return !there }))
	case "properties":
		return properties(rule.(map[string]any), object, where)
	case "additionalProperties":
		for name := range object {
			if at(schema, "properties/"+name) == nil {
				return fmt.Errorf("%s: %s is not in the contract", where, name)
			}
		}
		return nil
	case "description":
		return nil
	}
	return fmt.Errorf("%s: the test knows no keyword %q", where, keyword)
}

var patterns sync.Map

func pattern(rule string) *regexp.Regexp {
	if p, known := patterns.Load(rule); known {
		return p.(*regexp.Regexp)
	}
	p := regexp.MustCompile(rule)
	patterns.Store(rule, p)
	return p
}

func properties(schemas, object map[string]any, where string) error {
	for name, schema := range schemas {
		if value, there := object[name]; there {
			if err := fits(schema, value, where+"."+name); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestTheCheckFindsWhatIsWrong(t *testing.T) {
	good := `{"op":"item","stream":"feed:street","seq":1,"kind":"post.created","at":"2026-10-17T04:00:00Z","data":{}}`
	check := func(frame string) error {
		var value map[string]any
		require.NoError(t, json.Unmarshal([]byte(frame), &value))
		return fits(at(contract(), "components/messages/item/payload"), value, "item")
	}
	require.NoError(t, check(good))
	for _, change := range [][2]string{
		{`"seq":1,`, ``}, {`"seq":1`, `"seq":-1`}, {`"seq":1`, `"seq":1.5`}, {`"data":{}`, `"data":[]`}, {`"op":"item"`, `"op":"thing"`},
		{`feed:street`, `Feed street`}, {`T04:00:00Z`, `T04:00:00+08:00`}, {`post.created`, `Post`}, {`"seq":1`, `"seq":1,"more":1`},
		{`feed:street`, `feed:` + strings.Repeat("x", 100)},
	} {
		require.Error(t, check(strings.Replace(good, change[0], change[1], 1)), "%v", change)
	}
}

// TestEveryMessageOfTheContractIsSpoken: what a client may say by the contract is understood, and what it may hear is
// heard at least once.
func TestEveryMessageOfTheContractIsSpoken(t *testing.T) {
	s := newStreet(t, sqlite(t), NewLocal(), Options{})
	s.bulk("desk:shoes", MaxBehind+1)
	p := enter(t, s.listen(s.hub), "li")
	said := map[string]bool{"hello": true}
	heard := map[string]bool{"welcome": true}
	say := func(frame map[string]any) {
		raw, err := json.Marshal(frame)
		require.NoError(t, err)
		holds(t, raw)
		said[frame["op"].(string)] = true
		p.say(frame)
	}
	hear := func(op string) {
		require.Equal(t, op, p.hear().Op)
		heard[op] = true
	}
	say(map[string]any{"op": "follow", "stream": feed, "since": 0})
	hear("following")
	s.post(feed, 1)
	hear("item")
	say(map[string]any{"op": "typing", "stream": feed})
	hear("signal")
	say(map[string]any{"op": "unfollow", "stream": feed})
	hear("unfollowed")
	say(map[string]any{"op": "follow", "stream": "desk:shoes", "since": 0})
	hear("reset")
	say(map[string]any{"op": "token", "token": "li/2"})
	hear("renewed")
	say(map[string]any{"op": "follow", "stream": "moon:full"})
	hear("error")
	require.Equal(t, operation(t, "say"), said)
	require.Equal(t, operation(t, "hear"), heard)
}

// operation is the set of messages of one of the contract's operations.
func operation(t *testing.T, name string) map[string]bool {
	t.Helper()
	ops := map[string]bool{}
	for _, ref := range at(contract(), "operations/"+name+"/messages").([]any) {
		path := strings.TrimPrefix(ref.(map[string]any)["$ref"].(string), "#/")
		message := at(contract(), path)
		require.NotNil(t, message, path)
		ops[path[strings.LastIndex(path, "/")+1:]] = true
	}
	return ops
}

// TestTheWordsSayWhatTheCodeDoes: docs/protocol.md, docs/asyncapi.yaml and the code name the same ops, close codes and
// error codes.
func TestTheWordsSayWhatTheCodeDoes(t *testing.T) {
	words, err := os.ReadFile("../../../docs/protocol.md")
	require.NoError(t, err)
	ops := map[string]bool{}
	for _, m := range regexp.MustCompile(`\| .\{"op":"([a-z]+)"`).FindAllStringSubmatch(string(words), -1) {
		ops[m[1]] = true
	}
	both := operation(t, "say")
	for op := range operation(t, "hear") {
		both[op] = true
	}
	require.Equal(t, both, ops)

	codes := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| (\\d{4}) \\| (?:`([a-z0-9_]+)`)?").FindAllStringSubmatch(string(words), -1) {
		codes[m[1]] = m[2]
	}
	ours, theirs := map[string]string{}, map[string]string{}
	for _, c := range []Close{
		CloseNormal, CloseExpired, CloseNotAllowed, CloseTooSlow, CloseTooMany, CloseGoingAway, CloseProtocol, CloseBinary,
		CloseEncoding, CloseTooFrequent, CloseTooLarge, CloseInside,
	} {
		ours[strconv.Itoa(int(c.Code))] = c.Reason
	}
	text, err := yamlCloseCodes()
	require.NoError(t, err)
	for code, reason := range text {
		theirs[strconv.Itoa(code)] = reason
	}
	require.Equal(t, ours, codes)
	require.Equal(t, ours, theirs)

	for _, e := range []*models.Error{ErrFrame, ErrOp, ErrHello, ErrVersion, ErrGreeted, ErrStream, ErrNotAllowed, ErrNotFollowed, ErrStreams, ErrOther, errInside} {
		require.Contains(t, string(words), "`"+e.Code+"`")
	}
}

func yamlCloseCodes() (map[int]string, error) {
	var doc struct {
		Components struct {
			Codes map[int]string `yaml:"x-close-codes"`
		}
	}
	text, err := os.ReadFile("../../../docs/asyncapi.yaml")
	if err == nil {
		err = yaml.Unmarshal(text, &doc)
	}
	return doc.Components.Codes, err
}

// TestTheNumbersInTheWords: the limits that docs/protocol.md tells clients are the ones that hold.
func TestTheNumbersInTheWords(t *testing.T) {
	words, err := os.ReadFile("../../../docs/protocol.md")
	require.NoError(t, err)
	o := Options{}.withDefaults()
	for _, sentence := range []string{
		fmt.Sprintf("within %.0f seconds", o.HelloWithin.Seconds()),
		fmt.Sprintf("nothing comes for %.0f is", o.SilentFor.Seconds()),
		fmt.Sprintf("pings every %d seconds", pingEvery),
		fmt.Sprintf("%d KB wait", o.QueueBytes>>10),
		fmt.Sprintf("has at most %d KB", MaxFrame>>10),
		fmt.Sprintf("send %d at once and %.0f a second", o.FramesBurst, o.FramesRate),
		fmt.Sprintf("follow %d streams", maxStreams),
		fmt.Sprintf("%d of one account", o.PerAccount),
		"over 1,000 items", "2,000 of one address", "four times a second", "every two seconds",
	} {
		require.Contains(t, strings.Join(strings.Fields(string(words)), " "), sentence)
	}
	require.Equal(t, []any{1000, 2000, time.Second / 4, 2 * time.Second}, []any{MaxBehind, o.PerAddress, CoalesceEvery, typingWait})
}
