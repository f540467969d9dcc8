package lab

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"culprit/request"
)

// saved is what the sample uses of OpenCollection.
type saved struct {
	Info struct{ Name, Type string }
	HTTP struct {
		Method, URL string
		Headers     []struct{ Name, Value string }
		Body        struct {
			Type string
			Data yaml.Node
		}
		Auth yaml.Node
	}
	Settings struct{ Timeout int }
	Docs     string
}

var variable = regexp.MustCompile(`\{\{(\w+)\}\}`)

// TestSampleTellsTheTruth writes the collection and sends every request of it: the healthy ones pass, the others
// fail, and none uses a variable that is not there.
func TestSampleTellsTheTruth(t *testing.T) {
	t.Parallel()
	l := start(t)
	dir := t.TempDir()
	if err := WriteSample(dir, l); err != nil {
		t.Fatal(err)
	}
	vars := environment(t, dir)
	healthy := strings.Fields(`auth/new-token auth/staff-rota auth/who-am-i network/mirror orders/create-order-web orders/list-orders
		orders/quote orders/read-order products/list-products products/search products/upload-photo reports/daily`)
	sent := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		name := strings.TrimSuffix(filepath.ToSlash(rel), ".yml")
		if err != nil || d.IsDir() || strings.HasSuffix(name, "/folder") || name == "opencollection" || strings.HasPrefix(name, "environments/") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		filled := variable.ReplaceAllStringFunc(string(text), func(v string) string {
			value, ok := vars[strings.Trim(v, "{}")]
			if !ok {
				t.Errorf("%s: %s is not in the environment", name, v)
			}
			return value
		})
		var s saved
		if err := yaml.Unmarshal([]byte(filled), &s); err != nil {
			t.Errorf("%s: %v", name, err)
			return nil
		}
		if s.Docs == "" || s.Info.Name == "" || s.Info.Type != "http" {
			t.Errorf("%s: lacks a name or a story", name)
		}
		g := send(t.Context(), s.request(t, vars).WithDefaults("culprit/1"))
		if want := slices.Contains(healthy, name); g.passes() != want {
			t.Errorf("%s: passes is %v, want %v: %v", name, g.passes(), want, g)
		}
		sent++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent < 30 {
		t.Errorf("%d requests only", sent)
	}
}

func environment(t *testing.T, dir string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "environments", "local.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var env struct {
		Variables []struct{ Name, Value string }
	}
	if err := yaml.Unmarshal(text, &env); err != nil {
		t.Fatal(err)
	}
	vars := map[string]string{}
	for _, v := range env.Variables {
		vars[v.Name] = v.Value
	}
	return vars
}

// request makes what a client would send. vars holds the token that the collection's root names.
func (s saved) request(t *testing.T, vars map[string]string) request.Request {
	t.Helper()
	r := request.Request{Method: s.HTTP.Method, URL: s.HTTP.URL}
	r.Settings.Follow = 5
	r.Settings.Timeouts.FirstByte = time.Duration(s.Settings.Timeout) * time.Millisecond
	for _, h := range s.HTTP.Headers {
		r.Header = append(r.Header, request.Field{Name: h.Name, Value: h.Value})
	}
	if s.HTTP.Auth.Value == "inherit" {
		r.Auth = bearer(vars["token"])
	} else if s.HTTP.Auth.Kind == yaml.MappingNode {
		var params map[string]string
		if err := s.HTTP.Auth.Decode(&params); err != nil {
			t.Fatal(err)
		}
		r.Auth.Scheme = params["type"]
		for name, value := range params {
			r.Auth.Params = append(r.Auth.Params, request.Field{Name: name, Value: value})
		}
	}
	var rows []struct{ Name, Value string }
	switch s.HTTP.Body.Type {
	case "json":
		r.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: s.HTTP.Body.Data.Value}
	case "form-urlencoded", "multipart-form":
		if err := s.HTTP.Body.Data.Decode(&rows); err != nil {
			t.Fatal(err)
		}
		r.Body.Kind = map[string]request.BodyKind{"form-urlencoded": request.FormBody, "multipart-form": request.MultipartBody}[s.HTTP.Body.Type]
		for _, row := range rows {
			r.Body.Fields = append(r.Body.Fields, request.Field{Name: row.Name, Value: row.Value})
			r.Body.Parts = append(r.Body.Parts, request.Part{Name: row.Name, Value: row.Value})
		}
	}
	return r
}
