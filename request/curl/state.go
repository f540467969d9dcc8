package curl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// A state is what the options said so far, as curl keeps it.
type state struct {
	parser Parser
	line   line
	notes  []Note
	more   int
	plain  bool             // after --: no more options
	seen   map[string]given // the last of each option, for notes about several

	url     string
	urlAt   int
	hasURL  bool
	form    string // scheme of a URL without one
	globoff bool
	asIs    bool // --path-as-is

	method  string
	head    bool
	get     bool
	query   []string
	headers []string // as written after -H
	cookies []string
	agent   *string
	referer *string
	ranges  string

	data   []datum
	isJSON bool
	parts  []request.Part
	isForm bool
	upload *string

	user, bearer *string
	scheme       string // digest, ntlm, …; "" for basic
	sigv4        *string
	proxyUser    string
	compressed   bool
	follow       bool
	maxRedirs    int
	hasMax       bool
	settings     request.Settings
}

// note reports what became of an option.
func (s *state) note(kind NoteKind, g given, text string) {
	s.notes = append(s.notes, Note{kind, g.text, g.at, text})
}

// addURL takes a URL; those after the first are counted.
func (s *state) addURL(w word) {
	if s.hasURL {
		s.more++
		return
	}
	s.url, s.urlAt, s.hasURL = w.text, w.at, true
}

// give takes one option. It returns true at --next: what follows is another transfer.
func (s *state) give(g given) (stop bool) {
	if g.name == "next" {
		return true
	}
	if s.seen == nil {
		s.seen = map[string]given{}
	}
	s.seen[g.name] = g
	for _, take := range []func(given) bool{s.giveRequest, s.giveBody, s.giveAuth, s.giveFlow, s.giveNet, s.giveTLS} {
		if take(g) {
			return false
		}
	}
	if slices.Contains(strings.Fields(ignored), g.name) {
		s.note(Ignored, g, "it does not change what is sent")
		return false
	}
	s.note(Unsupported, g, "culprit has nothing like it; the request is sent without it")
	return false
}

// ignored are options that say what to do with the answer, how to report, or how often and fast to try.
const ignored = ` output remote-name remote-name-all remote-header-name show-headers verbose silent show-error fail
 fail-with-body fail-early write-out dump-header trace trace-ascii trace-time trace-ids trace-config progress-bar
 no-progress-meter progress-meter stderr styled-output create-dirs create-file-mode output-dir no-clobber clobber
 remove-on-error remote-time xattr no-buffer buffer cookie-jar junk-session-cookies etag-save parallel
 parallel-immediate parallel-max parallel-max-host retry retry-delay retry-max-time retry-all-errors retry-connrefused
 limit-rate rate speed-limit speed-time keepalive-time keepalive-cnt no-keepalive keepalive tcp-nodelay tcp-fastopen
 happy-eyeballs-timeout-ms expect100-timeout disable libcurl out-null skip-existing suppress-connect-headers
 no-sessionid sessionid manual help version alpn npn http0.9 ssl-no-revoke ssl-revoke-best-effort false-start basic
 proxy-basic proxy-anyauth form-escape use-ascii metalink tls-earlydata ssl-allow-beast dump-ca-embed ca-native `

func (s *state) giveRequest(g given) bool {
	switch g.name {
	case "url":
		s.addURL(word{g.value, g.at})
	case "request":
		s.method = g.value
	case "head":
		s.head = g.on
	case "get":
		s.get = g.on
	case "header":
		if strings.HasPrefix(g.value, "@") {
			s.note(Unsupported, g, "header fields are not read from a file: write them here")
			break
		}
		s.headers = append(s.headers, g.value)
	case "user-agent":
		s.agent = &g.value
	case "referer":
		v, auto := strings.CutSuffix(g.value, ";auto")
		if auto {
			s.note(Unsupported, g, "the Referer is not set anew on redirects")
		}
		s.referer = &v
	case "cookie":
		if g.value != "" && !strings.Contains(g.value, "=") {
			s.note(Unsupported, g, "cookies are not read from a file: write them here as name=value")
			break
		}
		s.cookies = append(s.cookies, g.value)
	case "range":
		s.ranges = g.value
	case "continue-at":
		if g.value == "-" {
			s.note(Unsupported, g, "there is no file to continue")
			break
		}
		s.ranges = g.value + "-"
	case "url-query":
		s.query = append(s.query, s.urlQuery(g))
	case "globoff":
		s.globoff = g.on
	case "path-as-is":
		s.asIs = g.on
	case "proto-default":
		s.form = g.value
	default:
		return false
	}
	return true
}

func (s *state) giveAuth(g given) bool {
	switch g.name {
	case "user":
		s.user = &g.value
	case "oauth2-bearer":
		s.bearer = &g.value
	case "digest", "ntlm", "negotiate", "anyauth":
		if g.on {
			s.scheme = g.name
		}
	case "aws-sigv4":
		s.sigv4 = &g.value
	case "proxy-user":
		s.proxyUser = g.value
	default:
		return false
	}
	return true
}

func (s *state) giveFlow(g given) bool {
	set := &s.settings
	switch g.name {
	case "location", "follow":
		s.follow = g.on
	case "location-trusted":
		s.follow, set.TrustRedirects = g.on, g.on
	case "max-redirs":
		n, err := strconv.Atoi(g.value)
		if err != nil {
			s.note(Unsupported, g, "its value is no number")
			break
		}
		s.maxRedirs, s.hasMax = n, true
	case "post301", "post302", "post303":
		set.KeepMethod = g.on
	case "max-time":
		set.Timeouts.Total = s.seconds(g)
	case "connect-timeout":
		set.Timeouts.Connect = s.seconds(g)
	case "compressed":
		s.compressed = g.on
	case "raw":
		set.Raw = g.on
	case "max-filesize":
		set.Limits.Body = s.bytes(g)
	default:
		return false
	}
	return true
}

// seconds reads a time in seconds with decimals; 0 is curl's "no limit of mine".
func (s *state) seconds(g given) time.Duration {
	f, err := strconv.ParseFloat(g.value, 64)
	if err != nil || f < 0 || f > 1e9 {
		s.note(Unsupported, g, "its value is no number of seconds")
		return 0
	}
	return time.Duration(f * float64(time.Second))
}

// bytes reads a size with curl's suffixes k, M, G.
func (s *state) bytes(g given) int64 {
	v, shift := g.value, 0
	for i, suffix := range []string{"k", "m", "g"} {
		if rest, ok := strings.CutSuffix(strings.ToLower(v), suffix); ok {
			v, shift = rest, 10*(i+1)
			break
		}
	}
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil || n < 0 {
		s.note(Unsupported, g, "its value is no size")
		return 0
	}
	return n << shift
}
