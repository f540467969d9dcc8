package lab

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// archiveSize is what /v1/exports/archive decodes to: 1 GiB, four times the client's default limit, from
// about 1 MiB on the wire.
const archiveSize = 1 << 30

// exportRoutes are downloads.
func exportRoutes() []route {
	list := strings.Repeat("MUG-0042;Mug, blue;12.50\r\n", 400)
	csvType := []string{"text/csv"}
	plain := func(*call) (answer, *refusal) {
		return answer{http.StatusOK, http.Header{"Content-Type": {"text/csv; charset=utf-8"}}, []byte(list)}, nil
	}
	return []route{
		{method: "GET", path: "/exports/products", scope: "products:read", offers: csvType, do: plain},
		// A proxy with a full disk: it promises the whole file and has half of it.
		{method: "GET", path: "/exports/orders", scope: "orders:read", offers: csvType, do: func(c *call) (answer, *refusal) {
			return c.instead(func(w http.ResponseWriter) { half(w, list) })
		}},
		// A filter that says gzip and forgets to compress.
		{method: "GET", path: "/exports/customers", scope: "customers:read", offers: csvType, do: func(c *call) (answer, *refusal) {
			a, no := plain(c)
			if strings.Contains(c.Header.Get("Accept-Encoding"), "gzip") {
				a = a.with("Content-Encoding", "gzip")
			}
			return a, no
		}},
		{method: "GET", path: "/exports/prices", scope: "products:read", offers: csvType, do: func(c *call) (answer, *refusal) {
			if !strings.Contains(c.Header.Get("Accept-Encoding"), "gzip") {
				return plain(c)
			}
			return c.instead(func(w http.ResponseWriter) { packed(w, strings.NewReader(list)) })
		}},
		{method: "GET", path: "/exports/archive", scope: "orders:read", offers: []string{"application/octet-stream"}, do: func(c *call) (answer, *refusal) {
			return c.instead(func(w http.ResponseWriter) { packed(w, io.LimitReader(zeros{}, archiveSize)) })
		}},
		// Sent in chunks, with a trailer.
		{method: "GET", path: "/exports/stream", scope: "orders:read", offers: csvType, do: func(c *call) (answer, *refusal) {
			return c.instead(chunked)
		}},
	}
}

// half promises all of text and writes half of it; net/http then has to close the connection.
func half(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	io.WriteString(w, text[:len(text)/2]) //nolint:errcheck // the client is gone
}

func packed(w http.ResponseWriter, r io.Reader) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	if _, err := io.Copy(z, r); err == nil {
		z.Close() //nolint:errcheck // the client is gone
	}
}

func chunked(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Trailer", "X-Rows")
	for i := range 3 {
		fmt.Fprintf(w, "row %d\r\n", i)
		http.NewResponseController(w).Flush() //nolint:errcheck // the client is gone
	}
	w.Header().Set("X-Rows", "3")
}

// zeros reads as zeros without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
