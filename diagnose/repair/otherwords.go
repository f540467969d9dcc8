package repair

import (
	"encoding/json"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// otherWords is what else a single word may have been meant to be: a number, where the name is that of an amount; a moment,
// where it is one in words; the same word without a letter that was hit twice.
func (l *places) otherWords(e diagnose.Element, v string, k habit.Kind, kind string, set func(any, float64, float64, diagnose.CauseID, string)) {
	low := strings.ToLower(v)
	last := lastWord(lastName(e.ID))
	if word.MatchString(v) && amounts.MatchString(last) && !period.MatchString(low) {
		l.raise(e.ID, untidy)
		for _, n := range []string{"10", "1", "60"} {
			if kind == "body" {
				set(json.Number(n), .5, .2, typeCauseID, "a number, as the name says")
			} else {
				set(n, .5, .2, typeCauseID, "a number, as the name says")
			}
		}
	}
	if inWords.MatchString(low) && (k == habit.Free || k.Moment()) {
		l.raise(e.ID, untidy)
		now := l.opt.Now.UTC()
		set(now.Format("2006-01-02T15:04:05Z"), .6, .2, formatCauseID, "a moment of RFC 3339")
		set(now.Format("2006-01-02"), .4, .3, formatCauseID, "a day")
	}
	if n := len(v); word.MatchString(v) && n > 2 && v[n-1] == v[n-2] && !strings.Contains("eflosz", low[n-1:]) { // free, off, full, too, less, fuzz
		l.raise(e.ID, untidy)
		set(v[:n-1], .4, .4, valueCauseID, "without the letter that stands twice")
	}
}

var (
	// amounts are the last words of names whose values are numbers in nearly every API.
	amounts = lazyre.New(`^(interval|timeout|delay|ttl|duration|retention|bits|bytes|seconds|secs|ms|millis|minutes|hours|days|threshold|weight|retries|attempts|depth|port|ratio|probability|toxicity|latency|capacity|replicas|concurrency|priority_level|max_age|maxage)$`)
	// period are words that intervals have, too.
	period = lazyre.New(`^(second|minute|hour|day|week|month|quarter|year|once|never|none|auto|default|(hour|dai|week|month|quarter|year)ly|(bi|semi)?-?(week|month|annual)ly)s?$`)
	// inWords is a moment as people say it.
	inWords = lazyre.New(`^(now|soon|asap|later|tonight|today|tomorrow|yesterday|(next|last|this) ?(week|month|year|[a-z]+day))$`)
)
