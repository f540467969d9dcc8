package shell

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/charmbracelet/x/exp/golden"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// estate is a collection whose environments can be changed.
type estate struct {
	all    []collections.Environment
	refuse error
	saved  int
	given  map[string]string // by environment, a dot and the name
}

func newEstate() *estate {
	return &estate{all: []collections.Environment{
		{Name: "local", File: "/shop/environments/local.yml", Variables: []collections.Variable{{Name: "base", Value: "http://localhost:8080"},
			{Name: "limit", Value: "20"}, {Name: "token", Secret: true}, {Name: "trace", Value: "1", Off: true}, {Name: "api_key", Value: "sk_live_0123456789abcdef"}}},
		{Name: "prod", File: "/shop/environments/prod.yml", Production: true, Variables: []collections.Variable{{Name: "base", Value: "https://api.shop.example"},
			{Name: "limit", Value: "20"}, {Name: "token", Secret: true}, {Name: "region", Value: "eu"}}},
		{Name: "staging", Dev: true, File: "/shop/environments/staging.yml"}}}
}

func (w *estate) options() Options {
	opt := options(&world{})
	opt.Collection.Environments = slices.Clone(w.all) // as files are: what is written shows when it is read anew
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) {
		c := screentest.Shop()
		c.Environments = slices.Clone(w.all)
		return c, nil
	}
	find := func(name string) *collections.Environment {
		for i := range w.all {
			if w.all[i].Name == name {
				return &w.all[i]
			}
		}
		return nil
	}
	opt.Core.Environs = &Environs{
		Save: func(_ context.Context, e collections.Environment, vars []collections.Variable) error {
			kept := find(e.Name)
			switch {
			case w.refuse != nil:
				return w.refuse
			case kept == nil: // it was renamed or deleted meanwhile
				return fs.ErrNotExist
			}
			kept.Variables, w.saved = vars, w.saved+1
			return nil
		},
		Create: func(_ context.Context, name string) (string, error) {
			w.all = append(w.all, collections.Environment{Name: name})
			return name, nil
		},
		Rename: func(_ context.Context, e collections.Environment, name string) (string, error) {
			if find(name) != nil {
				return "", errors.New("there is one of that name")
			}
			was := find(e.Name)
			if was == nil {
				return "", fs.ErrNotExist
			}
			was.Name = name
			return name, nil
		},
		Delete: func(_ context.Context, e collections.Environment) (func() error, error) {
			i := slices.IndexFunc(w.all, func(x collections.Environment) bool { return x.Name == e.Name })
			if i < 0 {
				return nil, fs.ErrNotExist
			}
			w.all = slices.Delete(slices.Clone(w.all), i, i+1)
			return func() error { w.all = slices.Insert(w.all, i, e); return nil }, nil
		},
		Mark: func(_ context.Context, name string, production, dev bool) error {
			e := find(name)
			if e == nil {
				return fs.ErrNotExist
			}
			e.Production, e.Dev = production, dev
			return nil
		},
		Origin: func(env, name string) (string, bool) {
			if w.given[env+"."+name] != "" {
				return "this session", true
			}
			return "CULPRIT_SECRET_" + name, env == "local"
		},
		Give: func(env, name, value string) {
			if w.given == nil {
				w.given = map[string]string{}
			}
			w.given[env+"."+name] = value
		},
	}
	return opt
}

func TestAnEnvironmentIsEditedInItsFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		s := open(t, w.options(), 140, 42)
		s.Press("E")
		s.Has("local", "production", "dev", "environments/local.yml", "http://localhost:8080", "secret, from CULPRIT_SECRET_token", "! secret in the file")
		s.Lacks("sk_live_0123456789abcdef")
		s.Press("enter", "j", "enter")
		s.Has("Edit limit", "Its value in local:", "20")
		s.Press("backspace", "5", "enter")
		s.Has("Saved limit of local", "25")
		s.Press("a")
		s.Type("page=3")
		s.Press("enter")
		s.Has("Added page")
		s.Press("space")
		s.Has("Switched off limit")
		s.Press("j", "j", "j", "s")
		s.Has("Make it a secret?", "leaves the file")
		s.Press("esc")
		s.Press("x")
		s.Has("Delete the variable?")
		s.Press("esc")
		if v := w.all[0].Variables; len(v) != 6 || v[1] != (collections.Variable{Name: "limit", Value: "25", Off: true}) || v[4].Secret || v[5].Value != "3" {
			t.Errorf("%+v", v)
		}
		w.refuse = errors.New("its file was changed by another program")
		s.Press("space")
		s.Has("Nothing was changed, look again: its file was changed by another program")
	})
}

// TestASecretGetsItsValueWhileTheProgramRuns: it is in memory alone, and can be taken back.
func TestASecretGetsItsValueWhileTheProgramRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		opt := w.options()
		s := open(t, opt, 140, 42)
		s.Press("E", "j", "enter", "j", "j")
		s.Has("secret without a value: set CULPRIT_SECRET_token")
		s.Press("enter")
		s.Has("Value of token", "Until you quit, and written nowhere")
		s.Type("tok-1")
		s.Press("enter")
		s.Has("secret, from this session", "{{token}} has that value until you quit")
		s.Lacks("tok-1")
		if w.given["prod.token"] != "tok-1" || w.saved != 0 {
			t.Errorf("given %q, %d files written", w.given, w.saved)
		}
		s.Press("enter", "enter")
		s.Has("secret without a value", "no value of this session any more")
		opt.Core.Environs.Give = nil
		s = open(t, opt, 140, 42)
		s.Press("E", "enter", "j", "j", "enter")
		s.Has("never in the file; it comes from CULPRIT_SECRET_token")
	})
}

// TestAValueOfAnAnswerBecomesAVariable: a sign-in is sent, and its token is what the next request goes out with.
func TestAValueOfAnAnswerBecomesAVariable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		opt := w.options()
		opt.Core.Send = (&world{answer: func(*collections.Entry) (*request.Exchange, error) {
			return screentest.Answer("POST", "https://shop.example/login", 200, "OK", `{"data":{"access_token":"tok-\u00e9","days":[30]}}`), nil
		}}).send
		s := open(t, opt, 140, 42)
		s.Press("s", "3", "t")
		s.Has("Only a text or a number can be a variable")
		s.Press("j", "j", "t")
		s.Has("Take as a variable", "access_token")
		s.Press("enter")
		s.Has("{{access_token}} has that value until you quit; it is written nowhere.")
		s.Press("j", "j", "t")
		s.Has("days")
		s.Type(" x")
		s.Press("enter")
		s.Has("A name holds no braces")
		if len(w.given) != 1 || w.given["local.access_token"] != "tok-é" {
			t.Errorf("given %q", w.given)
		}
	})
}

func TestAnEnvironmentIsRenamedDeletedAndBroughtBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		s := open(t, w.options(), 80, 24)
		s.Press("E", "U")
		s.Has("No environment was deleted here.")
		s.Press("R")
		s.Has("Rename the environment", "secrets are looked for under that name")
		s.Type("-2")
		s.Press("enter")
		s.Has("Renamed local", "local-2", "env local-2")
		s.Press("R", "ctrl+u")
		s.Type("prod")
		s.Press("enter")
		s.Has("Nothing was changed, look again: there is one of that name", "env local-2")

		s.Press("x")
		s.Has("Delete the environment?", "The file environments/local.yml is removed, with its 5 variables.", "it back.")
		s.Press("esc") // the harmless way out
		s.Has("local-2")
		s.Press("x", "y")
		s.Has("Deleted local-2; U brings it back.", "no environment")
		if len(w.all) != 2 {
			t.Fatalf("%+v", w.all)
		}
		s.Press("U")
		s.Has("local-2 is back", "env local-2")
		s.Press("U")
		s.Has("No environment was deleted here.")
	})
}

func TestTwoEnvironmentsAreCompared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		s := open(t, w.options(), 80, 24)
		s.Press("E", "=")
		s.Has("Compare local with", "prod", "staging")
		s.Press("enter")
		s.Has("local and prod", "~ differs", "same", "missing", "region")
		s.Press("G", "enter")
		s.Has("It is not in local; a adds it.")
		s.Press("a", "enter")
		s.Has("Added region")
		if v := w.all[0].Variables; v[len(v)-1] != (collections.Variable{Name: "region", Value: "eu"}) {
			t.Errorf("%+v", v)
		}
		s.Press("esc")
		s.Has("environments/local.yml")
		s.Press("esc", "esc")
		s.Has("1 Collection", "List orders")
	})
}

func TestProductionIsMarkedInTheFrameAndGuarded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		opt := w.options()
		lab := &world{}
		opt.Core.Send = lab.send
		s := open(t, opt, 140, 42)
		s.Press("ctrl+e", "3")
		s.Has("env staging", "Environment: staging")
		s.Press("E", "p")
		s.Has("What is staging?", "p production", "h judge by its hosts")
		s.Press("p")
		s.Has("staging is production", "production: staging")
		s.Press("esc", "j", "s")
		s.Has("Send to production?", "production: staging")
		s.Press("esc")
		s.Press("s", "n")
		if len(lab.sent) != 0 {
			t.Errorf("sent without a yes: %q", lab.sent)
		}
		s.Press("E", "n")
		s.Type("eu")
		s.Press("enter")
		s.Has("Made eu", "No variables.")
		s.Lacks("eu        production", "production: eu")
	})
}

// Of an environment with public hosts nobody may have said what it is: it is guarded, and not called production.
func TestAnEnvironmentNobodyMarkedIsGuardedAndNotCalledProduction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		w.all[2] = collections.Environment{Name: "staging", File: "/shop/environments/staging.yml", Public: true, Variables: []collections.Variable{{Name: "base", Value: "https://staging.shop.example"}}}
		opt := w.options()
		lab := &world{}
		opt.Core.Send = lab.send
		s := open(t, opt, 140, 42)
		s.Press("ctrl+e", "3")
		s.Has("env staging, production?")
		s.Press("esc", "j", "s")
		s.Has("Send it?", "This request may change data.", "Not all hosts of the environment", "nobody has said whether it is")
		s.Lacks("production: staging")
		s.Press("esc")
		if len(lab.sent) != 0 {
			t.Errorf("sent without a yes: %q", lab.sent)
		}
		s.Press("E")
		s.Has("production?", "not all hosts are local: p says what it is")
		s.Press("p")
		s.Has("Nobody has said it.", "p production")
		s.Press("d")
		s.Has("staging is dev")
	})
}

func TestScreensOfEnvironments(t *testing.T) {
	for _, scene := range []struct {
		name string
		keys []string
	}{{"list", nil}, {"edit", []string{"enter", "enter"}}, {"compare", []string{"=", "enter"}}, {"mark", []string{"j", "p"}}, {"value", []string{"enter", "j", "j", "enter"}}} {
		for _, size := range [][2]int{{80, 24}, {140, 42}} {
			t.Run(fmt.Sprintf("%s %dx%d", scene.name, size[0], size[1]), func(t *testing.T) {
				var got string
				synctest.Test(t, func(t *testing.T) {
					s := open(t, newEstate().options(), size[0], size[1])
					s.Press(append([]string{"E"}, scene.keys...)...)
					got = s.Text()
				})
				golden.RequireEqual(t, got)
			})
		}
	}
	for name, choice := range map[string]theme.Choice{"dark": {}, "none": {Depth: theme.Colourless}} {
		t.Run(name, func(t *testing.T) {
			var got string
			synctest.Test(t, func(t *testing.T) {
				opt := newEstate().options()
				opt.Theme = choice
				s := open(t, opt, 140, 42)
				s.Press("E", "j")
				got = s.Styled()
			})
			golden.RequireEqual(t, got)
		})
	}
	t.Run("value with colours", func(t *testing.T) {
		var got string
		synctest.Test(t, func(t *testing.T) {
			s := open(t, newEstate().options(), 80, 24)
			s.Press("E", "enter", "j", "j", "enter")
			got = s.Styled()
		})
		golden.RequireEqual(t, got)
	})
}

// A pasted credential stays out of the file: a secret variable has its value for the session. Who wants it in the file says so.
func TestACredentialThatIsPastedStaysOutOfTheFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		opt := w.options()
		var made []collections.Saved
		opt.Core.Create = func(_ context.Context, _, _ string, s collections.Saved) (string, error) {
			made = append(made, s)
			return "x", nil
		}
		s := open(t, opt, 80, 24)
		s.Press("ctrl+e", "2")
		s.Paste("curl https://new.example/x")
		s.Has("Its credentials are not written into the file: {{token}} has its value", "To have it after that: CULPRIT_SECRET_token", "f with credentials", "esc close")
		s.Lacks("0123456789abcdef")
		s.Press("enter")
		if len(made) != 1 || made[0].Headers[0].Value != "Bearer {{token}}" || w.given["prod.token"] != "0123456789abcdef" {
			t.Errorf("made %+v, given %v", made, w.given)
		}
		s.Paste("curl https://new.example/x")
		s.Press("f")
		if len(made) != 2 || made[1].Headers[0].Value != "Bearer 0123456789abcdef" {
			t.Errorf("made %+v", made)
		}
	})
}

func TestAnEnvironmentAloneIsNotComparedAndNoneIsSaidInWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newEstate()
		w.all = w.all[:1]
		s := open(t, w.options(), 140, 42)
		s.Press("E")
		s.Has("u use it")
		s.Lacks("= compare")
		s.Press("esc", "ctrl+e", "down", "enter")
		s.Has("No environment is in use now.", "no environment")
	})
}
