package evidence

import (
	"html"
	"slices"
	"strings"

	"culprit/request/lazyre"
)

// ogcException is one exception of a map or feature server: OGC 06-121r9 §8 (OWS Common) and 06-042 annex E.2 (WMS 1.3).
var ogcException = lazyre.New(`<(?:\w+:)?(?:Service)?Exception\s([^>]*)>`)

// ogcAttribute is an attribute of it that says what is wrong, or with what.
var ogcAttribute = lazyre.New(`\b(exceptionCode|code|locator)\s*=\s*["']([^"']*)["']`)

// ogcCodes are the parameters that the codes of WMS 1.3 (06-042 table E.1), WMS 1.1.1 and OWS Common are about.
var ogcCodes = map[string][]string{
	"LayerNotDefined": {"LAYERS", "QUERY_LAYERS", "LAYER"}, "LayerNotQueryable": {"QUERY_LAYERS"}, "StyleNotDefined": {"STYLES", "STYLE"}, "InvalidFormat": {"FORMAT", "INFO_FORMAT"},
	"InvalidCRS": {"CRS"}, "InvalidSRS": {"SRS"}, "InvalidPoint": {"I", "J", "X", "Y"}, "OperationNotSupported": {"REQUEST"}, "VersionNegotiationFailed": {"ACCEPTVERSIONS", "VERSION"},
}

// ogc reads the exceptions of a map or feature server, which say which parameter they are about by its name or by a code.
func (r *reader) ogc(d *doc) {
	if d.root != nil || d.html || !strings.Contains(d.text, "ExceptionReport") {
		return
	}
	for _, m := range ogcException.FindAllStringSubmatch(d.text[:min(len(d.text), maxProse*4)], 5) {
		is, locator := "", ""
		for _, a := range ogcAttribute.FindAllStringSubmatch(m[1], 3) {
			if a[1] == "locator" {
				locator = html.UnescapeString(a[2])
			} else {
				is = a[2]
			}
		}
		names := ogcCodes[is]
		if locator != "" {
			names = append([]string{locator, locator + "s"}, names...)
		}
		i := slices.IndexFunc(names, func(n string) bool { return len(r.ix.resolve([]string{n}, inQuery)) == 1 })
		issue := issue{class: wrongValue, place: inQuery, code: is, text: d.told(), source: "body", dialect: "OGC exception"}
		switch {
		case i >= 0:
			issue.segs = names[i : i+1]
		case is == "MissingParameterValue" && locator != "":
			issue.segs, issue.class = []string{locator}, missing
		default:
			continue
		}
		r.settle(issue)
	}
}

// told is the first text of an XML document.
func (d *doc) told() string {
	_, rest, _ := strings.Cut(d.text, "Exception")
	_, rest, _ = strings.Cut(rest, ">")
	return strings.Join(strings.Fields(html.UnescapeString(stripTags(rest))), " ")
}
