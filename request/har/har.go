// Package har reads and writes HTTP Archives (HAR 1.2), in which browsers and proxies export what they saw.
//
// An entry becomes a request, and an exchange becomes entries, one for each hop. What an archive says about
// pages and caches is not read. Nothing is sent, and no file is opened.
package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// MaxSize bounds an archive that is read, in bytes: 256 MiB is more than a browser's longest session.
const MaxSize = 256 << 20

// ErrEntry says that an archive has no entry of that number.
var ErrEntry = errors.New("no such entry in the archive")

// An Archive is the file: {"log": …}.
type Archive struct {
	Log Log `json:"log"`
}

// A Log is what was seen, in order of time.
type Log struct {
	Version string  `json:"version"` // "1.2"
	Creator Creator `json:"creator"`
	Entries []Entry `json:"entries"`
	Comment string  `json:"comment,omitempty"`
}

// A Creator is the program that wrote the archive.
type Creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// An Entry is one request and its response. Times are in milliseconds, sizes in bytes; -1 is "not known".
type Entry struct {
	Started  string   `json:"startedDateTime"` // ISO 8601
	Time     float64  `json:"time"`
	Request  Request  `json:"request"`
	Response Response `json:"response"`
	Cache    struct{} `json:"cache"`
	Timings  Timings  `json:"timings"`
	Server   string   `json:"serverIPAddress,omitempty"`
	Comment  string   `json:"comment,omitempty"`
}

// A Pair is a header field, a parameter of the query, a cookie.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Request is what was sent.
type Request struct {
	Method      string `json:"method"`
	URL         string `json:"url"`
	HTTPVersion string `json:"httpVersion"`
	Cookies     []Pair `json:"cookies"`
	Headers     []Pair `json:"headers"`
	QueryString []Pair `json:"queryString"`
	PostData    *Post  `json:"postData,omitempty"`
	HeadersSize int64  `json:"headersSize"`
	BodySize    int64  `json:"bodySize"`
}

// A Post is the body of a request: a text, or the fields of a form.
type Post struct {
	MimeType string  `json:"mimeType"`
	Text     string  `json:"text,omitempty"`
	Encoding string  `json:"encoding,omitempty"` // "base64", not in the standard but written by many
	Params   []Param `json:"params,omitempty"`
}

// A Param is a field of a form, or a file of one.
type Param struct {
	Name        string `json:"name"`
	Value       string `json:"value,omitempty"`
	FileName    string `json:"fileName,omitempty"`
	ContentType string `json:"contentType,omitempty"`
}

// A Response is what came back. Status 0 is no response.
type Response struct {
	Status      int     `json:"status"`
	StatusText  string  `json:"statusText"`
	HTTPVersion string  `json:"httpVersion"`
	Cookies     []Pair  `json:"cookies"`
	Headers     []Pair  `json:"headers"`
	Content     Content `json:"content"`
	RedirectURL string  `json:"redirectURL"`
	HeadersSize int64   `json:"headersSize"`
	BodySize    int64   `json:"bodySize"`
	Error       string  `json:"_error,omitempty"` // Chrome's name for why there is no response
}

// A Content is the body of a response, decoded.
type Content struct {
	Size     int64  `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"` // "base64" or ""
	Comment  string `json:"comment,omitempty"`
}

// Timings are the phases; -1 is "did not happen". TLS lies inside Connect.
type Timings struct {
	Blocked float64 `json:"blocked"`
	DNS     float64 `json:"dns"`
	Connect float64 `json:"connect"`
	TLS     float64 `json:"ssl"`
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

// Parse reads an archive. A byte order mark before it is allowed, as .NET's tools write one.
func Parse(src []byte) (Archive, error) {
	var a Archive
	if len(src) > MaxSize {
		return a, fmt.Errorf("read the archive: larger than %d MiB", MaxSize>>20)
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if err := json.Unmarshal(src, &a); err != nil {
		return a, fmt.Errorf("read the archive: %w", err)
	}
	if a.Log.Version == "" && a.Log.Entries == nil {
		return a, errors.New("read the archive: it has no log")
	}
	return a, nil
}

// Entry returns entry n, counted from 1, or an error that wraps ErrEntry.
func (a Archive) Entry(n int) (Entry, error) {
	if n < 1 || n > len(a.Log.Entries) {
		return Entry{}, fmt.Errorf("entry %d of %d: %w", n, len(a.Log.Entries), ErrEntry)
	}
	return a.Log.Entries[n-1], nil
}
