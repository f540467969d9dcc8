package drift

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
)

// maxValues is how many values that differ are named.
const maxValues = 20

// Values returns the values in which the answers of now, to one request and of today, differ from that of k, a success to
// the same one; nil for another request, or what is no JSON. Each is a note: a value may change at any time, and only a
// person knows whether it should have. What differs among the answers of now, or between k and one of older, passes that
// came before it, is volatile (a date, an id, a counter) and is left out; alone says that nothing was there to tell that by.
func Values(now []*request.Exchange, k diagnose.Known, older []diagnose.Known) (all []diagnose.Departure, alone bool) {
	if len(now) == 0 || !sameRequest(now[0].Request, k.Request) || !comparable(now[0], k.Exchange) {
		return nil, false
	}
	was, is := leavesOf(k.Exchange), leavesOf(now[0])
	if was == nil || is == nil {
		return nil, false
	}
	volatile := map[string]bool{}
	alone = true
	learn := func(a, b *leaves) {
		if a != nil && b != nil {
			alone = false
			a.unlike(b, func(_, kind string) { volatile[kind] = true })
		}
	}
	for _, x := range now[1:] {
		if sameRequest(now[0].Request, x.Request) && comparable(now[0], x) {
			learn(is, leavesOf(x))
		}
	}
	for _, o := range older {
		if x := o.Exchange; x.Start.Before(k.Exchange.Start) && sameRequest(now[0].Request, o.Request) && comparable(now[0], x) {
			learn(was, leavesOf(x))
		}
	}
	was.unlike(is, func(at, kind string) {
		if volatile[kind] || len(all) == maxValues {
			return
		}
		d := diagnose.Departure{Place: place(at), Change: "value", Was: was.at[at], Is: is.at[at], Against: k.Label, Weight: note}
		if private(at, d.Was, d.Is) {
			d.Was, d.Is, d.Text = "", "", d.Place+" has another value"
		} else {
			d.Text = fmt.Sprintf("%s was %s, is %s", d.Place, short(d.Was), short(d.Is))
		}
		all = append(all, d)
	})
	return all, alone
}

// private reports that one of the values at a place looks like a credential, by a name on the way to it or by itself.
func private(at string, values ...string) bool {
	if slices.ContainsFunc(jsontext.Split(at), secret.Sensitive) {
		return true
	}
	return slices.ContainsFunc(values, func(v string) bool { return secret.Guess("", strings.Trim(v, `"`)) })
}

func short(raw string) string {
	if len(raw) <= maxSample {
		return raw
	}
	return strings.ToValidUTF8(raw[:maxSample], "") + "…"
}

// leaves are the scalars of a document: what stands at each place.
type leaves struct {
	order []string
	at    map[string]string // as they are written, by JSON pointer
	kind  map[string]string // the pointer with a star for each index of a list
}

// leavesOf returns those of the body of x, nil for one that is no whole JSON.
func leavesOf(x *request.Exchange) *leaves {
	b, whole := bodyOf(x)
	if !whole || len(b) == 0 {
		return nil
	}
	n, err := jsontext.Parse(b)
	if err != nil {
		return nil
	}
	l := &leaves{at: map[string]string{}, kind: map[string]string{}}
	l.take(b, n, "", "")
	return l
}

func (l *leaves) take(src []byte, n *jsontext.Node, at, kind string) {
	switch n.Kind {
	case jsontext.Object:
		for _, c := range n.Children {
			t := "/" + jsontext.Token(c.Key)
			l.take(src, c, at+t, kind+t)
		}
	case jsontext.Array:
		for i, c := range n.Children {
			l.take(src, c, fmt.Sprintf("%s/%d", at, i), kind+"/*")
		}
	default:
		if _, twice := l.at[at]; !twice {
			l.order = append(l.order, at)
		}
		l.at[at], l.kind[at] = string(src[n.Start:n.End]), kind
	}
}

// unlike calls each for the places that both have with another value in them, in order.
func (l *leaves) unlike(o *leaves, each func(at, kind string)) {
	for _, at := range l.order {
		if is, here := o.at[at]; here && is != l.at[at] {
			each(at, l.kind[at])
		}
	}
}
