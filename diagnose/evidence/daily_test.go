package evidence

import (
	"testing"

	"culprit/diagnose"
)

// TestDailyAnswers are answers of applications on popular frameworks whose first named element was once another one: what is
// said first, with a ratio that has the engine start there.
func TestDailyAnswers(t *testing.T) {
	asset := `{"input":[{"url":"https://e.test/a.mp4","overlay_settings":{"vertical_align":"center","width":"25%"}}],"playback_policy":["public"],"test":false}`
	parcel := `{"service":"express","parcels":[{"reference":"P-1","weight":800,"dimensions":{"length_cm":30,"width_cm":20}}],"lines":[{"sku":"tea","qty":2},{"sku":"cup","qty":"6"}]}`
	visit := `{"clinic":"main","visit":"Surgery","firstVisit":"yes","remindBy":["sms","sms"],"topic":"Support"}`
	patch := `[{"op":"update","path":"/title","value":"Start"},{"op":"add","path":"/tags/-","value":"new"}]`
	for _, c := range []struct {
		name, body string
		status     int
		answer     string
		el         diagnose.ElementID
		cause      diagnose.CauseID
	}{
		{"sentences in a list below the error", asset, 400, `{"error":{"type":"invalid_parameters","messages":["input[0].overlay_settings.vertical_align: must be equal to one of the allowed values"]}}`, "body:/input/0/overlay_settings/vertical_align", "invalid_body_property_value"},
		{"a path with arrows", parcel, 400, `{"message":"parcels > 0 > dimensions > height_cm field required"}`, "body:/parcels/0/dimensions/height_cm", "missing_body_property"},
		{"a comparison is no path", parcel, 400, `{"message":"weight > 0 is required for parcels"}`, "body:/parcels/0/weight", "invalid_body_property_value"},
		{"a forbidden property", parcel, 422, `{"code":616,"message":"body.service in body is a forbidden property"}`, "body:/service", "unexpected_body_property"},
		{"a name as people say it", visit, 400, `{"text":"first visit must be a boolean value"}`, "body:/firstVisit", "invalid_body_property_type"},
		{"has to be", parcel, 400, `{"error":"line 2: qty has to be a number"}`, "body:/lines/1/qty", "invalid_body_property_type"},
		{"was not, as people write it", visit, 422, `{"message":"Invalid request.\n\n\"q\" wasn't supplied."}`, "body:/q", "missing_body_property"},
		{"items that have to differ", visit, 422, `{"violations":[{"path":"remindBy","message":"All remindBy's elements must be unique"}]}`, "body:/remindBy", "invalid_body_property_value"},
		{"a value that is unknown", visit, 400, `<!doctype html><title>400 Bad Request</title><h1>Bad Request</h1><p>Unknown topic</p>`, "body:/topic", "invalid_body_property_value"},
		{"the operation of a patch", patch, 422, "{\"error\":\"OPERATION_OP_INVALID\",\"message\":\"Operation `op` property is not one of operations defined in RFC-6902\",\"index\":0,\"operation\":{\"op\":\"update\",\"path\":\"/title\",\"value\":\"Start\"}}", "body:/0/op", "invalid_body_property_value"},
		{"a rule for a name", visit, 422, `{"status":"fail","data":{"topic":"in"}}`, "body:/topic", "invalid_body_property_value"},
		{"a value that is the same says nothing", visit, 422, `{"status":"fail","data":{"topic":"Support"},"why":"clinic: unknown"}`, "body:/clinic", "invalid_body_property_value"},
		{"the type of what was sent", visit, 400, `{"error":"invalid_request","error_description":"Invalid request: content must be application/x-www-form-urlencoded"}`, "header:Content-Type", "unsupported_media_type"},
		{"a rule about several members", `{"service":"same_day","sender":{"city":"B"},"recipient":{"city":"C"}}`, 422, `{"detail":[{"loc":["body","__root__"],"msg":"same day delivery stays within one city","type":"value_error"}]}`, "body:/service", "invalid_body_property_value"},
		{"brackets in a pointer", `{"listing":{"rooms":[{"area":9},{"area":"24 sqm"}]}}`, 422, `{"errors":[{"detail":"Rooms[1] area is not a number","source":{"pointer":"/data/attributes/rooms[1].area"}}]}`, "body:/listing/rooms/1/area", "invalid_body_property_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(post(c.body), c.status, c.answer))
			if len(all) == 0 || all[0].Element != c.el || all[0].Cause != c.cause {
				t.Errorf("want %s %s first, got %+v", c.el, c.cause, all)
			}
		})
	}
}

// TestLinedUpComplaints: each of several complaints in one sentence is read by itself.
func TestLinedUpComplaints(t *testing.T) {
	all := read(answered(post(`{"clinic":"main","visit":"Surgery","sort":"a","draft":"b"}`), 400, `{"resultText":"clinic must be a mongodb id; visit must be one of the following values: checkup, draft, surgery"}`))
	clinic, visit := find(all, "", "body:/clinic"), find(all, "", "body:/visit")
	if clinic == nil || visit == nil || len(clinic.Allowed) != 0 || len(visit.Allowed) != 3 {
		t.Errorf("got %+v", all)
	}
	if draft := find(all, "", "body:/draft"); draft != nil && draft.Ratio >= code {
		t.Errorf("a value of a list was taken for a name: %+v", draft)
	}
}

// TestNothingCanBeWrongWithNoCredential: whatever a server says of credentials, none that is not there is invalid.
func TestNothingCanBeWrongWithNoCredential(t *testing.T) {
	answer := `{"error":{"message":"UNAUTHORIZED","code":-32001,"data":{"code":"UNAUTHORIZED","httpStatus":401}}}`
	if all := read(answered(get("https://h.test/audit"), 401, answer)); all[0].Element != "auth" || all[0].Cause != "missing_credentials" || !all[0].Missing {
		t.Errorf("got %+v", all)
	}
	if all := read(answered(get("https://h.test/audit", "Authorization", "Bearer abc"), 401, answer)); find(all, "missing_credentials", "") != nil {
		t.Errorf("one was sent, got %+v", all)
	}
}
