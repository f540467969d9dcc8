package curl

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/request"
)

const fixtures = "../../../shared/fixtures/curl"

// reached is what was read when this was last raised: commands of real people's tests, which must not become fewer.
const (
	reachedParsed = 52
	reachedAgreed = 9
)

func TestCommandsOfOthersAreRead(t *testing.T) {
	if _, err := os.Stat(fixtures); err != nil {
		t.Skip("needs ../shared/fixtures/curl:", err)
	}
	parsed, all := 0, 0
	err := filepath.WalkDir(fixtures, func(name string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".sh") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		all++
		got, err := Parse(string(text))
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			return nil
		}
		parsed++
		if again, err := Parse(Print(got.Request, Lines, nil)); err != nil || wire(again.Request) != wire(got.Request) {
			t.Errorf("%s: printed and read it differs: %v\n got %s\nwant %s", name, err, wire(again.Request), wire(got.Request))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d commands are read", parsed, all)
	if parsed < reachedParsed {
		t.Errorf("%d of %d commands are read, it was %d", parsed, all, reachedParsed)
	}
}

// parserForm is curlconverter's parsed form (parser/), jsonForm its output for "json" (json/).
type parserForm struct {
	URLs []struct{ URL, Method string } `json:"urls"`
	// Headers are the pairs given with -H and the like.
	Headers    struct{ Headers [][2]string }
	Data       string
	Compressed bool
}

type jsonForm struct {
	URL, Method string
	Headers     map[string]string
	Data        any
	Files       map[string]string
}

func TestCommandsAgreeWithCurlconverter(t *testing.T) {
	if _, err := os.Stat(fixtures); err != nil {
		t.Skip("needs ../shared/fixtures/curl:", err)
	}
	agreed, all := 0, 0
	base := filepath.Join(fixtures, "curlconverter/test/fixtures")
	for _, kind := range []string{"parser", "json"} {
		forms, err := filepath.Glob(filepath.Join(base, kind, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			name := strings.TrimSuffix(filepath.Base(form), ".json")
			want, err := os.ReadFile(form)
			if err != nil {
				t.Fatal(err)
			}
			command, err := os.ReadFile(filepath.Join(base, "curl_commands", name+".sh"))
			if err != nil {
				t.Fatal(err)
			}
			all++
			got, err := Parse(string(command))
			if err != nil {
				t.Logf("%s/%s: %v", kind, name, err)
				continue
			}
			differs := ""
			if kind == "parser" {
				differs = compareParser(want, got.Request)
			} else {
				differs = compareJSON(want, got.Request)
			}
			if differs != "" {
				t.Logf("%s/%s: %s", kind, name, differs)
				continue
			}
			agreed++
		}
	}
	t.Logf("%d of %d parsed forms agree", agreed, all)
	if agreed < reachedAgreed {
		t.Errorf("%d of %d parsed forms agree, it was %d", agreed, all, reachedAgreed)
	}
}

// compareParser returns what differs: URL, method, the fields that were written, the data.
func compareParser(want []byte, got request.Request) string {
	var forms []parserForm
	if err := json.Unmarshal(want, &forms); err != nil || len(forms) == 0 {
		return "the form is not understood"
	}
	w := forms[0]
	if w.URLs[0].URL != got.URL || w.URLs[0].Method != got.Method || w.Data != got.Body.Text {
		return "got " + got.Method + " " + got.URL + " " + got.Body.Text
	}
	var written [][2]string
	for _, f := range got.Header {
		if !f.Default {
			written = append(written, [2]string{f.Name, f.Value})
		}
	}
	if len(written) != len(w.Headers.Headers) {
		return "the header differs"
	}
	for i, h := range w.Headers.Headers {
		if written[i] != h {
			return "the header field " + h[0] + " differs"
		}
	}
	return ""
}

// compareJSON returns what differs. The form keeps less: names in one case, data taken apart.
func compareJSON(want []byte, got request.Request) string {
	var w jsonForm
	if err := json.Unmarshal(want, &w); err != nil {
		return "the form is not understood"
	}
	if w.URL != got.URL || !strings.EqualFold(w.Method, got.Method) {
		return "got " + got.Method + " " + got.URL
	}
	for name, value := range w.Headers {
		if request.Get(got.Header, name) != value {
			return "the header field " + name + " differs"
		}
	}
	values := map[string]string{}
	for _, p := range got.Body.Parts {
		values[p.Name] = p.Value + p.Path
	}
	for pair := range strings.SplitSeq(got.Body.Text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		values[name] = value
	}
	switch data := w.Data.(type) {
	case string:
		if data != got.Body.Text {
			return "the data is " + got.Body.Text
		}
	case map[string]any:
		for name, value := range data {
			if values[name] != value {
				return "the data " + name + " differs"
			}
		}
	}
	for name, file := range w.Files {
		if values[name] != file {
			return "the file " + name + " differs"
		}
	}
	return ""
}
