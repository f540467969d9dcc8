package lab

import "net/http"

// candidRoutes are operations that answer 200 whatever comes of it, each with another way to say so in the body, and one
// whose bodies speak of errors because that is what they are about.
func (s *shop) candidRoutes() []route {
	const read, write = "orders:read", "orders:write"
	said := func(kind, body string) answer {
		return answer{http.StatusOK, http.Header{"Content-Type": {kind}}, []byte(body + "\n")}
	}
	const asJSON, asXML = "application/json", "application/xml"
	return []route{
		// As Kea answers commands.
		{method: "POST", path: "/printer/commands", scope: write, body: ref(object(must("command", text(1, 40)))), do: func(c *call) (answer, *refusal) {
			switch o, _ := c.body.(map[string]any); o["command"] {
			case "queue-get", "paper-get":
				return said(asJSON, `[{"result":0,"arguments":{"jobs":[]}}]`), nil
			default:
				return said(asJSON, `[{"result":2,"text":"'`+plainWord(o["command"])+`' command not supported."}]`), nil
			}
		}},
		{method: "GET", path: "/bonus", scope: read, query: []param{{field: must("member", text(1, 20))}}, do: func(c *call) (answer, *refusal) {
			if c.query.Get("member") != "1001" {
				return said(asJSON, `{"code":40401,"message":"member does not exist","data":null}`), nil
			}
			return said(asJSON, `{"code":0,"message":"ok","data":{"points":120}}`), nil
		}},
		{method: "GET", path: "/parcels", scope: read, offers: []string{asXML}, query: []param{{field: must("parcel", text(1, 20))}}, do: func(c *call) (answer, *refusal) {
			if c.query.Get("parcel") != "DE4711" {
				return said(asXML, `<?xml version="1.0"?><Error><Number>80040B1A</Number><Description>No such parcel.</Description></Error>`), nil
			}
			return said(asXML, `<?xml version="1.0"?><Parcel><State>delivered</State></Parcel>`), nil
		}},
		{method: "GET", path: "/printer/errors", scope: read, do: func(*call) (answer, *refusal) {
			return said(asJSON, `{"errors":[{"code":12,"message":"paper jam"},{"code":31,"message":"toner not found"}]}`), nil
		}},
		{method: "GET", path: "/printer/state", scope: read, do: func(*call) (answer, *refusal) {
			return said(asJSON, `{"code":31,"state":"error","note":"toner not found","since":"2026-02-11"}`), nil
		}},
		{method: "GET", path: "/printer/checks", scope: read, do: func(*call) (answer, *refusal) {
			return said(asJSON, `{"result":1,"text":"done without errors"}`), nil
		}},
	}
}

// plainWord is a value as it may stand in a text of JSON: letters and dashes.
func plainWord(v any) string {
	s, _ := v.(string)
	out := []byte{}
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c == '-' {
			out = append(out, c)
		}
	}
	return string(out)
}
