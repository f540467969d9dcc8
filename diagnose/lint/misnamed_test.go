package lint

import "testing"

// Names and choices that are hardly what the maker of an API called them, each with look-alikes that are fine.
func misnamedSamples() []sample {
	return []sample{
		{"N26", data(`{"customer":{"billing_adress":"a"}}`), Facts{}, "body:/customer/billing_adress", "unexpected_body_property", "billing_address", data(`{"billing_address":"a","colour":"b","provide":1,"titel":"c","zzyzx":2}`)},
		{"N26", get("https://h.test/?categry=tea"), Facts{}, "query:categry", "invalid_request_parameter", "category", get("https://h.test/?category=tea&q=categry")},
		{"N26", get("https://h.test/", "X-Acount-Id: 7"), Facts{}, "header:X-Acount-Id", "invalid_request_header", "X-Account-Id", get("https://h.test/", "X-Account-Id: 7", "X-Zzyzx: 1")},
		{"N27", data(`{"data":{"Tag":"a"},"pretty":true}`), Facts{}, "body:/data/Tag", "unexpected_body_property", "tag", data(`{"data":{"tag":"a","Name":"b","Kind":"c"}}`)},
		{"N27", data(`{"url":"a","data":{"Method":"GET"},"retry":true}`), Facts{}, "body:/data/Method", "unexpected_body_property", "method", data(`{"url":"a","method":"GET","headers":{"Authorization":"b"}}`)},
		{"N27", data(`{"TableName":"t","Key":"a","ReturnValues":"NONE","limit":1}`), Facts{}, "body:/limit", "unexpected_body_property", "Limit", data(`{"TableName":"t","Key":{"sku":{"S":"a"}},"ReturnValues":"NONE"}`)},
		{"N27", get("https://h.test/?Key=a"), Facts{}, "query:Key", "invalid_request_parameter", "key", get("https://h.test/?key=a&ID=b")},
		{"N27", data(`{"Name":"a","Kind":"b","Size":1,"color":"c"}`), Facts{}, "body:/color", "unexpected_body_property", "Color", data(`{"Name":"a","Kind":"b","Size":1,"Color":"c"}`)},
		{"N28", data(`{"contacts":{"email":"a@b.test"}}`), Facts{}, "body:/contacts", "unexpected_body_property", "contact", data(`{"contact":{"email":"a@b.test"},"labels":{"a":"b"},"settings":{"c":1},"address":{"city":"d"}}`)},
		{"N28", data(`{"querys":"tea"}`), Facts{}, "body:/querys", "unexpected_body_property", "query", data(`{"query":"tea","status":"a","tags":"a,b","notes":"c","adults":2,"genus":"d","species":"e","diagnosis":"f","pays":"g","physics":"h"}`)},
		{"N28", data(`{"follower":["a","b"]}`), Facts{}, "body:/follower", "unexpected_body_property", "followers", data(`{"followers":["a"],"data":["b"],"to":["c"]}`)},
		{"N29", data(`{"output":"bufer"}`), Facts{}, "body:/output", "invalid_body_property_value", `"buffer"`, data(`{"output":"buffer","name":"bufer","sku":"zzyzx"}`)},
		{"N30", data(`{"description":["a"]}`), Facts{}, "body:/description", "invalid_body_property_type", `"a"`, data(`{"descriptions":["a"],"data":["b"],"description":"c","scope":["d"],"point":[1,2]}`)},
		{"N31", data(`{"accessKey":"a","secret-word":"b"}`), Facts{}, "body:/secret-word", "unexpected_body_property", "secretWord", data(`{"accessKey":"a","secretWord":"b"}`)},
		{"N31", data(`{"name":"a","secret-word":"b"}`), Facts{}, "body:/secret-word", "unexpected_body_property", "secret_word", data(`{"public-key":"a","rp-id":"b","text":{"en-US":"c"},"headers":{"content-type":"d"}}`)},
		{"N27", data(`{"Email":"a"}`), Facts{}, "body:/Email", "unexpected_body_property", "email", data(`{"ID":"a"}`)},
		{"N28", data(`{"caller_ids":"1224"}`), Facts{}, "body:/caller_ids", "unexpected_body_property", "caller_id", data(`{"caller_ids":"1224,1225","ids":[1]}`)},
		{"N31", get("https://h.test/?originCode=a&toCode=b&rail-code=c"), Facts{}, "query:rail-code", "invalid_request_parameter", "railCode", get("https://h.test/?api-version=1&maxResults=2&showStats=true")},
		{"N32", get("https://h.test/", "contentLanguage: en-GB"), Facts{}, "header:Contentlanguage", "invalid_request_header", "Content-Language", get("https://h.test/", "X-Api-Key: a", "DNT: 1", "app_id: b", "X-B3-TraceId: c")},
		{"N33", data(`{"imageurl":"a"}`), Facts{}, "body:/imageurl", "unexpected_body_property", "image_url", data(`{"image_url":"a","url":"b","valid":true,"android":1,"zzyzxurl":"d"}`)},
		{"N34", data(`{"title":{"text":"a b"}}`), Facts{}, "body:/title", "invalid_body_property_type", `"a b"`, data(`{"title":{"en":"a"},"name":{"first":"a","last":"b"},"query":{"match":"a"},"labels":{"team":"a"}}`)},
		{"N34", data(`{"description":["red","dusty"]}`), Facts{}, "body:/description", "invalid_body_property_type", `"red, dusty"`, data(`{"descriptions":["a","b"],"tags":["a","b"],"labels":["a","b"]}`)},
		{"N33", data(`{"imageurl":"a","sizeHint":2}`), Facts{}, "body:/imageurl", "unexpected_body_property", "imageUrl", data(`{"imageUrl":"a"}`)},
	}
}

func TestMisnamedRules(t *testing.T) { run(t, misnamedSamples()) }
