package history

import (
	"encoding/json"
	"reflect"
	"testing"

	"culprit/request"
)

func TestLean(t *testing.T) {
	for in, want := range map[string]string{
		`{"A":0,"B":"","C":null,"D":false}`: `{}`,
		`{"A":0,"B":1}`:                     `{"B":1}`,
		`{"A":1,"B":0}`:                     `{"A":1}`,
		`{"A":1,"B":0,"C":2,"D":null}`:      `{"A":1,"C":2}`,
		`{"A":{"B":false}}`:                 `{"A":{}}`,
		`{"A":0.5,"B":"0","C":":0,"}`:       `{"A":0.5,"B":"0","C":":0,"}`,
		`[0,"",null,false]`:                 `[0,"",null,false]`,
		`{"A":"\\","B":"\":0,\"","C":""}`:   `{"A":"\\","B":"\":0,\""}`,
		`null`:                              `null`,
		`""`:                                `""`,
	} {
		if got := string(lean([]byte(in))); got != want {
			t.Errorf("lean(%s) is %s, want %s", in, got, want)
		}
	}
}

// What lean leaves out must read back as itself: a pointer to 0 would come back as nil, a member of a map not at all.
func TestNothingThatIsKeptTellsAZeroFromItsAbsence(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(path string, of reflect.Type)
	look = func(path string, of reflect.Type) {
		if seen[of] {
			return
		}
		seen[of] = true
		switch of.Kind() {
		case reflect.Map, reflect.Interface:
			t.Errorf("%s is a %s", path, of)
		case reflect.Pointer:
			if of.Elem().Kind() != reflect.Struct {
				t.Errorf("%s is a %s", path, of)
			}
			look(path, of.Elem())
		case reflect.Slice, reflect.Array:
			look(path+"[]", of.Elem())
		case reflect.Struct:
			for f := range of.Fields() {
				if f.Tag.Get("json") != "-" {
					look(path+"."+f.Name, f.Type)
				}
			}
		}
	}
	look("request", reflect.TypeFor[request.Request]())
	look("kept", reflect.TypeFor[kept]())
}

// What is read back is what was written.
func FuzzLean(f *testing.F) {
	type inner struct {
		Name  string
		Count int
		Share float64
		Is    bool
		List  []string
		Below *inner
	}
	f.Add("", "\"", 0, 0.0, false)
	f.Add("a\\", ":0,", 1, 0.5, true)
	f.Fuzz(func(t *testing.T, a, b string, n int, share float64, is bool) {
		in := inner{a, n, share, is, []string{b, ""}, &inner{Name: b, Below: &inner{}}}
		text, err := json.Marshal(in)
		if err != nil {
			t.Skip(err) // no JSON has NaN or an infinity
		}
		var want, got inner
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if text = lean(text); json.Unmarshal(text, &got) != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v became %s", want, text)
		}
	})
}
