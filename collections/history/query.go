package history

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Grammar is how a search is written, for a person: what is typed, and what it finds.
func Grammar() [][2]string {
	return [][2]string{
		{`words`, `in method, URL, request, environment, status, cause; "two words" in quotes`},
		{`method:post`, `that method`},
		{`status:404  5xx  >=400  none`, `that status, a class, a bound, no response`},
		{`host:api`, `in the host and port`},
		{`name:orders`, `in the path of the saved request`},
		{`env:prod`, `that environment`},
		{`is:failed  is:passed`, `how it ended`},
		{`body:term`, `in a body up to 64 KiB, sent or received; slower`},
		{`time:today  yesterday  2026-11-20  2h  3d`, `a day, or the last hours and days`},
		{`after:2026-11-20  before:14:00`, `from then on; earlier than then`},
		{`-status:2xx`, `a minus finds the others`},
	}
}

// A Query says which exchanges are looked for. The zero value is all of them.
type Query struct {
	Collection string // only those of the collection in this folder; "" is any
	terms      []term
}

// A term is one condition on a row.
type term struct {
	sql  string
	args []any
}

// fields are what may stand before a colon. A word with another is text: "localhost:8080", "https://x".
func fields() map[string]func(value string, now time.Time) (term, error) {
	return map[string]func(value string, now time.Time) (term, error){
		"method": func(v string, _ time.Time) (term, error) { return term{"method = ? collate nocase", []any{v}}, nil },
		"status": func(v string, _ time.Time) (term, error) { return status(v) },
		"host":   func(v string, _ time.Time) (term, error) { return part(host, v), nil },
		"name":   func(v string, _ time.Time) (term, error) { return part("entry", v), nil },
		"env": func(v string, _ time.Time) (term, error) {
			return term{"environment = ? collate nocase", []any{v}}, nil
		},
		"is": func(v string, _ time.Time) (term, error) { return ended(v) },
		"body": func(v string, _ time.Time) (term, error) {
			sent, came := part("request", v), part("cast(body as text)", v)
			return term{"(" + sent.sql + " or coalesce(" + came.sql + ", 0))", append(sent.args, came.args...)}, nil
		},
		"time":   during,
		"after":  func(v string, now time.Time) (term, error) { return since("at >= ?", v, now) },
		"before": func(v string, now time.Time) (term, error) { return since("at < ?", v, now) },
	}
}

// host is the part of a URL between the scheme and the path, with its port.
const host = `substr(substr(url, instr(url, '://') + 3), 1, instr(replace(substr(url, instr(url, '://') + 3), '?', '/') || '/', '/') - 1)`

// text is what a plain word is looked for in.
const text = `method || ' ' || url || ' ' || entry || ' ' || environment || ' ' || status || ' ' || cause`

// ParseQuery reads a search as Grammar describes it. now says what "today" means, in its time zone. A field
// without a value yet, as while it is typed, says nothing. The error is for a person and names the term.
func ParseQuery(s string, now time.Time) (Query, error) {
	var q Query
	for _, w := range words(s) {
		name, value, ok := strings.Cut(w.text, ":")
		make, known := fields()[strings.ToLower(name)]
		t := part(text, w.text)
		switch {
		case w.quoted || !ok || !known:
		case value == "":
			continue
		default:
			var err error
			if t, err = make(value, now); err != nil {
				return Query{}, fmt.Errorf("%s: %w", w.text, err)
			}
		}
		if w.not {
			t.sql = "not (" + t.sql + ")"
		}
		q.terms = append(q.terms, t)
	}
	return q, nil
}

// A word of a search; quoted when its first character was a quotation mark.
type word struct {
	text        string
	quoted, not bool
}

// words splits at spaces outside of quotation marks. A mark that is not closed reaches to the end.
func words(s string) []word {
	var out []word
	var b strings.Builder
	var w word
	inside, begun := false, false
	flush := func() {
		if w.text = b.String(); w.text != "" {
			out = append(out, w)
		}
		b.Reset()
		w, begun = word{}, false
	}
	for _, r := range s {
		switch {
		case r == '"':
			w.quoted = w.quoted || !begun
			inside, begun = !inside, true
		case unicode.IsSpace(r) && !inside:
			flush()
		case r == '-' && !begun && !w.not:
			w.not = true
		default:
			b.WriteRune(r)
			begun = true
		}
	}
	flush()
	return out
}

// part finds v anywhere in a column; case does not matter for ASCII.
func part(column, v string) term {
	return term{column + ` like ? escape '\'`, []any{"%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(v) + "%"}}
}

// status reads a status, a class or a bound.
func status(v string) (term, error) {
	wrong := fmt.Errorf("a status is a number, 5xx, >=400 or none")
	v = strings.ToLower(v)
	if v == "none" {
		return term{"status = 0", nil}, nil
	}
	if len(v) == 3 && strings.HasSuffix(v, "xx") && v[0] >= '1' && v[0] <= '9' {
		n := int(v[0]-'0') * 100
		return term{"status between ? and ?", []any{n, n + 99}}, nil
	}
	for _, sign := range []string{">=", "<=", ">", "<", ""} {
		rest, ok := strings.CutPrefix(v, sign)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(rest)
		if err != nil || n < 0 {
			return term{}, wrong
		}
		if sign == "" {
			sign = "="
		}
		return term{"(status > 0 and status " + sign + " ?)", []any{n}}, nil
	}
	return term{}, wrong
}

// ended reads how an exchange ended.
func ended(v string) (term, error) {
	switch strings.ToLower(v) {
	case "failed":
		return term{"not passed", nil}, nil
	case "passed":
		return term{"passed", nil}, nil
	}
	return term{}, fmt.Errorf("it is:failed or is:passed")
}

// during is the span of time that a word names.
func during(v string, now time.Time) (term, error) {
	from, to, err := span(v, now)
	if err != nil {
		return term{}, err
	}
	return term{"at >= ? and at < ?", []any{from.UnixMilli(), to.UnixMilli()}}, nil
}

func since(sql, v string, now time.Time) (term, error) {
	from, _, err := span(v, now)
	return term{sql, []any{from.UnixMilli()}}, err
}

// layouts are the ways to write a time, each with how long it lasts.
var layouts = []struct {
	layout string
	years  int
	months int
	days   int
	rest   time.Duration
}{
	{"2006-01-02", 0, 0, 1, 0}, {"2006-01", 0, 1, 0, 0}, {"2006", 1, 0, 0, 0},
	{"2006-01-02T15:04", 0, 0, 0, time.Minute}, {"2006-01-02T15:04:05", 0, 0, 0, time.Second},
}

// units are those of "the last 3 d".
func units(letter byte) time.Duration {
	switch letter {
	case 'm':
		return time.Minute
	case 'h':
		return time.Hour
	case 'd':
		return 24 * time.Hour
	case 'w':
		return 7 * 24 * time.Hour
	}
	return 0
}

// span returns when a word begins and ends: a day, a month, a minute, or the time since so long ago.
func span(v string, now time.Time) (from, to time.Time, err error) {
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch strings.ToLower(v) {
	case "today":
		return midnight, midnight.AddDate(0, 0, 1), nil
	case "yesterday":
		return midnight.AddDate(0, 0, -1), midnight, nil
	}
	if n, err := strconv.Atoi(v[:len(v)-1]); err == nil && n >= 0 && n < 10_000 && units(v[len(v)-1]) > 0 {
		return now.Add(-time.Duration(n) * units(v[len(v)-1])), now.AddDate(1, 0, 0), nil
	}
	if t, err := time.ParseInLocation("15:04", v, now.Location()); err == nil {
		at := midnight.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute)
		return at, at.Add(time.Minute), nil
	}
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l.layout, v, now.Location()); err == nil {
			return t, t.AddDate(l.years, l.months, l.days).Add(l.rest), nil
		}
	}
	return from, to, fmt.Errorf("a time is today, yesterday, 2h, 3d, 14:00, 2026-11-20 or 2026-11-20T14:00")
}

// where returns the condition of q and its arguments; "true" for all.
func (q Query) where() (string, []any) {
	all := slices.Clone(q.terms)
	if q.Collection != "" {
		// The plus keeps SQLite from taking the index of collections, whose rows would have to be sorted.
		all = append(all, term{"+collection = ?", []any{q.Collection}})
	}
	sql, args := "true", []any(nil)
	for _, t := range all {
		sql += " and " + t.sql
		args = append(args, t.args...)
	}
	return sql, args
}
