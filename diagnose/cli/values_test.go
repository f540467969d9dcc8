package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// TestAValueThatChangedIsADifference: the answer is built as the one that was right, and the price is another. It is named as
// was and is; the counter, which was another each time, is not, and nobody is accused.
func TestAValueThatChangedIsADifference(t *testing.T) {
	var hits atomic.Int64
	var price atomic.Value
	price.Store("9.90")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"price":%s,"hits":%d}`, price.Load(), hits.Add(1))
	}))
	defer s.Close()
	run := jarred(t, folder(t, map[string]string{"item.yml": "info: {name: item, type: http}\nhttp:\n  method: GET\n  url: \"" + s.URL + "/item\"\n"}))
	run("send", "item")
	run("send", "item")
	price.Store("12.00")
	code, out, text := run("diagnose", "item", "--expect-as", "last")
	if code != 0 || !strings.Contains(out, "PASSING") || !strings.Contains(out, "body /price was 9.90, is 12.00") || strings.Contains(out, "/hits") {
		t.Errorf("%d %s%s", code, out, text)
	}
}
