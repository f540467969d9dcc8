package workbench

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"culprit/request"
)

// layers says in plain words how far an exchange came when it failed in a phase.
var layers = map[request.Phase]string{
	request.PhasePrepare:  "Nothing was sent",
	request.PhaseResolve:  "DNS: the name could not be resolved",
	request.PhaseConnect:  "TCP: no connection",
	request.PhaseProxy:    "Proxy: it did not let the request through",
	request.PhaseTLS:      "TLS: connected, but no secure channel",
	request.PhaseWrite:    "HTTP: connected, but the request could not be written",
	request.PhaseWait:     "HTTP: the request was sent, and no answer came",
	request.PhaseRead:     "HTTP: the answer broke off",
	request.PhaseDecode:   "Body: the answer came, and could not be decoded",
	request.PhaseRedirect: "Redirect: it could not be followed",
}

// plainWords says which layer failed and why, as far as the exchange alone shows; "" when it did not fail.
// It is untrusted: it may quote the peer.
func plainWords(x *request.Exchange) string {
	if f := x.Failure; f != nil {
		if stopped(x) {
			return "Cancelled by you."
		}
		if f.Phase == request.PhasePrepare && f.Cause == "" { // there is no sentence for every file and setting
			return layers[f.Phase] + ": " + f.Err.Error() + "."
		}
		if l := layers[f.Phase]; l != "" {
			return l + ". " + f.Text
		}
		return f.Text
	}
	return statusWords(x.Status())
}

// stopped reports whether the person ended the exchange.
func stopped(x *request.Exchange) bool { return x.Failure != nil && x.Failure.Cause == "cancelled" }

// lostWords says what redirects did not pass on, a sentence for each, "" for nothing.
func lostWords(x *request.Exchange) string {
	var lost []string
	for _, h := range x.Hops {
		if h.Followed == nil || len(h.Followed.Dropped) == 0 {
			continue
		}
		var names []string
		for _, d := range h.Followed.Dropped {
			name, _, _ := strings.Cut(d, ":")
			names = append(names, name)
		}
		to := h.Followed.To
		if u, err := url.Parse(to); err == nil && u.Host != "" {
			to = u.Host
		}
		lost = append(lost, "The redirect to "+to+" dropped "+strings.Join(names, ", ")+".")
	}
	return strings.Join(lost, " ")
}

// oddWords says what is odd about a body that came: that it was cut off, that it may be a bomb; "" for nothing.
func oddWords(res *request.Response) string {
	if res == nil {
		return ""
	}
	return strings.Join(slices.DeleteFunc([]string{res.Body.Cut, res.Warn}, func(s string) bool { return s == "" }), "; ")
}

// statusWords says what a status of RFC 9110 §15.5 and §15.6 means for the person who sent the request.
func statusWords(status int) string {
	switch status {
	case 400:
		return "The server found the request malformed."
	case 401:
		return "The credentials were missing or not accepted."
	case 403:
		return "The server knows who asks, and refuses this."
	case 404:
		return "The server was reached; nothing is at this path."
	case 405:
		return "The path exists and does not take this method."
	case 406, 415:
		return "The server and the request do not agree on a media type."
	case 409:
		return "It conflicts with what the server holds."
	case 422:
		return "Understood, and refused for what it says."
	case 429:
		return "Too many requests: the server asks to wait."
	case 502, 503, 504:
		return "A gateway answered: what is behind it did not."
	}
	switch {
	case status >= 500:
		return "The server failed while it handled the request."
	case status >= 400:
		return fmt.Sprintf("The server refused the request (%d).", status)
	}
	return ""
}
