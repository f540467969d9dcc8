package file

import (
	"fmt"
	"testing"
)

// Scripts as Bruno's users write them; what is more than a path stays as it is and is not understood later.
func TestWhatAScriptTakesOfAnAnswer(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{`bru.setVar("token", res.body.access_token);`, "[{token res.body.access_token}]"},
		{"bru.setEnvVar('jwt', res.getBody().data.token, { persist: true })", "[{jwt res.getBody().data.token}]"},
		{"const data = res.getBody();\nbru.setEnvVar(\"token\", data.token);\nbru.setVar('id', data.user['id'])", "[{token res.getBody().token} {id res.getBody().user['id']}]"},
		{"let body = res.body\nif (res.status == 200) { bru.setGlobalEnvVar(`t`, body.items[0].t) }", "[{t res.body.items[0].t}]"},
		{`bru.setVar("n", 7); bru.setVar(name, res.body.x); console.log(res.body)`, "[]"},
		{`bru.setCollectionVar("h", res.getHeader("x-token"))`, `[{h res.getHeader("x-token")}]`},
	} {
		if got := fmt.Sprint(setters(tt.code)); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.code, got, tt.want)
		}
	}
}
