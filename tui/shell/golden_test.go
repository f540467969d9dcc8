package shell

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// scenes are the main screens, each reached by keys from the start.
var scenes = []struct {
	name string
	keys []string
}{
	{"start", nil},
	{"params", []string{"2", "j"}},
	{"write body", []string{"j", "2", "j", "j", "enter"}},
	{"refused", []string{"j", "s", "3"}},
	{"redirect timeline", []string{"s", "3", "]", "]", "]"}},
	{"sent", []string{"s", "3", "[", "["}},
	{"nothing to compare", []string{"s", "3", "["}},
	{"auth", []string{"2", "]", "]", "j"}},
	{"filter", []string{"j", "s", "3", "|", ".", "t"}},
	{"rename", []string{"R"}},
	{"suggestions", []string{"2", "]", "a", "a", "c"}},
	{"no connection", []string{"G", "k", "s", "3"}},
	{"broken file", []string{"G", "2"}},
	{"palette", []string{"ctrl+p", "o", "r", "d"}},
	{"environments", []string{"ctrl+e"}},
	{"help", []string{"2", "?"}},
	{"consent", []string{"j", "s", "d"}},
	{"quit", []string{"2", "m", "q"}},
}

func answers(e *collections.Entry) (*request.Exchange, error) {
	switch e.Path {
	case "orders/list-orders":
		return screentest.Redirected(), nil
	case "orders/create-order":
		return screentest.Answer("POST", "https://shop.example/orders", 422, "Unprocessable Entity",
			`{"title":"The order is not valid","errors":[{"pointer":"/items/0/price","detail":"expected a number"}]}`), nil
	case "health":
		return screentest.Refused(errors.New("dial tcp 127.0.0.1:9: connect: connection refused")), nil
	}
	return screentest.Answer("GET", "https://shop.example", 200, "OK", "{}"), nil
}

func TestScreens(t *testing.T) {
	opt := func() Options {
		opt := diagnosing(&world{})
		opt.Core.Send = (&world{answer: answers}).send
		opt.Core.Rename = func(context.Context, *collections.Entry, string) (string, error) { return "", nil }
		return opt
	}
	for _, scene := range scenes {
		pictures(t, opt, func(s *screentest.Screen, keep func(string)) {
			s.Press(scene.keys...)
			keep(scene.name)
		})
	}
}

func TestScreensWithColours(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"dark": {}, "light": {Light: true}, "sixteen": {Depth: theme.Sixteen}, "none": {Depth: theme.Colourless}} {
		t.Run(name, func(t *testing.T) {
			var got string
			synctest.Test(t, func(t *testing.T) {
				opt := diagnosing(&world{})
				opt.Core.Send = (&world{answer: answers}).send
				opt.Theme = choice
				s := open(t, opt, 80, 24)
				s.Press("j", "s", "3")
				got = s.Styled()
			})
			golden.RequireEqual(t, got)
			if name == "none" && ansi.Strip(got) == got {
				t.Error("without colours nothing is bold or reversed")
			}
		})
	}
}
