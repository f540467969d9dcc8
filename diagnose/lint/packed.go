package lint

import (
	"bytes"
	"io"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/body"
)

// magic are the first bytes of content codings that have such (RFC 1952 §2.3.1, RFC 8878 §3.1.1); brotli and deflate
// have none.
var magic = []struct{ coding, bytes string }{{"gzip", "\x1f\x8b"}, {"zstd", "\x28\xb5\x2f\xfd"}}

// packedTypes are media types that are packed by themselves, without a coding (RFC 6713, RFC 8878 §7.1).
var packedTypes = []string{"application/gzip", "application/x-gzip", "application/zstd", "application/zlib", "application/octet-stream"}

// checkCoding is B19: Content-Encoding against the bytes of the body.
func checkCoding(s *scan, r rule) {
	text := s.r.Body.Text
	if s.r.Body.Kind != request.RawBody || text == "" {
		return
	}
	id := diagnose.ElementID("header:Content-Encoding")
	declared := outermost(request.Get(s.r.Header, "Content-Encoding"))
	is := ""
	for _, m := range magic {
		if strings.HasPrefix(text, m.bytes) {
			is = m.coding
		}
	}
	switch {
	case declared == is || declared == "x-gzip" && is == "gzip":
	case declared == "" || declared == "identity":
		for _, t := range packedTypes {
			if s.media() == t {
				return
			}
		}
		if declared == "" {
			s.hit(r, id, "unsupported_charset_or_encoding", "The body is "+is+", but Content-Encoding does not say so.", add(id, is, .02))
		} else {
			s.hit(r, id, "unsupported_charset_or_encoding", "The body is "+is+", Content-Encoding says that it is not packed.", set(id, is, .02))
		}
	case is != "":
		s.hit(r.at(70), id, "unsupported_charset_or_encoding", "Content-Encoding says "+declared+", the body is "+is+".", set(id, is, .02))
	case sniff(text) != "" || !unpacks(declared, text):
		s.hit(r.at(70), id, "unsupported_charset_or_encoding", "Content-Encoding names a coding that the body does not have.", remove(id, .02))
	}
}

// outermost is the coding that was applied last (RFC 9110 §8.4), in small letters.
func outermost(field string) string {
	return strings.ToLower(strings.TrimSpace(field[strings.LastIndexByte(field, ',')+1:]))
}

// unpacks reports whether text begins as something in that coding, or the coding is none that can be looked into.
func unpacks(coding, text string) bool {
	switch coding {
	case "gzip", "x-gzip", "deflate", "br", "zstd":
	default:
		return true
	}
	in, err := body.Decode(strings.TrimPrefix(coding, "x-"), strings.NewReader(text))
	if err != nil {
		return false
	}
	defer in.Close()
	var out bytes.Buffer
	_, err = io.CopyN(&out, in, unpacked)
	return err == nil || err == io.EOF || out.Len() > 0
}

// unpacked is how much of a body is unpacked to see that it can be, in bytes.
const unpacked = 4 << 10
