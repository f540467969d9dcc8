package client

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"culprit/request"
)

func TestOneExchangeHasEverything(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["x-Odd"] = []string{"b", "a"}
		w.WriteHeader(201)
		w.Write([]byte("hello"))
	}))
	defer s.Close()
	e := New(Config{})
	defer e.Close()
	var kinds []request.EventKind
	x, err := e.Do(t.Context(), request.Request{
		URL: s.URL + "/a?b=c", Method: "POST", Header: []request.Field{{Name: "x-lower", Value: "1"}, {Name: "x-lower", Value: "2"}},
		Auth: request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "t"}}},
		Body: request.Body{Kind: request.RawBody, Text: "{}", Type: "application/json"},
	}, func(e request.Event) { kinds = append(kinds, e.Kind) })
	if err != nil {
		t.Fatal(err)
	}
	h := x.Last()
	t.Logf("%+v", h.Sent)
	t.Logf("%+v", h.Response)
	t.Logf("%s", h.Response.Raw)
	t.Logf("%+v %+v", h.Timing, h.Conn)
	t.Log(kinds)
}
