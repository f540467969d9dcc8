package spec

import (
	"testing"

	"culprit/request"
)

// An upload has no Content-Type of its own: the client makes it. The document is held against its parts.
func TestAnUploadIsMultipart(t *testing.T) {
	s, err := Load([]byte(`{"openapi":"3.0.0","info":{"title":"A","version":"1"},"paths":{"/files":{"post":{"requestBody":{"required":true,"content":{"multipart/form-data":
 {"schema":{"type":"object","required":["file","title"],"properties":{"file":{"type":"string","format":"binary"},"title":{"type":"string"}}}}}},"responses":{"201":{"description":"ok"}}}}}}`), "")
	if err != nil {
		t.Fatal(err)
	}
	r := request.Request{Method: "POST", URL: "https://h.test/files", Body: request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "upload", Path: "a.pdf"}, {Name: "title", Value: "b"}}}}
	evidence := s.Check(r)
	if len(evidence) == 0 || evidence[0].Element != "multipart:file" || evidence[0].Cause != "missing_body_property" {
		t.Errorf("%+v", evidence)
	}
}
