package lint

import "testing"

// What a person sees who reads the request: each with a look-alike that is fine.
func lookSamples() []sample {
	const uuid = "0b8e3f9e-5e0c-4b43-9d70-6f1f4c1d8a77"
	return []sample{
		{"N14", data(`{"bindVars":{"age":30,"agee":5}}`), Facts{}, "body:/bindVars/agee", "unexpected_body_property", "-", data(`{"cc":"a@b.co","bcc":"c@d.co","items":1,"item":2}`)},
		{"N14", get("https://h.test/?page=1&pagge=2"), Facts{}, "query:pagge", "invalid_request_parameter", "-", get("https://h.test/?to=1&too=2")},
		{"N15", data(`{"q":"alien","limt":10}`), Facts{}, "body:/limt", "unexpected_body_property", "limit", data(`{"age":3,"math":1,"item":1,"mail":"a@b.co","stat":1,"here":2,"label":"x"}`)},
		{"N15", data(`{"bool":{"fliter":[]}}`), Facts{}, "body:/bool/fliter", "unexpected_body_property", "filter", data(`{"limit":1,"limits":[2],"filter":"a","filer":"b","fields":"c","field":"d","titel":"e","ordre":"f"}`)},
		{"N15", get("https://h.test/_search?q=lamp&siz=5"), Facts{}, "query:siz", "invalid_request_parameter", "size", get("https://h.test/?size=5&sizes=1&pag=2&page=1")},
		{"N16", data(`{"driverId":"driver-7"}`), Facts{}, "body:/driverId", "invalid_body_property_format", `"3fa85f64-5717-4562-b3fc-2c963f66afa6"`, data(`{"driverId":"` + uuid + `","sku":"tea-7","team":"core"}`)},
		{"N17", data(`{"zip":"D-12345"}`), Facts{}, "body:/zip", "invalid_body_property_format", `"12345"`, data(`{"zip":"W1A 1AA","sku":"D-12345","postcode":"4000-123"}`)},
		{"N18", data(`{"size":-5}`), Facts{}, "body:/size", "invalid_body_property_value", `5`, data(`{"delta":-5,"num":-1,"priceDiff":-2,"points":[-3,4],"size":5}`)},
		{"N19", get("https://h.test/?userId=seven"), Facts{}, "query:userId", "invalid_request_parameter", "7", get("https://h.test/?userId=all&name=seven")},
		{"N19", get("https://h.test/", "Upload-Length: ten"), Facts{}, "header:Upload-Length", "invalid_request_header", "10", get("https://h.test/", "Upload-Length: 10", "X-Team: ten")},
		{"N20", data(`{"window":"5 minutes"}`), Facts{}, "body:/window", "invalid_body_property_format", `"5m"`, data(`{"window":"5m","note":"5 minutes","timeout":300,"ttl":"PT5M"}`)},
		{"N19", get("https://h.test/", "upload-length: ten"), Facts{}, "header:Upload-Length", "invalid_request_header", "10", get("https://h.test/", "upload-length: 10")},
		{"N20", data(`{"ttl":"one hour"}`), Facts{}, "body:/ttl", "invalid_body_property_format", `"1h"`, data(`{"title":"one hour","ttl":"1h"}`)},
		{"N20", data(`{"duration":"30 min"}`), Facts{}, "body:/duration", "invalid_body_property_type", `30`, data(`{"duration":30}`)},
		{"N21", data(`{"acceptsTerms":false}`), Facts{}, "body:/acceptsTerms", "invalid_body_property_value", "true", data(`{"acceptsTerms":true,"newsletter":false,"marketing_consent":false,"privacy_mode":false}`)},
		{"N22", data(`{"subnet":"10.89.5.0/40"}`), Facts{}, "body:/subnet", "invalid_body_property_format", `"10.89.5.0/24"`, data(`{"subnet":"10.89.5.0/32","v6":"fd00::/64","path":"a/40"}`)},
		{"N23", get(`https://h.test/query_range?query=%7Bapp%3Dapi%7D%20%7C%3D%20%22x%22`), Facts{}, "query:query", "invalid_request_parameter", `{app="api"} |= "x"`, get(`https://h.test/query_range?query=%7Bapp%3D%22api%22%7D&note=%7Ba%3Db%7D`)},
		{"N23", data(`{"expr":"up{app=api,env=prod,zone=a}"}`), Facts{}, "body:/expr", "invalid_body_property_format", `"up{app=\"api\",env=\"prod\",zone=\"a\"}"`, data(`{"expr":"up{app=\"api\",env=\"prod\"}"}`)},
		{"N25", data(`{"source":"N-04","target":"N-04"}`), Facts{}, "body:/target", "interacting_parameters", `"N-05"`, data(`{"source":"N-04","target":"S-01","name":"a","from":"2026-01-01","to":"2026-01-01"}`)},
		{"N26", data(`{"organiser":"Office <office@example.at>"}`), Facts{}, "body:/organiser", "invalid_body_property_format", `"office@example.at"`, data(`{"from":"Office <office@example.at>","note":"Ada <ada@example.at>","organiser":"a@b.co","maintainer":"Ada <ada@example.at>","message_id":"<1f@mail.example.at>"}`)},
		{"N27", get("https://h.test/?month=11-2025"), Facts{}, "query:month", "invalid_request_parameter", "2025-11", get("https://h.test/?month=2025-11&exp_month=11/2025&version=11-2025")},
		{"N35", get("https://h.test/?start=2024-06-10&end=1718003600"), Facts{}, "query:start", "invalid_request_parameter", "1717977600", get("https://h.test/?start=1717977600&end=1718003600&from=2024-06-10&to=2024-06-12")},
		{"N35", data(`{"from":"2024-06-10T00:00:00Z","to":1718003600000}`), Facts{}, "body:/from", "invalid_body_property_format", "1717977600000", data(`{"from":"2024-06-10T00:00:00Z","to":"2024-06-12T00:00:00Z","max":1718003600}`)},
		{"N27", data(`{"month":"April 2025"}`), Facts{}, "body:/month", "invalid_body_property_format", `"2025-04"`, data(`{"month":"2025-04","title":"April 2025","season":"spring 2025","plan":"Junior 2025","cycle":"Mayor 2025","edition":"Decathlon 2024"}`)},
		{"N24", data(`{"passport":"C01X 00T47"}`), Facts{}, "body:/passport", "invalid_body_property_format", `"C01X00T47"`, data(`{"passport":"C01X00T47","street":"B 1234","zip":"W1A 1AA","plate":"AB","phone":"030 1234"}`)},
	}
}

func TestLookRules(t *testing.T) { run(t, lookSamples()) }
