package workbench

import (
	"cmp"
	"fmt"
	"strings"

	"culprit/collections"
	"culprit/request"
	"culprit/request/safe"
)

// clean is the way of untrusted text to the screen.
func clean(text string) string { return safe.Line(text).String() }

// size returns n bytes as a person reads them: "412 B", "1.2 kB".
func size(n int64) string {
	const k = 1000
	switch {
	case n < k:
		return fmt.Sprintf("%d B", n)
	case n < k*k:
		return fmt.Sprintf("%.1f kB", float64(n)/k)
	case n < k*k*k:
		return fmt.Sprintf("%.1f MB", float64(n)/(k*k))
	}
	return fmt.Sprintf("%.1f GB", float64(n)/(k*k*k))
}

// plural returns "1 header", "2 headers".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// method returns the method of a saved request; none means GET.
func method(s collections.Saved) string {
	return strings.ToUpper(cmp.Or(s.Method, "GET"))
}

// suffix is the end of a file name for a media type.
func suffix(media string) string {
	media = request.Essence(media)
	for end, s := range map[string]string{"json": ".json", "xml": ".xml", "html": ".html", "csv": ".csv", "javascript": ".js", "pdf": ".pdf",
		"png": ".png", "jpeg": ".jpg", "zip": ".zip", "yaml": ".yaml"} {
		if strings.HasSuffix(media, end) {
			return s
		}
	}
	if strings.HasPrefix(media, "text/") {
		return ".txt"
	}
	return ".bin"
}

// protocol is the short name of a version of HTTP.
func protocol(p string) string {
	if p == "HTTP/2.0" {
		return "HTTP/2"
	}
	return clean(p)
}
