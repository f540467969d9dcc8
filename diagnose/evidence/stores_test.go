package evidence

import (
	"testing"

	"culprit/diagnose"
)

// What stores, map servers and gateways answer, each as its maker documents or sends it.
func TestWhatStoresAnswer(t *testing.T) {
	tus := []string{"Tus-Resumable", "1.0.0", "Upload-Length", "12kB"}
	ogc := func(text string) string {
		return `<?xml version='1.0'?><ServiceExceptionReport version="1.3.0"><ServiceException>` + "\nmsWMSLoadGetMapParams(): WMS server error. " + text + "\n</ServiceException></ServiceExceptionReport>"
	}
	wms := "http://a/towns?SERVICE=WMS&LAYERS=cities&BBOX=55,17,45,5&WIDTH=20000&HEIGHT=200"
	for _, c := range []struct {
		name, method, url string
		header            []string
		status            int
		body, media       string
		cause             diagnose.CauseID
		el                diagnose.ElementID
	}{
		{"a field of the header that was sent, missing or invalid", "POST", "http://a/files/", tus, 400, "ERR_INVALID_UPLOAD_LENGTH: missing or invalid Upload-Length header\n", "text/plain", "invalid_request_header", "header:Upload-Length"},
		{"413 to a request without a body", "POST", "http://a/files/", []string{"Tus-Resumable", "1.0.0", "Upload-Length", "9000000"}, 413, "maximum size exceeded\n", "text/plain", "payload_too_large", "header:Upload-Length"},
		{"a code that names a parameter", "POST", "http://a/channel/pause?topic=loans&channel=mailr", nil, 404, `{"message":"CHANNEL_NOT_FOUND"}`, "application/json", "resource_not_found", "query:channel"},
		{"what the server calls itself is no value", "GET", wms, nil, 200, ogc("Invalid layer(s) given in the LAYERS parameter. A layer might be disabled for this request."), "text/xml", "invalid_request_parameter", "query:LAYERS"},
		{"values for a name", "GET", wms, nil, 200, ogc("Invalid values for BBOX."), "text/xml", "invalid_request_parameter", "query:BBOX"},
		{"a range of two", "GET", wms, nil, 200, ogc("Image size out of range, WIDTH and HEIGHT must be between 1 and 4096 pixels."), "text/xml", "invalid_request_parameter", "query:WIDTH"},
		{"406, and every type is taken", "GET", "http://a/guide", []string{"Accept", "*/*", "Accept-Language", "pt"}, 406, "<html><body><h1>Not Acceptable</h1><p>Available variants:</p><ul><li>guide.html.de, type text/html, language de</li></ul></body></html>", "text/html", "not_acceptable", "header:Accept-Language"},
		{"the locator of OWS Common", "GET", "http://a/towns?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=town", nil, 400, `<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception exceptionCode="InvalidParameterValue" locator="typename"><ows:ExceptionText>WFS server error.</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`, "text/xml", "invalid_request_parameter", "query:TYPENAMES"},
		{"a code of WMS", "GET", wms + "&FORMAT=image/tif", nil, 200, `<ServiceExceptionReport version="1.3.0"><ServiceException code="InvalidFormat">Image handling error.</ServiceException></ServiceExceptionReport>`, "text/xml", "invalid_request_parameter", "query:FORMAT"},
		{"a parameter that OWS Common calls missing", "GET", "http://a/towns?SERVICE=WFS&VERSION=2.0.0", nil, 400, `<ows:ExceptionReport><ows:Exception exceptionCode="MissingParameterValue" locator="request"><ows:ExceptionText>Incomplete WFS request</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`, "text/xml", "missing_request_parameter", "query:request"},
		{"a compiler that names its line", "GET", "http://a/sparql?query=select+%3Fs+where+%7B+%3Fs+a+library%3ABook+%7D&format=json", nil, 400, "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: Undefined namespace prefix at 'library' before '}'", "text/plain", "invalid_request_parameter", "query:query"},
		{"no permission, with 500", "GET", "http://a/sparql?query=insert", nil, 500, "Virtuoso 42000 Error SR186:SECURITY: No permission to execute procedure DB.DBA.SPARQL_INSERT_DICT_CONTENT with user ID 107, group ID 107", "text/plain", "insufficient_permission", "auth"},
		{"a field that came twice", "GET", "http://a/me", []string{"X-Api-Key", "k-1", "X-Api-Key", "k-1"}, 400, `{"code":"header.duplicate","detail":"X-Api-Key was sent twice"}`, "application/json", "invalid_request_header", "header:X-Api-Key"},
	} {
		all := read(answered(ask(c.method, c.url, c.header...), c.status, c.body, "Content-Type", c.media))
		if find(all, c.cause, c.el) == nil {
			t.Errorf("%s: got %v, want %s of %s", c.name, all, c.cause, c.el)
		}
		for _, e := range all {
			if e.Element != "" && e.Element != c.el && e.Ratio >= code {
				t.Errorf("%s: it speaks of %s, too: %s %.0f", c.name, e.Element, e.Cause, e.Ratio)
			}
		}
	}
}

// rqlite answers 200 to a statement that failed, and says so in the result of each.
func TestResultsThatHoldNothingButAnErrorAreASoftError(t *testing.T) {
	write := post(`["INSERT INTO books VALUES(1)"]`)
	if all := read(answered(write, 200, `{"results":[{"error":"no such table: books"}]}`, "Content-Type", "application/json")); find(all, "soft_error_in_success", "") == nil {
		t.Errorf("got %v, want a soft error", all)
	}
	for _, body := range []string{`{"results":[{"error":"no such table: books"},{"rows_affected":1}]}`, `{"results":[{"error":"late","id":7}]}`} {
		if all := read(answered(write, 200, body, "Content-Type", "application/json")); find(all, "soft_error_in_success", "") != nil {
			t.Errorf("%s is called a soft error", body)
		}
	}
}
