package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/tui/keys"
)

func TestWhatIsWrongIsAWarningWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ text, warning string }{
		"empty":            {"", ""},
		"all right":        {"theme = \"light\"\nascii = true\nmouse = false\ntitle = false\n[keys.list]\nup = \"w\"\n", ""},
		"unknown key":      {"theme = \"light\"\ncolour = 3\n", `c.toml:2:1: nothing is called "colour"; it is ignored`},
		"unknown table":    {"[colours]\na = 1\n", `c.toml:1:2: nothing is called "colours"`},
		"a wrong type":     {"theme = 3\n", "c.toml:1:9:"},
		"broken":           {"theme = \n", "c.toml:1:9:"},
		"an unknown theme": {"theme = \"forest\"\n", `no theme is called "forest"; known are auto, dark, light, contrast`},
		"an unknown role":  {"[themes.forest]\ngod = \"1\"\n", `theme "forest": no role is called "god"`},
		"no colour":        {"[themes.forest]\ngood = \"green\"\n", `"green" is no colour; write #rrggbb or a number from 0 to 255`},
		"a strange base":   {"[themes.forest]\nbase = \"blue\"\n", `base is "blue"; it can be dark or light`},
	} {
		got := strings.Join(parse("c.toml", c.text).Warnings, "\n")
		if !strings.Contains(got, c.warning) || (c.warning == "") != (got == "") {
			t.Errorf("%s: %q, want %q", name, got, c.warning)
		}
	}
}

func TestWhatIsRightIsKeptBesideWhatIsWrong(t *testing.T) {
	c := parse("c.toml", "theme = \"forest\"\nodd = 1\nmouse = false\n[keys]\neverywhere.send = \"x, f9\"\n[themes.forest]\nbase = \"light\"\ngood = \"#00aa55\"\nbad = \"no\"\n")
	choice, ok := c.Choice("")
	if !ok || !choice.Light || choice.Own == nil || choice.Own.Colours["good"] != "#00aa55" || !c.NoMouse || c.Keys["everywhere.send"] != "x, f9" {
		t.Errorf("%+v, choice %+v", c, choice)
	}
	if len(c.Warnings) != 2 {
		t.Errorf("warnings %q", c.Warnings)
	}
}

func TestNoFileSaysNothing(t *testing.T) {
	if c := Read(filepath.Join(t.TempDir(), "none.toml")); len(c.Warnings) > 0 {
		t.Errorf("%q", c.Warnings)
	}
	if c := Read(t.TempDir()); len(c.Warnings) != 1 {
		t.Errorf("a folder in place of the file: %q", c.Warnings)
	}
}

// TestTheSampleIsTrue takes the comments off the sample: it must read without a warning and change nothing.
func TestTheSampleIsTrue(t *testing.T) {
	var b strings.Builder
	for line := range strings.Lines(Sample()) {
		if rest, ok := strings.CutPrefix(line, "# "); ok && (strings.Contains(rest, " = ") || strings.HasPrefix(rest, "[")) {
			line = rest
		}
		b.WriteString(line)
	}
	c := parse("sample", b.String())
	m, warnings := keys.New(c.Keys)
	if len(c.Warnings)+len(warnings) > 0 {
		t.Errorf("%q %q", c.Warnings, warnings)
	}
	if got, want := len(c.Keys), 0; got == want {
		t.Error("no keys were read")
	}
	if got, want := m.Plain.Send.Keys(), keys.Default().Plain.Send.Keys(); len(got) != len(want) || got[0] != want[0] {
		t.Errorf("send is %q, want %q", got, want)
	}
}

func TestTheLocaleDecidesOnASCII(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{map[string]string{"LANG": "en_US.UTF-8"}, false},
		{map[string]string{"LANG": "C.utf8"}, false},
		{map[string]string{}, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, true},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, false},
		{map[string]string{"LANG": "en_US.UTF-8", "TERM": "linux"}, true},
		{map[string]string{"TERM": "vt220"}, true},
		{map[string]string{"TERM": "xterm-256color"}, false},
	} {
		if got := ASCIIOnly(func(n string) string { return c.env[n] }); got != c.want {
			t.Errorf("%v: %v", c.env, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("theme = \"light\"\n[keys.list]\nup = \"w\"\n")
	f.Add("[themes.a]\nbase = 'dark'\ngood='1'")
	f.Fuzz(func(t *testing.T, text string) {
		c := parse("c.toml", text)
		if _, ok := c.Choice(""); !ok {
			t.Errorf("%q leaves a theme that is none: %q", text, c.Theme)
		}
	})
}

// Nothing may stop the start: what is no file is not waited for.
func TestWhatIsNoFileIsNotRead(t *testing.T) {
	if c := Read(t.TempDir()); len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "is no file") {
		t.Errorf("got %+v", c)
	}
}

func TestTheJarsAreSwitchedOff(t *testing.T) {
	for text, off := range map[string]bool{"cookies = false": true, "cookies = true": false, "": false} {
		if got := parse("config.toml", text); got.NoJar != off || len(got.Warnings) > 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// Who has switched the jars off is told where a mistake elsewhere in the file has them on again.
func TestAMistakeThatLeavesTheSwitchOutIsSaid(t *testing.T) {
	for text, c := range map[string]struct {
		off  bool
		said string
	}{
		"cookies = false\ntheme = 3":   {false, "config.toml:2:"},
		"cookies = \"no\"":             {false, "config.toml:1:"},
		"cookies = false\nunknown = 1": {true, ""},
		"cookies = false":              {true, ""},
	} {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if off, said := NoJar(path); off != c.off || !strings.HasPrefix(said, c.said) || c.said == "" && said != "" {
			t.Errorf("%q: %v, %q", text, off, said)
		}
	}
}

// A value of another type is said in words of the file, not of the program.
func TestAMistakeIsSaidInWordsOfTheFile(t *testing.T) {
	for text, want := range map[string]string{
		"[theme]\nx = 1":               "c.toml:1:2: a table stands where a text in quotes belongs; the defaults are used",
		"theme = 3":                    "c.toml:1:9: an integer stands where a text in quotes belongs; the defaults are used",
		"mouse = 'x'":                  "c.toml:1:9: a string stands where true or false belongs; the defaults are used",
		"[keys]\nsend = 5":             "c.toml:2:8: an integer stands where a table belongs; the defaults are used",
		"[themes.mine]\naccent = true": "c.toml:2:10: a boolean stands where a text in quotes belongs; the defaults are used",
		"[[keys]]":                     "c.toml:1:3: an array table stands where a table belongs; the defaults are used",
		"keys = ['a']":                 "c.toml:1:8: an array stands where a table belongs; the defaults are used",
	} {
		if got := parse("c.toml", text).Warnings; len(got) != 1 || got[0] != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
