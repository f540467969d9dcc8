package lab

import (
	"strings"

	"culprit/request"
)

// mediaFaults are requests whose media types, codings or encodings are wrong.
func mediaFaults() []Fault {
	const contentType = "header:Content-Type"
	quote, legacyQuote := post("/v1/orders/quote", fullOrder), post("/legacy/orders/quote", fullOrder)
	xml := func(path string) func(*Lab) request.Request {
		return post(path, `<label><order>1003</order></label>`, media("application/xml"))
	}
	return []Fault{
		{ID: "json-as-text", Title: "JSON is sent as plain text", Request: post("/v1/orders/quote", fullOrder, media("text/plain")), Healthy: quote,
			Truth: one("unsupported_media_type content_type_mismatch", contentType)},
		{ID: "json-as-form", Title: "JSON is sent as a form", Request: post("/v1/orders/quote", fullOrder, media("application/x-www-form-urlencoded")), Healthy: quote,
			Truth: one("content_type_mismatch unsupported_media_type", contentType)},
		{ID: "json-as-form-opaque", Title: "The same, where one answer stands for everything",
			Request: post("/legacy/orders/quote", fullOrder, media("application/x-www-form-urlencoded")), Healthy: legacyQuote, Opaque: true,
			Truth: one("content_type_mismatch unsupported_media_type", contentType)},
		{ID: "no-content-type", Title: "The body has no Content-Type", Request: post("/v1/orders/quote", fullOrder, untyped), Healthy: post("/v1/orders/quote", fullOrder, media("application/json")),
			Truth: one("unsupported_media_type content_type_mismatch missing_request_header", contentType)},
		{ID: "charset", Title: "An old charset is named", Request: post("/v1/orders/quote", fullOrder, header("Content-Type", "application/json; charset=iso-8859-1")),
			Healthy: quote, Truth: one("unsupported_charset_or_encoding unsupported_media_type", contentType)},
		{ID: "body-coding", Title: "A coding is named that was not applied", Request: post("/v1/orders/quote", fullOrder, header("Content-Encoding", "gzip")),
			Healthy: quote, Truth: one("unsupported_charset_or_encoding unsupported_media_type", "header:Content-Encoding")},
		{ID: "form-as-json", Title: "The token endpoint wants a form and gets JSON",
			Request: post("/v1/oauth/token", `{"grant_type": "client_credentials", "client_id": "ada", "client_secret": "difference-engine"}`, noAuth),
			Healthy: tokenForm("client_credentials"), Truth: one("unsupported_media_type content_type_mismatch", contentType+" body")},
		{ID: "grant-type", Title: "A grant type is not served here", Request: tokenForm("authorization_code"), Healthy: tokenForm("client_credentials"),
			Truth: one("invalid_body_property_value invalid_request_parameter", "form:grant_type")},
		{ID: "accept-xml", Title: "XML is asked for and not to be had", Request: get("/v1/orders?limit=5", header("Accept", "application/xml")), Healthy: get("/v1/orders?limit=5"),
			Truth: one("not_acceptable", "header:Accept")},
		{ID: "accept-opaque", Title: "The same, where one answer stands for everything", Request: get("/legacy/orders?limit=5", header("Accept", "application/vnd.shop.v9+json")),
			Healthy: get("/legacy/orders?limit=5"), Opaque: true, Truth: one("not_acceptable", "header:Accept")},
		{ID: "accept-invoice", Title: "An invoice is asked for as JSON", Request: get("/v1/orders/1002/invoice"),
			Healthy: get("/v1/orders/1002/invoice", header("Accept", "application/pdf")), Truth: one("not_acceptable", "header:Accept")},
		{ID: "multipart-boundary", Title: "The boundary of the Content-Type is not the one of the body",
			Request: post("/v1/uploads", parts, media("multipart/form-data; boundary=-----7d1f")), Healthy: post("/v1/uploads", parts, media("multipart/form-data; boundary=---7d1f")),
			Truth: one("multipart_malformed", contentType+" body")},
		{ID: "multipart-none", Title: "The Content-Type of a multipart body names no boundary",
			Request: post("/v1/uploads", parts, media("multipart/form-data")), Healthy: post("/v1/uploads", parts, media("multipart/form-data; boundary=---7d1f")),
			Truth: one("multipart_malformed", contentType+" body")},
		{ID: "multipart-part", Title: "A part has a value that is not on the list", Request: uploading("picture"), Healthy: uploading("photo"),
			Truth: one("invalid_body_property_value", "multipart:kind")},
		{ID: "xml-broken", Title: "An element is not closed", Request: post("/v1/labels", `<label><order>1003</label>`, media("application/xml")),
			Healthy: xml("/v1/labels"), Truth: one("malformed_request_body", "body")},
		{ID: "csv-broken", Title: "A row of a file has a quote that never ends", Request: post("/v1/imports", "sku;stock\n\"MUG-0042;3\n", media("text/csv")),
			Healthy: post("/v1/imports", "sku;stock\nMUG-0042;3\n", media("text/csv")), Truth: one("malformed_request_body", "body")},
		{ID: "too-large", Title: "A note is longer than the shop takes", Request: post("/v1/notes", strings.Repeat("All work and no play. ", 4000), media("text/plain")),
			Healthy: post("/v1/notes", strings.Repeat("All work and no play. ", 40), media("text/plain")), Truth: one("payload_too_large", "body")},
	}
}

// parts is a multipart body as a person copies it from somewhere.
const parts = "-----7d1f\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n" +
	"-----7d1f\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mug.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nnot quite a photo\r\n-----7d1f--\r\n"

// tokenForm is a request to the token endpoint.
func tokenForm(grant string) func(*Lab) request.Request {
	return to("POST", "/v1/oauth/token", "", func(l *Lab, r *request.Request) {
		r.Auth = request.Auth{}
		r.Body = request.Body{Kind: request.FormBody, Fields: []request.Field{
			{Name: "grant_type", Value: grant}, {Name: "client_id", Value: l.Tokens.User}, {Name: "client_secret", Value: l.Tokens.Password}}}
		r.Secrets = append(r.Secrets, request.Secret{Ref: "form client_secret", Value: l.Tokens.Password})
	})
}

// uploading is an upload with two parts.
func uploading(kind string, changes ...change) func(*Lab) request.Request {
	return to("POST", "/v1/uploads", "", append([]change{func(_ *Lab, r *request.Request) {
		r.Body = request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "kind", Value: kind}, {Name: "file", Value: "not quite a photo"}}}
	}}, changes...)...)
}
