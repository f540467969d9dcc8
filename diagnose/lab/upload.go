package lab

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
)

// noteLimit is what a note may have: 64 KiB, so that a request above it is still quick to send.
const noteLimit = 64 << 10

func (s *shop) uploadRoutes() []route {
	return []route{
		{method: "POST", path: "/uploads", scope: "products:write", takes: []string{"multipart/form-data"}, do: upload},
		{method: "POST", path: "/imports", scope: "products:write", takes: []string{"text/csv"}, do: importCSV},
		{method: "POST", path: "/labels", scope: "orders:read", takes: []string{"application/xml", "text/xml"}, do: label},
		{method: "POST", path: "/purchases", scope: "orders:write", takes: []string{"application/xml", "text/xml"}, do: buy},
		{method: "POST", path: "/notes", scope: "orders:write", limit: noteLimit, takes: []string{"text/plain"}, do: func(*call) (answer, *refusal) {
			return answer{status: http.StatusNoContent}, nil
		}},
		{method: "GET", path: "/webhooks", scope: "orders:read", do: func(*call) (answer, *refusal) {
			s.mu.Lock()
			defer s.mu.Unlock()
			return reply(http.StatusOK, map[string]any{"webhooks": append([]any{}, s.hooks...)}), nil
		}},
		{method: "POST", path: "/webhooks", scope: "orders:write", do: s.subscribe,
			body: ref(object(must("url", text(8, 500)), must("events", list(oneOf("order.placed", "order.paid", "order.shipped"), 1)),
				may("secret", text(16, 100)), may("active", flag())))},
	}
}

// upload wants a part "file" and a part "kind".
func upload(c *call) (answer, *refusal) {
	_, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return answer{}, refuse(http.StatusBadRequest, "malformed_multipart", "The Content-Type has no boundary.")
	}
	names := map[string]string{}
	for r := multipart.NewReader(bytes.NewReader(c.raw), params["boundary"]); ; {
		p, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return answer{}, refuse(http.StatusBadRequest, "malformed_multipart", "The multipart body cannot be read: "+err.Error()+".")
		}
		value, err := io.ReadAll(p)
		if err != nil {
			return answer{}, refuse(http.StatusBadRequest, "malformed_multipart", "The multipart body cannot be read: "+err.Error()+".")
		}
		names[p.FormName()] = string(value)
	}
	var out []violation
	if _, ok := names["file"]; !ok {
		out = append(out, violation{in: "body", path: []any{"file"}, kind: "missing", text: "is required"})
	}
	kind, ok := names["kind"]
	if !ok {
		out = append(out, violation{in: "body", path: []any{"kind"}, kind: "missing", text: "is required"})
	} else {
		out = append(out, oneOf("photo", "manual").validate("body", []any{"kind"}, kind)...)
	}
	if len(out) > 0 {
		return answer{}, invalid(out...)
	}
	return reply(http.StatusCreated, map[string]any{"bytes": len(names["file"])}), nil
}

func importCSV(c *call) (answer, *refusal) {
	rows, err := csv.NewReader(bytes.NewReader(c.raw)).ReadAll()
	if err != nil {
		return answer{}, refuse(http.StatusBadRequest, "malformed_csv", "The file cannot be read: "+err.Error()+".")
	}
	return reply(http.StatusAccepted, map[string]any{"rows": len(rows)}), nil
}

func label(c *call) (answer, *refusal) {
	var doc struct {
		XMLName xml.Name `xml:"label"`
		Order   int      `xml:"order"`
	}
	if err := xml.Unmarshal(c.raw, &doc); err != nil {
		return answer{}, refuse(http.StatusBadRequest, "malformed_xml", "The document cannot be read: "+err.Error()+".")
	}
	return reply(http.StatusOK, map[string]any{"order": doc.Order}), nil
}

// subscribe wants a URL that the shop could reach.
func (s *shop) subscribe(c *call) (answer, *refusal) {
	text, _ := c.object()["url"].(string)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return answer{}, invalid(violation{in: "body", path: []any{"url"}, kind: "format", expected: "uri", text: "must be an https URL", got: text})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, c.body)
	return reply(http.StatusCreated, map[string]any{"webhook": len(s.hooks)}), nil
}
