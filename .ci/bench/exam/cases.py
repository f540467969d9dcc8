"""The cases of the exam: bases (what is right), rows (what went wrong with it, and what an expert would accept), and commands of curl for what is no body.

A row: name, gate ("" the server itself, "-" itself and terse, else a gate of ../services/gate.mjs before it), faults, causes, elements, what leads there.
Causes and elements: alternatives, apart by blanks; " + " between those of two faults. A name that ends in ? is unfair, as it turned out."""
import copy, json, re, shlex
from urllib.parse import parse_qsl, quote

UA = {"User-Agent": "acme-backoffice/4.2 (+https://acme.example)"}
RID = {"X-Request-Id": "8a1f6c0e-1f7e-4f0b-9a53-0b54b2d1c9aa"}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
TYPE, FORMAT, VALUE, MISS, EXTRA = ("invalid_body_property_" + k for k in ("type", "format", "value")), 0, 0, "missing_body_property", "unexpected_body_property"
TYPE, FORMAT, VALUE = "invalid_body_property_type", "invalid_body_property_format invalid_body_property_value", "invalid_body_property_value invalid_body_property_format"
ANY = "invalid_body_property_type invalid_body_property_format invalid_body_property_value"
NAME = MISS + " " + EXTRA
PARAM, NOPARAM = "invalid_request_parameter", "missing_request_parameter"
MEDIA = "unsupported_media_type content_type_mismatch missing_request_header invalid_request_header"
PATH = "wrong_path resource_not_found gateway_route_not_found trailing_slash wrong_api_version"
CREDS = "invalid_credentials missing_credentials malformed_authorization"
BAD = "malformed_json malformed_request_body"

BASES = {  # what is right: server, method, path, headers, body
    "quote": ("vjs", "POST", "/v2/quotes", {"Authorization": "Bearer brk_live_7Qa2", "X-Broker-Id": "nordwind", **JSON, **UA, **RID, "Accept-Language": "en-GB"}, {
        "product": "motor", "start_date": "2031-04-01", "term_months": 12, "currency": "EUR",
        "policyholder": {"first_name": "Jonas", "last_name": "Lindqvist", "birth_date": "1984-09-12", "email": "jonas.lindqvist@example.com", "phone": "+46701234567",
                         "address": {"line1": "Storgatan 4", "postcode": "11455", "country": "SE"}},
        "vehicle": {"vin": "YV1MW765292451234", "make": "Volvo", "model": "V50", "year": 2019, "value": 11400, "mileage": 84000, "overnight": "street"},
        "drivers": [{"name": "Jonas Lindqvist", "licence_years": 18, "claims": 0}, {"name": "Karin Lindqvist", "licence_years": 4, "claims": 1}],
        "cover": {"level": "comprehensive", "excess": 250, "extras": ["glass", "roadside"]}, "consent": True}),
    "quotes": ("vjs", "GET", "/v2/quotes?status=draft&per_page=25&from=2031-01-01&sort=-created_at", {"Authorization": "Bearer brk_live_7Qa2", "X-Broker-Id": "nordwind", "Accept": "application/json", **UA}, None),
    "label": ("effect", "POST", "/v1/labels", {"X-Api-Key": "shp_9d1c77", **JSON, **UA, **RID}, {
        "service": "EXPRESS", "label_format": "PDF", "reference": "SO-20931", "ship_date": "2031-05-12", "insured": False,
        "shipper": {"name": "Warehouse North", "company": "Acme AB", "street": "Hamngatan 2", "city": "Malmö", "postal_code": "21122", "country": "SE", "phone": "+4640123456"},
        "recipient": {"name": "Paula Weiss", "street": "Kärntner Ring 9", "city": "Wien", "postal_code": "1010", "country": "AT"},
        "parcels": [{"weight_grams": 2400, "length_mm": 300, "width_mm": 200, "height_mm": 150, "reference": "P1"}, {"weight_grams": 800, "length_mm": 220, "width_mm": 160, "height_mm": 90}],
        "customs": {"contents": "MERCHANDISE", "incoterm": "DAP", "items": [{"description": "Cotton shirt", "quantity": 2, "unit_value": 24.5, "currency": "EUR", "hs_code": "620520", "origin": "PT"},
                                                                           {"description": "Leather belt", "quantity": 1, "unit_value": 39, "currency": "EUR", "hs_code": "420330", "origin": "IT"}]}}),
    "leave": ("zodapi", "POST", "/v1/leave-requests", {"X-Tenant": "acme-se", **JSON, **UA, "Accept-Language": "sv"}, {
        "employee_no": "E004417", "kind": "parental", "starts_on": "2031-06-02", "ends_on": "2031-06-27", "half_day": False, "days": 20, "approver": {"employee_no": "E001002", "email": "mona.ek@acme.example"},
        "contact": {"phone": "+46704441122", "address": "Sjövägen 3, Nacka"}, "cover": [{"employee_no": "E004510", "share": 0.5}, {"employee_no": "E004511", "share": 0.5}],
        "attachments": ["https://files.acme.example/lv/881.pdf"], "note": "Half of June.", "notify": ["payroll", "manager"], "paid": True}),
    "leaves": ("zodapi", "GET", "/v1/leaves?year=2031&status=open&limit=50", {"X-Tenant": "acme-se", "Accept": "application/json", **UA}, None),
    "visit": ("mongoose", "POST", "/fhirish/appointments", {**JSON, **UA, **RID, "Authorization": "Bearer 9f3a"}, {
        "patient": {"mrn": "MRN-0091224", "family_name": "Okafor", "given_name": "Ada", "birth_date": "1977-03-30", "sex": "female", "contacts": [{"kind": "phone", "value": "+44 20 7946 0101"}, {"kind": "email", "value": "ada@example.org"}]},
        "clinic": "cardiology", "practitioner": "65f1c0aa9b1e8a0012ab34cd", "starts_at": "2031-02-11T09:30:00Z", "duration": 30, "reason": {"code": "I48.0", "system": "ICD-10", "text": "Atrial fibrillation"},
        "priority": 2, "interpreter": False, "referral": {"number": "R-5521", "from": "GP Hackney"}, "reminders": [48, 2]}),
    "ticket": ("koajoi", "POST", "/projects/OPS/tickets", {"X-Agent": "li@acme.com", **JSON, **UA, **RID}, {
        "subject": "Scanner in hall 4 is offline", "description": "It went dark at 6 and does not come back.", "priority": "high", "channel": "web",
        "requester": {"name": "Rui Costa", "email": "rui@acme.pt", "locale": "pt-PT"}, "tags": ["hardware", "hall-4"], "due_at": "2031-03-04T12:00:00Z",
        "custom": [{"id": 31, "value": "HS-22"}, {"id": 40, "value": True}], "cc": ["ops@acme.com"], "assignee": {"group": 12}}),
    "tickets": ("koajoi", "GET", "/projects/OPS/tickets?status=open&page=1&size=50&since=2031-01-01", {"Accept": "application/json", **UA}, None),
    "tariff": ("wsme", "POST", "/v1/tariffs", {**JSON, **UA, "X-Auth-Token": "gAAAAB", **RID}, {
        "code": "HOME2031", "name": "Home variable", "region": "north", "valid_from": "2031-01-01", "valid_to": "2031-12-31", "currency": "SEK", "standing_charge": 39.0, "green": True, "max_power_kw": 25,
        "bands": [{"label": "day", "starts_hour": 6, "price": 1.42}, {"label": "night", "starts_hour": 22, "price": 0.71}], "meter_types": ["smart", "prepaid"], "contact": "tariffs@grid.example"}),
    "tariffs": ("wsme", "GET", "/v1/tariffs?limit=20&region=north", {"Accept": "application/json", **UA}, None),
    "hire": ("cattrs", "POST", "/hr/hires", {**JSON, **UA, **RID}, {
        "first_name": "Noor", "last_name": "Haddad", "personal_number": "19910412-2384", "email": "noor@acme.example", "start": "2031-08-01", "salary": 412000,
        "job": {"title": "Field engineer", "department": "care", "grade": 6, "hours": 37.5, "manager": "E001002"}, "bank": {"iban": "SE4550000000058398257466", "holder": "Noor Haddad"},
        "dependants": [{"name": "Sami", "born": 2019}, {"name": "Lina", "born": 2022}], "equipment": ["laptop", "phone"], "probation_months": 6, "remote": True}),
    "reading": ("cpp", "POST", "/api/readings", {**JSON, **UA, "X-Api-Version": "3"}, {
        "meter_id": "SEN00112233", "installation": {"grid_area": "SE3", "fuse_ampere": 20}, "interval_minutes": 60, "unit": "kWh", "estimated": False, "tags": ["household"],
        "readings": [{"at": "2031-01-01T00:00:00Z", "value": 0.412, "quality": "A"}, {"at": "2031-01-01T01:00:00Z", "value": 0.398, "quality": "A"}, {"at": "2031-01-01T02:00:00Z", "value": 0.377, "quality": "B"}],
        "source": {"gateway": "GW-881", "firmware": "4.1.0"}}),
    "readings": ("cpp", "GET", "/api/meters/SEN00112233/readings?from=2031-01-01&resolution=hour", {"Accept": "application/json", **UA}, None),
    "claim": ("fuego", "POST", "/claims", {**JSON, **UA, "X-Region": "nordic", **RID}, {
        "policy": "HP10442981", "kind": "water", "occurred_at": "2031-01-14T08:15:00Z", "reported_by": {"name": "Eva Holm", "phone": "+46701234567", "email": "eva@example.com"},
        "location": {"street": "Bryggargatan 7", "city": "Uppsala", "country": "SE", "lat": 59.858, "lon": 17.638},
        "items": [{"description": "Oak floor", "amount": 18400.0, "bought": "2022-05-01"}, {"description": "Sofa", "amount": 9900.5, "bought": "2024-11-20"}], "deductible": 150, "currency": "SEK", "iban": "SE4550000000058398257466",
        "photos": ["https://img.example.com/1.jpg", "https://img.example.com/2.jpg"], "habitable": True, "note": "Pipe under the sink."}),
    "one": ("fuego", "GET", "/claims/C-7781", {"Accept": "application/json", **UA}, None),
    "rental": ("swaggest", "POST", "/rentals", {**JSON, **UA, "X-Fleet": "oslo", **RID}, {
        "plate": "EL20931", "class": "compact", "pickup": {"station": "OSL", "at": "2031-07-01T09:00:00Z"}, "return": {"station": "OSL", "at": "2031-07-05T09:00:00Z"},
        "drivers": [{"name": "Ole Berg", "licence": "NO7781203", "born": 1988}, {"name": "Siri Berg", "licence": "NO7781204", "born": 1990}], "insurance": "full", "kilometre_limit": 1500, "deposit": 3000,
        "extras": ["childseat", "skirack"], "voucher": "SUMMER31", "email": "ole@example.no", "oneway": False}),
    "vehicles": ("swaggest", "GET", "/vehicles?class=van&from=2031-07-01&seats=3&page=1", {"Accept": "application/json", **UA}, None),
    "booking": ("nette", "POST", "/bookings", {"Authorization": "Basic Y2hhbm5lbDpyb29tcy03Nw==", **JSON, **UA}, {
        "hotel": 881, "rate_plan": "flex", "arrival": "2031-09-12", "nights": 3, "rooms": [{"type": "double", "guests": [{"name": "Max Ott", "age": 44, "nationality": "DE"}, {"name": "Ida Ott", "age": 41, "nationality": "DE"}], "extra_bed": True},
                                                                                       {"type": "single", "guests": [{"name": "Tom Ott", "age": 17, "nationality": "DE"}], "extra_bed": False}],
        "contact": {"email": "max@example.de", "phone": "+49 30 1234", "language": "de"}, "payment": {"method": "card", "amount": 612.5, "currency": "EUR"}, "remarks": "Quiet room", "newsletter": False, "late_arrival": True}),
    "payment": ("pay", "POST", "/payment_initiation/payment/create", {"PLAID-CLIENT-ID": "5fa", "PLAID-SECRET": "2b9", "Plaid-Version": "2020-09-14", **JSON, **UA}, {
        "recipient_id": "recipient-id-sandbox-9b6b4679", "reference": "Invoice 9931", "amount": {"currency": "GBP", "value": 100.25}, "schedule": {"interval": "MONTHLY", "interval_execution_day": 5, "start_date": "2031-02-05", "end_date": "2031-12-05"},
        "options": {"request_refund_details": True, "bacs": {"account": "26207729", "sort_code": "560029"}, "scheme": "LOCAL_DEFAULT"}}),
    "transactions": ("plaid", "POST", "/transactions/get", {"PLAID-CLIENT-ID": "5fa", "PLAID-SECRET": "2b9", "Plaid-Version": "2020-09-14", **JSON, **UA}, {
        "access_token": "access-sandbox-de3ce8ef", "start_date": "2030-01-01", "end_date": "2030-03-01", "options": {"count": 250, "offset": 100, "include_personal_finance_category": True, "account_ids": ["BxBXxLj1m4HMXBm9WZZmCWVbPjX16EHwv99vp"]}}),
    "link": ("glue", "POST", "/link/token/create", {"PLAID-CLIENT-ID": "5fa", "PLAID-SECRET": "2b9", **JSON, **UA}, {
        "client_name": "Ledgerly", "language": "en", "country_codes": ["GB", "IE"], "products": ["auth", "transactions"], "webhook": "https://hooks.ledgerly.example/plaid", "redirect_uri": "https://app.ledgerly.example/oauth",
        "user": {"client_user_id": "user-8841", "legal_name": "Sam Okoro", "phone_number": "+441632960961", "email_address": "sam@example.co.uk", "date_of_birth": "1990-06-21",
                 "address": {"street": "1 High St", "city": "Leeds", "postal_code": "LS1 4AP", "country": "GB"}}, "account_filters": {"depository": {"account_subtypes": ["checking", "savings"]}}}),
    "envelopes": ("docusign", "GET", "/v2.1/accounts/7f2a/envelopes?from_date=2031-01-01&status=sent&count=50", {"Authorization": "Bearer eyJ0", "Accept": "application/json", **UA}, None),
    "view": ("docusign", "POST", "/v2.1/accounts/7f2a/envelopes/e-9/views/recipient", {"Authorization": "Bearer eyJ0", **JSON, **UA}, {
        "authenticationMethod": "email", "clientUserId": "1041", "recipientId": "1", "returnUrl": "https://app.example.com/signed", "userName": "Lena Vik", "email": "lena@example.com", "pingFrequency": "600",
        "pingUrl": "https://app.example.com/ping", "frameAncestors": ["https://app.example.com", "https://apps-d.docusign.com"], "messageOrigins": ["https://apps-d.docusign.com"]}),
    "flag": ("ld", "POST", "/api/v2/flags/web?clone=old-checkout", {"Authorization": "api-7c1", **JSON, **UA, "LD-API-Version": "20220603"}, {
        "name": "New checkout", "key": "new-checkout", "includeInSnippet": True, "clientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": False},
        "variations": [{"value": True, "name": "On"}, {"value": False, "name": "Off"}], "temporary": True, "tags": ["checkout", "q3"], "defaults": {"onVariation": 0, "offVariation": 1}}),
    "flags": ("ld", "GET", "/api/v2/flags/web?env=production&limit=20&offset=0&archived=false&summary=true&sort=creationDate", {"Authorization": "api-7c1", "Accept": "application/json", **UA}, None),
    "metric": ("ld", "POST", "/api/v2/metrics/web", {"Authorization": "api-7c1", **JSON, **UA}, {
        "key": "checkout-time", "name": "Checkout time", "kind": "custom", "isActive": True, "isNumeric": True, "unit": "ms", "eventKey": "checkout-done", "successCriteria": "LowerThanBaseline", "tags": ["checkout"], "randomizationUnits": ["user"],
        "urls": [{"kind": "substring", "substring": "/checkout"}]}),
    "incident": ("xsoar", "POST", "/incident", {"Authorization": "XS-51F0C2", **JSON, **UA}, {
        "name": "Phishing: payroll", "type": "Phishing", "severity": 2, "owner": "analyst1", "details": "A mail with a link to a fake login.", "createInvestigation": True, "occurred": "2031-01-03T07:12:00Z", "dueDate": "2031-01-05T07:12:00Z",
        "labels": [{"type": "Email/from", "value": "hr@payro11.example"}, {"type": "Email/subject", "value": "Your payslip"}], "linkedIncidents": ["1002", "1007"], "phase": "triage", "reason": "reported", "sla": 3, "playbookId": "phish-3",
        "rawName": "Phishing: payroll", "status": 1, "feedBased": False}),
}

# name, base, gate, faults, causes, elements, what leads there
ROWS = [
    # motor quotes: validatorjs says errors by path
    ("quote/type", "quote", "", [("set", "/vehicle/year", "two thousand nineteen")], TYPE + " " + VALUE, "body:/vehicle/year"),
    ("quote/enum", "quote", "", [("set", "/vehicle/overnight", "on_street")], VALUE, "body:/vehicle/overnight"),
    ("quote/vin", "quote", "", [("set", "/vehicle/vin", "YV1MW76529245123")], VALUE, "body:/vehicle/vin"),
    ("quote/missing", "quote", "", [("del", "/policyholder/birth_date")], MISS, "body:/policyholder/birth_date"),
    ("quote/wildcard", "quote", "", [("set", "/drivers/1/licence_years", -4)], VALUE, "body:/drivers/1/licence_years"),
    ("quote/broker", "quote", "", [("h", "X-Broker-Id", None)], "missing_request_header", "header:X-Broker-Id"),
    ("quote/token", "quote", "", [("h", "Authorization", "Bearer brk_test_7Qa2")], CREDS + " wrong_environment_credentials", "header:Authorization auth"),
    ("quote/phone-silent", "quote", "json", [("set", "/policyholder/phone", "070-123 45 67")], ANY, "body:/policyholder/phone", "others have it with + and digits; a good quote differs in it"),
    ("quote/country-silent", "quote", "html", [("set", "/policyholder/address/country", "SWE")], ANY, "body:/policyholder/address/country", "ISO 3166 alpha-2"),
    ("quote/email-silent", "quote", "code", [("set", "/policyholder/email", "jonas.lindqvist.example.com")], ANY, "body:/policyholder/email", "no @"),
    ("quote/excess-silent", "quote", "empty", [("set", "/cover/excess", 300)], ANY, "body:/cover/excess", "leaving out and changing each field"),
    ("quote/body-silent", "quote", "trace", [("h", "Content-Type", "text/plain")], MEDIA, "header:Content-Type", "the body is JSON"),
    ("quotes/page", "quotes", "", [("q", "per_page", "100")], PARAM, "query:per_page"),
    ("quotes/sort", "quotes", "json", [("q", "sort", "-created")], PARAM, "query:sort", "without it, it passes"),
    ("quotes/path", "quotes", "", [("path", "/v3/quotes?status=draft&per_page=25&from=2031-01-01&sort=-created_at")], PATH, "url.path*", "v2 answers"),
    ("quote/two", "quote", "", [("set", "/term_months", 18), ("del", "/vehicle/make")], f"{VALUE} + {MISS}", "body:/term_months + body:/vehicle/make"),
    ("quote/two-silent", "quote", "json", [("set", "/currency", "eur"), ("set", "/drivers/0/licence_years", "18 years")], f"{ANY} + {ANY}", "body:/currency + body:/drivers/0/licence_years", "upper case; a sibling is a number"),
    ("quote/three-heads", "quote", "", [("h", "X-Broker-Id", None), ("set", "/product", "car")], f"missing_request_header + {VALUE}", "header:X-Broker-Id + body:/product"),
    # labels: Effect's tree of messages
    ("label/enum", "label", "", [("set", "/service", "express")], VALUE, "body:/service"),
    ("label/float", "label", "", [("set", "/parcels/1/weight_grams", 800.5)], TYPE + " " + VALUE, "body:/parcels/1/weight_grams"),
    ("label/string", "label", "", [("set", "/customs/items/1/unit_value", "39.00")], TYPE, "body:/customs/items/1/unit_value"),
    ("label/extra", "label", "", [("set", "/recipient/email", "paula@example.at")], EXTRA, "body:/recipient/email"),
    ("label/missing", "label", "", [("del", "/shipper/city")], MISS, "body:/shipper/city"),
    ("label/renamed", "label", "", [("ren", "/ship_date", "shipping_date")], NAME, "body:/ship_date body:/shipping_date"),
    ("label/hs-silent", "label", "json", [("set", "/customs/items/0/hs_code", "6205.20")], ANY, "body:/customs/items/0/hs_code", "the other item has six digits"),
    ("label/date-silent", "label", "trace", [("set", "/ship_date", "12/05/2031")], ANY, "body:/ship_date", "ISO 8601"),
    ("label/null-silent", "label", "empty", [("set", "/recipient/phone", None)], ANY + " unexpected_body_property", "body:/recipient/phone", "null where the other has text; without it, it passes"),
    ("label/origin-silent", "label", "code", [("set", "/customs/items/1/origin", "ITA")], ANY, "body:/customs/items/1/origin", "the other has two letters"),
    ("label/key-silent", "label", "html", [("h", "X-Api-Key", "shp_9d1c7")], CREDS + " insufficient_permission", "header:X-Api-Key auth", "403 to every request"),
    ("label/customs", "label", "", [("del", "/customs")], MISS + " conflict business_rule_violation interacting_parameters", "body:/customs body:/recipient/country body:/shipper/country"),
    ("label/json", "label", "", [("raw", '"insured": false,', '"insured": False,')], BAD, "body*"),
    ("label/two", "label", "", [("set", "/label_format", "PNG"), ("set", "/parcels/0/length_mm", "300")], f"{VALUE} + {TYPE}", "body:/label_format + body:/parcels/0/length_mm"),
    ("label/two-silent", "label", "json", [("set", "/customs/items/0/quantity", 2.5), ("ren", "/recipient/postal_code", "zip")], f"{ANY} + {NAME}", "body:/customs/items/0/quantity + body:/recipient/postal_code body:/recipient/zip", "siblings"),
    # leave: express-zod-api says path: message
    ("leave/date", "leave", "", [("set", "/starts_on", "02.06.2031")], VALUE, "body:/starts_on"),
    ("leave/employee", "leave", "", [("set", "/employee_no", "4417")], VALUE, "body:/employee_no"),
    ("leave/bool", "leave", "", [("set", "/half_day", "no")], TYPE, "body:/half_day"),
    ("leave/nested", "leave", "", [("set", "/cover/1/share", 50)], VALUE, "body:/cover/1/share"),
    ("leave/order", "leave", "", [("set", "/ends_on", "2031-05-27")], VALUE + " interacting_parameters business_rule_violation", "body:/ends_on body:/starts_on"),
    ("leave/tenant", "leave", "", [("h", "X-Tenant", "acme-no")], CREDS + " invalid_request_header", "header:X-Tenant auth"),
    ("leave/notify-silent", "leave", "json", [("set", "/notify/1", "boss")], ANY, "body:/notify/1", "without it, it passes"),
    ("leave/url-silent", "leave", "trace", [("set", "/attachments/0", "files.acme.example/lv/881.pdf")], ANY, "body:/attachments/0", "a URL has a scheme"),
    ("leave/paid-silent", "leave", "empty", [("set", "/paid", False)], ANY + " business_rule_violation", "body:/paid", "the other way round it passes"),
    ("leave/days-silent", "leave", "code", [("set", "/days", "20")], ANY, "body:/days", "a number in quotes"),
    ("leaves/year", "leaves", "", [("q", "year", None)], NOPARAM, "query:year"),
    ("leaves/limit", "leaves", "-", [("q", "limit", "500")], PARAM, "query:limit", "the message names it: telling after all"),
    ("leave/method", "leave", "", [("method", "PUT")], "method_not_allowed", "method"),
    ("leave/two", "leave", "", [("set", "/kind", "vacation"), ("del", "/contact/phone")], f"{VALUE} + {MISS}", "body:/kind + body:/contact/phone"),
    # appointments: mongoose's sentences
    ("visit/cast", "visit", "", [("set", "/duration", "half an hour")], TYPE + " " + VALUE, "body:/duration"),
    ("visit/objectid", "visit", "", [("set", "/practitioner", "dr-house")], TYPE + " " + VALUE, "body:/practitioner"),
    ("visit/enum", "visit", "", [("set", "/clinic", "Cardiology")], VALUE, "body:/clinic"),
    ("visit/mrn", "visit", "", [("set", "/patient/mrn", "0091224")], VALUE, "body:/patient/mrn"),
    ("visit/missing", "visit", "", [("del", "/patient/contacts/1/value")], MISS, "body:/patient/contacts/1/value"),
    ("visit/strict", "visit", "", [("set", "/room", "4B")], EXTRA, "body:/room"),
    ("visit/date-silent", "visit", "json", [("set", "/starts_at", "2031-02-30T25:30:00Z")], ANY, "body:/starts_at", "there is no hour 25"),
    ("visit/kind-silent", "visit", "html", [("set", "/patient/contacts/0/kind", "mobile")], ANY, "body:/patient/contacts/0/kind", "the second contact's kind passes in its place"),
    ("visit/reminder-silent", "visit", "empty", [("set", "/reminders/1", "2h")], ANY, "body:/reminders/1", "the other is a number"),
    ("visit/priority-silent", "visit", "code", [("set", "/priority", 9)], ANY, "body:/priority", "without it, it passes"),
    ("visit/two", "visit", "", [("set", "/patient/sex", "F"), ("set", "/duration", 2)], f"{VALUE} + {VALUE}", "body:/patient/sex + body:/duration"),
    ("visit/two-silent", "visit", "json", [("set", "/patient/birth_date", "30.03.1977 (ca.)"), ("set", "/reason/system", "ICD10")], f"{ANY} + {ANY}", "body:/patient/birth_date + body:/reason/system", "ISO dates; leaving out"),
    # tickets: Joi's sentence in plain text
    ("ticket/enum", "ticket", "", [("set", "/priority", "critical")], VALUE, "body:/priority"),
    ("ticket/length", "ticket", "", [("set", "/subject", "Help")], VALUE, "body:/subject"),
    ("ticket/xor", "ticket", "", [("set", "/assignee/agent", 7)], "interacting_parameters unexpected_body_property invalid_body_property_value", "body:/assignee body:/assignee/agent body:/assignee/group"),
    ("ticket/agent", "ticket", "", [("h", "X-Agent", None)], "missing_request_header", "header:X-Agent"),
    ("ticket/type", "ticket", "", [("h", "Content-Type", "application/vnd.api")], MEDIA, "header:Content-Type"),
    ("ticket/unknown", "ticket", "", [("ren", "/channel", "source")], NAME, "body:/channel body:/source"),
    ("ticket/cc-silent", "ticket", "trace", [("set", "/cc/0", "ops")], ANY, "body:/cc/0 body:/cc", "an address has an @"),
    ("ticket/locale-silent", "ticket", "json", [("set", "/requester/locale", "pt_PT")], ANY, "body:/requester/locale", "BCP 47"),
    ("ticket/project-silent", "ticket", "empty", [("path", "/projects/operations/tickets")], PATH + " invalid_request_parameter", "url.path*", "another request has OPS", ),
    ("tickets/page", "tickets", "", [("q", "page", "0")], PARAM, "query:page"),
    ("tickets/since", "tickets", "json", [("q", "since", "yesterday")], PARAM, "query:since", "without it, it passes"),
    ("tickets/two", "tickets", "", [("q", "status", "closed"), ("q", "size", "all")], f"{PARAM} + {PARAM}", "query:status + query:size"),
    # tariffs: WSME's faultstring
    ("tariff/int", "tariff", "", [("set", "/bands/1/starts_hour", 24)], VALUE, "body:/bands/1/starts_hour"),
    ("tariff/enum", "tariff", "", [("set", "/region", "North")], VALUE, "body:/region"),
    ("tariff/mandatory", "tariff", "", [("del", "/standing_charge")], MISS, "body:/standing_charge"),
    ("tariff/unknown", "tariff", "", [("set", "/vat", 0.25)], EXTRA, "body:/vat"),
    ("tariff/date", "tariff", "", [("set", "/valid_to", "end of year")], VALUE + " " + TYPE, "body:/valid_to"),
    ("tariff/code-silent", "tariff", "json", [("set", "/code", "H31")], ANY, "body:/code", "changing each field"),
    ("tariff/type-silent", "tariff", "trace", [("set", "/meter_types/1", "analogue")], ANY, "body:/meter_types/1", "without it, it passes"),
    ("tariff/price-silent", "tariff", "empty", [("set", "/bands/0/price", "1,42")], ANY, "body:/bands/0/price", "the other has a number"),
    ("tariffs/limit", "tariffs", "", [("q", "limit", "all")], PARAM, "query:limit"),
    ("tariffs/unknown", "tariffs", "", [("q", "sort", "code")], PARAM + " unexpected_body_property", "query:sort"),
    ("tariff/two", "tariff", "", [("set", "/currency", "NOK"), ("del", "/bands/0/label")], f"{VALUE} + {MISS}", "body:/currency + body:/bands/0/label"),
    # hires: cattrs' exceptions, with their notes
    ("hire/type", "hire", "", [("set", "/salary", "412000")], TYPE, "body:/salary"),
    ("hire/missing", "hire", "", [("del", "/job/title")], MISS, "body:/job/title"),
    ("hire/extra", "hire", "", [("set", "/job/location", "Lund")], EXTRA, "body:/job/location"),
    ("hire/department", "hire", "", [("set", "/job/department", "Care")], VALUE, "body:/job/department"),
    ("hire/personal-silent", "hire", "json", [("set", "/personal_number", "910412-2384")], ANY, "body:/personal_number", "changing each field; a good one"),
    ("hire/iban-silent", "hire", "code", [("set", "/bank/iban", "se45 5000 0000 0583 9825 7466")], ANY, "body:/bank/iban", "ISO 13616"),
    ("hire/born-silent", "hire", "empty", [("set", "/dependants/1/born", "2022-01-04")], ANY, "body:/dependants/1/born", "the other is a number"),
    ("hire/type-header", "hire", "", [("h", "Content-Type", "application/x-www-form-urlencoded")], MEDIA, "header:Content-Type"),
    ("hire/two", "hire", "", [("set", "/job/grade", 14), ("ren", "/start", "start_date")], f"{VALUE} + {NAME}", "body:/job/grade + body:/start body:/start_date"),
    # readings: nlohmann's exceptions, which name no member where a type is wrong
    ("reading/missing", "reading", "", [("del", "/installation/grid_area")], MISS, "body:/installation/grid_area"),
    ("reading/type", "reading", "-", [("set", "/installation/fuse_ampere", "20A")], TYPE, "body:/installation/fuse_ampere", "type must be number, but is string: one of the strings"),
    ("reading/bool", "reading", "-", [("set", "/estimated", "false")], TYPE, "body:/estimated", "type must be boolean, but is string"),
    ("reading/null", "reading", "-", [("set", "/readings/1/value", None)], TYPE + " " + MISS + " " + VALUE, "body:/readings/1/value", "must be number, but is null: there is one null"),
    ("reading/unit", "reading", "-", [("set", "/unit", "kwh")], VALUE, "body:/unit", "unsupported unit"),
    ("reading/meter", "reading", "", [("set", "/meter_id", "SE-00112233")], VALUE, "body:/meter_id"),
    ("reading/negative", "reading", "-", [("set", "/readings/2/value", -0.377)], VALUE, "body:/readings/2/value", "value below zero: there is one"),
    ("reading/version", "reading", "", [("h", "X-Api-Version", "v3")], "invalid_request_header", "header:X-Api-Version"),
    ("reading/json", "reading", "", [("raw", '"firmware": "4.1.0"}', '"firmware": "4.1.0",}')], BAD, "body*"),
    ("readings/from", "readings", "-", [("q", "from", "01-01-2031")], PARAM, "query:from", "bad from"),
    ("readings/meter", "readings", "-", [("path", "/api/meters/SEN0011223/readings?from=2031-01-01&resolution=hour")], PATH + " invalid_request_parameter", "url.path*", "404 and nothing; a digit is missing: another meter's request"),
    # claims: fuego with the validator of Go
    ("claim/oneof", "claim", "", [("set", "/kind", "flood")], VALUE, "body:/kind"),
    ("claim/phone", "claim", "", [("set", "/reported_by/phone", "0701234567")], VALUE, "body:/reported_by/phone"),
    ("claim/item", "claim", "", [("set", "/items/1/amount", 0)], VALUE + " " + MISS, "body:/items/1/amount"),
    ("claim/unmarshal", "claim", "", [("set", "/items/0/amount", "18400 kr")], TYPE, "body:/items/0/amount"),
    ("claim/time", "claim", "", [("set", "/occurred_at", "2031-01-14 08:15")], VALUE + " " + TYPE, "body:/occurred_at"),
    ("claim/theft", "claim", "", [("set", "/kind", "theft")], "business_rule_violation missing_body_property interacting_parameters invalid_body_property_value conflict", "body:/police body:/kind"),
    ("claim/region-silent?", "claim", "json", [("h", "X-Region", "nordics")], "invalid_request_header insufficient_permission invalid_credentials", "header:X-Region", "403 for this value; a good one has nordic"),
    ("claim/country-silent", "claim", "trace", [("set", "/location/country", "Sweden")], ANY, "body:/location/country", "ISO 3166 alpha-2"),
    ("claim/photo-silent", "claim", "empty", [("set", "/photos/1", "img.example.com/2.jpg")], ANY, "body:/photos/1", "the other has a scheme"),
    ("claim/lat-silent", "claim", "code", [("set", "/location/lat", 159.858)], ANY, "body:/location/lat", "a latitude is below 90"),
    ("claim/long-silent", "claim", "html", [("set", "/note", "The pipe under the sink burst. " * 8)], ANY, "body:/note", "without it, it passes"),
    ("one/gone", "one", "", [("path", "/claims/C-7718")], "resource_not_found wrong_path", "url.path*"),
    ("claim/two", "claim", "", [("set", "/currency", "kr"), ("del", "/iban")], f"{VALUE} + {MISS}", "body:/currency + body:/iban"),
    # rentals: swaggest's context
    ("rental/plate", "rental", "", [("set", "/plate", "EL 20931")], VALUE, "body:/plate"),
    ("rental/multiple", "rental", "", [("set", "/kilometre_limit", 1520)], VALUE, "body:/kilometre_limit"),
    ("rental/extra", "rental", "", [("set", "/drivers/0/age", 42)], EXTRA, "body:/drivers/0/age"),
    ("rental/fleet", "rental", "", [("h", "X-Fleet", "Oslo")], "invalid_request_header", "header:X-Fleet"),
    ("rental/oneway", "rental", "", [("set", "/return/station", "BGO")], "business_rule_violation interacting_parameters conflict precondition_failed invalid_body_property_value", "body:/return/station body:/oneway body:/pickup/station"),
    ("rental/licence-silent", "rental", "json", [("set", "/drivers/1/licence", "7781")], ANY, "body:/drivers/1/licence", "the other is longer"),
    ("rental/unique-silent", "rental", "trace", [("set", "/extras", ["childseat", "skirack", "childseat"])], ANY, "body:/extras body:/extras/0 body:/extras/2", "twice the same"),
    ("rental/time-silent", "rental", "empty", [("set", "/return/at", "2031-07-05 09:00")], ANY, "body:/return/at", "the other is RFC 3339"),
    ("rental/voucher-silent", "rental", "html", [("set", "/voucher", "SUMMER2031")], ANY, "body:/voucher", "without it, it passes"),
    ("vehicles/seats", "vehicles", "", [("q", "seats", "12")], PARAM, "query:seats"),
    ("vehicles/from", "vehicles", "json", [("q", "from", "1 July")], PARAM, "query:from", "a date"),
    ("vehicles/name", "vehicles", "", [("q", "from", None), ("q", "date_from", "2031-07-01")], f"{NOPARAM} {PARAM}", "query:from query:date_from"),
    ("rental/two", "rental", "", [("set", "/class", "suv"), ("del", "/email")], f"{VALUE} + {MISS}", "body:/class + body:/email"),
    # bookings: Nette's sentences
    ("booking/int", "booking", "", [("set", "/nights", "3")], TYPE, "body:/nights"),
    ("booking/enum", "booking", "", [("set", "/rooms/0/type", "twin")], VALUE, "body:/rooms/0/type"),
    ("booking/missing", "booking", "", [("del", "/payment/currency")], MISS, "body:/payment/currency"),
    ("booking/unexpected", "booking", "", [("ren", "/contact/phone", "telephone")], EXTRA + " " + MISS, "body:/contact/telephone body:/contact/phone"),
    ("booking/range", "booking", "", [("set", "/rooms/1/guests/0/age", 170)], VALUE, "body:/rooms/1/guests/0/age"),
    ("booking/float-silent", "booking", "json", [("set", "/payment/amount", "612.50")], ANY, "body:/payment/amount", "a number in quotes"),
    ("booking/nationality-silent", "booking", "trace", [("set", "/rooms/0/guests/1/nationality", "German")], ANY, "body:/rooms/0/guests/1/nationality", "the others have two letters"),
    ("booking/arrival-silent", "booking", "empty", [("set", "/arrival", "12.09.2031")], ANY, "body:/arrival", "ISO 8601"),
    ("booking/auth", "booking", "", [("h", "Authorization", "Basic Y2hhbm5lbDpyb29tcy03OA==")], CREDS, "header:Authorization auth"),
    ("booking/two", "booking", "", [("set", "/rate_plan", "bb"), ("set", "/late_arrival", "yes")], f"{VALUE} + {TYPE}", "body:/rate_plan + body:/late_arrival"),
    # Plaid's document: Prism and fastify-openapi-glue
    ("payment/reference", "payment", "", [("set", "/reference", 9931)], TYPE, "body:/reference"),
    ("payment/interval", "payment", "", [("set", "/schedule/interval", "monthly")], VALUE, "body:/schedule/interval"),
    ("payment/amount", "payment", "", [("set", "/amount", 100.25)], TYPE, "body:/amount"),
    ("payment/refund-silent", "payment", "json", [("set", "/options/request_refund_details", "yes")], ANY, "body:/options/request_refund_details", "without it, it passes"),
    ("transactions/secret", "transactions", "", [("h", "PLAID-SECRET", None)], "missing_credentials missing_request_header", "header:PLAID-SECRET auth"),
    ("transactions/count", "transactions", "", [("set", "/options/count", 1000)], VALUE, "body:/options/count"),
    ("transactions/date-silent", "transactions", "trace", [("set", "/start_date", "2030-1-1")], ANY, "body:/start_date", "the other date has two digits"),
    ("transactions/path", "transactions", "", [("path", "/transactions/fetch")], PATH, "url.path*"),
    ("link/country", "link", "", [("set", "/country_codes/0", "UK")], VALUE, "body:/country_codes/0"),
    ("link/user", "link", "", [("ren", "/user/client_user_id", "id")], NAME, "body:/user/client_user_id body:/user/id"),
    ("link/product-silent", "link", "json", [("set", "/products/1", "transaction")], ANY, "body:/products/1", "without it, it passes"),
    ("link/birth-silent", "link", "empty", [("set", "/user/date_of_birth", "21/06/1990")], ANY, "body:/user/date_of_birth", "ISO 8601"),
    # DocuSign: all is text
    ("view/number", "view", "", [("set", "/recipientId", 1)], TYPE, "body:/recipientId"),
    ("view/list", "view", "", [("set", "/frameAncestors", "https://app.example.com")], TYPE, "body:/frameAncestors"),
    ("view/number-silent?", "view", "trace", [("set", "/pingFrequency", 600)], ANY, "body:/pingFrequency", "the only number"),
    ("view/version", "view", "", [("path", "/v2/accounts/7f2a/envelopes/e-9/views/recipient")], PATH, "url.path*"),
    ("envelopes/method", "envelopes", "", [("method", "DELETE")], "method_not_allowed", "method"),
    # LaunchDarkly: Steady
    ("flag/defaults", "flag", "", [("set", "/defaults/onVariation", "0")], TYPE, "body:/defaults/onVariation"),
    ("flag/key", "flag", "", [("del", "/key")], MISS, "body:/key"),
    ("flag/client-silent", "flag", "json", [("set", "/clientSideAvailability/usingMobileKey", "no")], ANY, "body:/clientSideAvailability/usingMobileKey", "the other is a boolean"),
    ("flags/limit", "flags", "", [("q", "limit", "twenty")], PARAM, "query:limit"),
    ("flags/archived", "flags", "json", [("q", "archived", "no")], PARAM, "query:archived", "a boolean"),
    ("metric/kind", "metric", "", [("set", "/kind", "numeric")], VALUE, "body:/kind"),
    ("metric/two", "metric", "", [("set", "/successCriteria", "lower"), ("set", "/isNumeric", "true")], f"{VALUE} + {TYPE}", "body:/successCriteria + body:/isNumeric"),
    # XSOAR: openapi-validator-middleware
    ("incident/severity", "incident", "", [("set", "/severity", "medium")], TYPE, "body:/severity"),
    ("incident/due", "incident", "", [("set", "/dueDate", "next week")], VALUE, "body:/dueDate"),
    ("incident/labels-silent", "incident", "json", [("set", "/labels/1", "Email/subject: Your payslip")], ANY, "body:/labels/1", "the other is an object"),
    ("incident/key", "incident", "", [("h", "Authorization", "XS-51F0C3")], CREDS + " insufficient_permission", "header:Authorization auth"),
    ("incident/linked-silent", "incident", "trace", [("set", "/linkedIncidents/0", 1002)], ANY, "body:/linkedIncidents/0", "the other is text"),
    # Lura before claims, rentals and tickets: whatever is wrong behind it is an empty 500
    ("m/claim", "claim@lura/m/claims", "-", [("set", "/deductible", 200)], ANY + " input_triggered_server_error", "body:/deductible", "changing each field"),
    ("m/region", "claim@lura/m/claims", "-", [("h", "X-Region", "baltic")], "invalid_request_header insufficient_permission input_triggered_server_error", "header:X-Region", "a good one"),
    ("m/rental", "rental@lura/m/rentals", "-", [("set", "/drivers/0/born", "1988")], ANY + " input_triggered_server_error", "body:/drivers/0/born", "the other is a number"),
    ("m/class", "vehicles@lura/m/vehicles", "-", [("q", "class", "estate")], PARAM + " input_triggered_server_error", "query:class", "without it, it passes"),
    ("m/route", "vehicles@lura/m/vehicle", "-", [], PATH, "url.path*", "the plural answers: another saved request"),
    ("m/status", "tickets@lura/m/tickets/OPS", "-", [("q", "status", "new")], PARAM + " input_triggered_server_error", "query:status", "without it, it passes"),
    # nginx with Lua before quotes
    ("p/correlation", "quote@ngx/partner/quotes", "", [("h", "X-Correlation-Id", "order-77")], "invalid_request_header", "header:X-Correlation-Id"),
    ("p/key", "quote@ngx/partner/quotes", "", [("h", "X-Partner-Key", "pk-nordwind-50")], CREDS, "header:X-Partner-Key auth"),
    ("p/channel?", "quote@ngx/partner/quotes", "-", [("h", "X-Channel", "desktop")], "invalid_request_header insufficient_permission blocked_by_waf", "header:X-Channel", "403 of nginx: without and with web"),
    ("p/large", "quote@ngx/partner/quotes", "", [("set", "/comment", "lorem ipsum " * 240)], "payload_too_large", "body* header:Content-Length"),
    ("p/method", "quotes@ngx/archive/quotes", "", [("method", "POST")], "method_not_allowed insufficient_permission", "method", "403 of nginx for a POST where GET answers"),
    ("p/down", "quotes@ngx/offline/quotes", "", [], "upstream_unavailable", ""),
    ("p/excess", "quote@ngx/partner/quotes", "", [("set", "/cover/excess", 750)], VALUE, "body:/cover/excess"),
    # HAProxy before tickets
    ("d/version", "ticket@ha/desk/OPS/tickets", "-", [("h", "X-Client-Version", "4.9.2")], "invalid_request_header api_deprecated_or_removed wrong_api_version", "header:X-Client-Version", "426; a newer one passes: a good one"),
    ("d/tenant", "ticket@ha/desk/OPS/tickets", "", [("h", "X-Tenant", "Acme")], "invalid_request_header missing_request_header", "header:X-Tenant"),
    ("d/type", "ticket@ha/desk/OPS/tickets", "-", [("h", "Content-Type", "text/json")], MEDIA, "header:Content-Type", "415 with an empty body"),
    ("d/agent", "ticket@ha/desk/OPS/tickets", "-", [("h", "User-Agent", "python-requests/2.31")], "blocked_by_waf invalid_request_header", "header:User-Agent", "with another one, it passes"),
    ("d/method", "tickets@ha/desk/OPS/tickets", "", [("method", "DELETE")], "method_not_allowed", "method"),
    ("d/large", "ticket@ha/desk/OPS/tickets", "", [("set", "/description", "It went dark. " * 120)], "payload_too_large", "body*"),
    ("d/host", "tickets@ha/desk/OPS/tickets", "-", [("h", "Host", "desk.acme.example")], "host_header_mismatch blocked_by_waf invalid_request_header", "header:Host", "without it, it passes"),
    # Caddy before leave
    ("c/office", "leave@caddy/hr/v1/leave-requests", "", [("h", "X-Office", None)], "missing_request_header insufficient_permission", "header:X-Office"),
    ("c/type", "leave@caddy/hr/v1/leave-requests", "-", [("h", "Content-Type", "text/plain")], MEDIA, "header:Content-Type", "415 with an empty body"),
    ("c/path", "leaves@caddy/hr/v1/leave", "-", [], PATH, "url.path*", "a good one"),
    ("c/share", "leave@caddy/hr/v1/leave-requests", "", [("set", "/cover/0/share", "half")], TYPE, "body:/cover/0/share"),
    ("c/year", "leaves@caddy/hr/v1/leaves", "", [("q", "year", "31")], PARAM, "query:year"),
]
GATES = {  # what a gateway wants besides; None where it puts its own
    "ngx": {"Authorization": None, "X-Broker-Id": None, "X-Partner-Key": "pk-nordwind-51", "X-Correlation-Id": "5d1f0c9e-2a7b-4c1d-9a53-0b54b2d1c9aa", "X-Channel": "web"},
    "ha": {"X-Client-Version": "6.2", "X-Tenant": "acme"}, "caddy": {"X-Tenant": None, "X-Office": "malmo-2"}, "lura": {}}

# What is odd about a request that is right: name, base, changes
HEALTHY = [
    ("quote/unicode", "quote", [("set", "/policyholder/last_name", "Ångström-Østergård 🙂"), ("set", "/policyholder/address/line1", "")][:1]), ("quote/decimal", "quote", [("set", "/vehicle/value", "11400.50")]),
    ("quotes/plain", "quotes", [("q", "debug", "1"), ("h", "Accept", "*/*")]), ("label/domestic", "label", [("del", "/customs"), ("set", "/recipient/country", "SE")]), ("label/order", "label", [("h", "Content-Type", "Application/JSON; Charset=utf-8")]),
    ("leave/none", "leave", [("set", "/attachments", []), ("set", "/notify", [])]), ("leaves/short", "leaves", [("q", "status", None), ("q", "limit", None)]), ("visit/strings", "visit", [("set", "/duration", "30"), ("set", "/interpreter", "false")]),
    ("visit/epoch", "visit", [("set", "/starts_at", 1928567400000)]), ("ticket/null", "ticket", [("set", "/custom/1/value", ""), ("del", "/tags")]), ("tickets/encoded", "tickets", [("q", "since", "2031-01-01T00:00:00+01:00")]),
    ("tariff/integers", "tariff", [("set", "/standing_charge", 39), ("set", "/bands/0/price", "1.42")]), ("hire/empty", "hire", [("set", "/dependants", []), ("set", "/job/manager", None)]), ("reading/extra", "reading", [("set", "/note", "ignore me"), ("set", "/readings/0/value", 0)]),
    ("claim/optional", "claim", [("set", "/photos", []), ("set", "/reported_by/email", "")]), ("rental/free", "rental", [("set", "/deposit", 0), ("set", "/voucher", "")]), ("booking/null", "booking", [("set", "/remarks", None)]),
    ("payment/null", "payment", [("set", "/options/scheme", None), ("set", "/schedule/end_date", None)]), ("transactions/none", "transactions", [("set", "/options/account_ids", [])]), ("flags/blank", "flags", [("q", "tag", "")]),
    ("metric/words", "metric", [("set", "/name", "null"), ("set", "/unit", "")]), ("m/rental", "rental@lura/m/rentals", []), ("p/quote", "quote@ngx/partner/quotes", [("h", "X-Channel", "agent")]), ("d/head", "tickets@ha/desk/OPS/tickets", [("method", "HEAD")]),
    ("c/leave", "leave@caddy/hr/v1/leave-requests", [("h", "X-Office", "")][:0])]

FLAKY = [("quote", "busy"), ("quotes", "third"), ("label", "pool"), ("leave", "third"), ("visit", "busy"), ("ticket", "third"), ("tickets", "cut"), ("claim", "pool"), ("rental", "third"), ("reading", "busy"), ("flags", "third"), ("leaves", "pool")]
OFTEN = "intermittent_failure upstream_unavailable overloaded connection_reset server_error empty_response keepalive_race maintenance"

# Consent is withheld: nothing may arrive that writes; what is said may be right or nothing. Name, base, faults, causes, elements
WITHHELD = [
    ("quote", "quote", [("set", "/vehicle/year", "MMXIX")], ANY, "body:/vehicle/year"), ("label", "label", [("set", "/service", "express")], ANY, "body:/service"), ("leave", "leave", [("set", "/days", "20")], ANY, "body:/days"),
    ("visit", "visit", [("del", "/patient/mrn")], MISS, "body:/patient/mrn"), ("ticket", "ticket", [("set", "/priority", "critical")], ANY, "body:/priority"), ("tariff", "tariff", [("raw", '"green": true,', '"green": True,')], BAD, "body*"),
    ("hire", "hire", [("set", "/salary", "412000")], ANY, "body:/salary"), ("reading", "reading", [("h", "X-Api-Version", "2")], "invalid_request_header", "header:X-Api-Version"), ("claim", "claim", [("h", "Content-Type", None)], MEDIA, "header:Content-Type"),
    ("rental", "rental", [("method", "DELETE")], "method_not_allowed wrong_path", "method url.path*"), ("booking", "booking", [("h", "Authorization", None)], "missing_credentials", "header:Authorization auth"),
    ("flag", "flag", [("set", "/temporary", "yes")], ANY, "body:/temporary"), ("metric", "metric", [("method", "PUT")], "method_not_allowed", "method"), ("payment", "payment", [("path", "/payment/create")], PATH, "url.path*"), ("incident", "incident", [("set", "/severity", "high")], ANY, "body:/severity")]


def edit(body, path, op, value=None):
    *to, last = path.split("/")[1:]
    for k in to:
        body = body[int(k) if isinstance(body, list) else k]
    last = int(last) if isinstance(body, list) else last
    if op == "set":
        body[last] = value
    elif op == "del":
        del body[last]
    else:  # renamed, in its place
        items = [(value if k == last else k, v) for k, v in body.items()]
        body.clear()
        body.update(items)


def render(base, gate, faults):
    """The base with its faults as a curl command, {server} for its address."""
    name, _, way = base.partition("@")
    server, method, path, headers, body = copy.deepcopy(BASES[name])
    if way:
        server, _, rest = way.partition("/")
        path = "/" + rest + ("?" + path.partition("?")[2] if "?" in path else "")
        headers = {k: v for k, v in {**headers, **GATES[server]}.items() if v is not None}
    if gate not in ("", "-"):
        server += "_" + gate
    raw = []
    for op, *f in faults:
        if op in ("set", "del", "ren"):
            edit(body, f[0], op, *f[1:])
        elif op == "q":
            at, _, query = path.partition("?")
            pairs = dict(parse_qsl(query, keep_blank_values=True))
            if f[1] is None:
                pairs.pop(f[0], None)
            else:
                pairs[f[0]] = f[1]
            path = at + ("?" + "&".join(f"{k}={quote(v, safe='-:')}" for k, v in pairs.items()) if pairs else "")
        elif op == "h":
            headers.pop(f[0], None)
            if f[1] is not None:
                headers[f[0]] = f[1]
        elif op == "path":
            path = f[0]
        elif op == "method":
            method = f[0]
        else:
            raw.append(f)
    words = ["curl"] + (["-X", method] if method != ("GET" if body is None else "POST") and method != "HEAD" else ["-I"] if method == "HEAD" else []) + ["http://{" + server + "}" + path]
    for k, v in headers.items():
        words += ["-H", f"{k}: {v}"]
    if body is not None:
        text = json.dumps(body, ensure_ascii=False)
        for old, new in raw:
            assert old in text, (old, text)
            text = text.replace(old, new, 1)
        words += ["--data-raw", text]
    return " ".join(shlex.quote(w) for w in words)


CASES = []


def add(kind, id, curl, causes="", elements="", fix="", lead="", **more):
    CASES.append({"id": id.rstrip("?"), "kind": kind, "curl": curl, "causes": causes, "elements": elements, "fix": fix, "lead": lead, **({"unfair": "yes"} if id.endswith("?") else {}), **more})


T = lambda *a, **k: add("telling", *a, **k)  # noqa: E731
O = lambda *a, **k: add("opaque", *a, **k)  # noqa: E731
H = lambda *a, **k: add("healthy", *a, **k)  # noqa: E731
RIGHT = {"m/route": "vehicles@lura/m/vehicles", "c/path": "leaves@caddy/hr/v1/leaves", "p/down": ""}  # where the path of the base is what is wrong
for name, base, gate, faults, causes, elements, *lead in ROWS:
    right = RIGHT.get(name.rstrip("?"), base)
    (O if gate else T)(name, render(base, gate, faults), causes, elements, lead=" ".join(lead), right=right and render(right, "", []))
for name, base, faults in HEALTHY:
    H("ok/" + name, render(base, "", faults))
for base, how in FLAKY:
    add("flaky", f"flaky/{base}-{how}", render(base, how, []), OFTEN)
for name, base, faults, causes, elements in WITHHELD:
    add("withheld", "no/" + name, render(base, "count", faults), causes, elements, consent=False)


# databases
IN = "'http://{influx}/write?db=meters&precision=s' -u grid:volt -H 'Content-Type: text/plain; charset=utf-8' -H 'User-Agent: telegraf/1.30'"
LINES = "power,meter=SEN00112233,phase=L1 watts=401.5,amps=1.8 1929003600\npower,meter=SEN00112233,phase=L2 watts=388.0,amps=1.7 1929003600"
Q = "curl -G http://{influx}/query -u board:look --data-urlencode 'db=meters' --data-urlencode 'epoch=s' "
GOODQ = "--data-urlencode \"q=SELECT mean(watts) FROM power WHERE time > 1929000000s GROUP BY time(1h)\""
SQL = "invalid_request_parameter malformed_request_body invalid_body_property_value invalid_body_property_type business_rule_violation malformed_json"
T("in/field", f"curl {IN} --data-binary $'" + LINES.replace("watts=388.0", "watts=high") + "'", SQL + " invalid_body_property_format", "body*", "watts=high => watts=388.0")
T("in/db", f"curl {IN} --data-binary $'{LINES}'".replace("db=meters", "db=metres"), PARAM + " resource_not_found", "query:db", "db=metres => db=meters")
T("in/line", f"curl {IN} --data-binary $'" + LINES.replace("L2 watts=388.0,amps=1.7", "L2,watts=388.0,amps=1.7") + "'", SQL + " malformed_request_body", "body*", "L2,watts => L2 watts")
T("in/syntax", Q + GOODQ.replace("GROUP BY", "GRUP BY"), SQL, "query:q", "GRUP => GROUP")
T("in/password", (Q + GOODQ).replace("board:look", "board:lock"), CREDS, "auth header:Authorization", "lock => look")
T("in/reader", f"curl {IN} --data-binary $'{LINES}'".replace("grid:volt", "board:look"), "insufficient_permission insufficient_scope invalid_credentials", "auth header:Authorization", "board:look => grid:volt")
O("in/large", f"curl {IN} --data-binary $'" + "\\n".join(f"power,meter=SEN00112233,phase=L1 watts={n}.5 {1929003600 + n}" for n in range(90)) + "'", "payload_too_large", "body* header:Content-Length", lead="413")
CH = "curl 'http://{ch}/?database=default&user=ward&password=beds-4&max_execution_time=10' -H 'X-ClickHouse-Format: JSONEachRow' "
T("ch/column", CH + "--data-binary 'SELECT ward, sum(minuets) AS m FROM admissions GROUP BY ward'", SQL, "body*", "minuets => minutes")
T("ch/user", CH.replace("user=ward", "user=wards") + "--data-binary 'SELECT count() FROM admissions'", CREDS, "query:user query:password auth", "user=wards => user=ward")
T("ch/setting", CH.replace("max_execution_time=10", "max_execution_seconds=10") + "--data-binary 'SELECT count() FROM admissions'", PARAM, "query:max_execution_seconds", "max_execution_seconds => max_execution_time")
T("ch/insert", CH + "--data-binary $'INSERT INTO admissions FORMAT JSONEachRow {\"id\":7,\"day\":\"2031-02-04\",\"ward\":\"A1\",\"minutes\":\"long\",\"cost\":12.5}'", SQL, "body*", '"long" => 220')
O("ch/table", CH + "--data-binary 'SELECT count() FROM admission'", SQL + " resource_not_found", "body*", "FROM admission' => FROM admissions'", lead="the message names the table; in words of its own")
CO = "-H 'Content-Type: application/json' -H 'Accept: application/json' -H 'User-Agent: dispatch/2.1' --data-raw "
T("co/rev", "curl -X PUT http://{couch}/shipments/s-1001 " + CO + "'{\"_rev\":\"1-0000aa\",\"status\":\"delivered\",\"weight\":12.5,\"carrier\":\"DHL\"}'", "conflict precondition_failed", "body:/_rev", '1-0000aa => {rev_s1}')
T("co/norev", "curl -X PUT http://{couch}/shipments/s-1002 " + CO + "'{\"status\":\"delivered\",\"weight\":8,\"carrier\":\"UPS\"}'", "conflict precondition_failed missing_body_property already_exists precondition_required", "body:/_rev query:rev header:If-Match url.path*")
T("co/db", "curl http://{couch}/shipment/s-1001?conflicts=true -H 'Accept: application/json'", PATH, "url.path*", "shipment/ => shipments/")
T("co/find", "curl http://{couch}/shipments/_find " + CO + "'{\"selector\":{\"weight\":{\"$more\":10}},\"fields\":[\"_id\",\"status\"],\"limit\":20}'", "invalid_body_property_value unexpected_body_property invalid_request_parameter", "body:/selector*", "$more => $gt")
T("co/json", "curl http://{couch}/shipments/_bulk_docs " + CO + "'{\"docs\":[{\"_id\":\"s-2001\",\"status\":\"created\"},{\"_id\":\"s-2002\",\"status\":\"created\",}]}'", BAD, "body*", '"created",} => "created"}')
T("co/gone", "curl http://{couch}/shipments/s-10001?revs_info=true -H 'Accept: application/json'", "resource_not_found wrong_path", "url.path*", "s-10001 => s-1001")
RQ = "curl -u desk:front-2 'http://{rqlite}/db/execute?timings' -H 'Content-Type: application/json' -H 'User-Agent: front-desk/1.9' --data-raw "
NOT = {"not": '"error"'}
T("rq/room", RQ + "'[[\"INSERT INTO visits(patient, room, fee, seen) VALUES(?, ?, ?, ?)\", \"Bo\", 77, 20.5, \"2031-02-02\"]]'", SQL, "body*", "77 => 17", **NOT)
T("rq/column", RQ + "'[[\"INSERT INTO visits(pacient, room, fee) VALUES(?, ?, ?)\", \"Bo\", 7, 20.5]]'", SQL, "body*", "pacient => patient", **NOT)
T("rq/fresh", "curl -u report:read-only 'http://{rqlite}/db/query?q=SELECT+count(*)+FROM+visits&level=none&freshness=5' -H 'Accept: application/json'", PARAM, "query:freshness", "freshness=5 => freshness=5s", **NOT)
O("rq/password", "curl -u report:readonly 'http://{rqlite}/db/query?q=SELECT+count(*)+FROM+visits&level=weak' -H 'Accept: application/json'", CREDS, "auth header:Authorization", "readonly => read-only", lead="401 with nothing")
O("rq/reader", RQ.replace("desk:front-2", "report:read-only") + "'[[\"DELETE FROM visits WHERE id = 99\"]]'", "insufficient_permission insufficient_scope invalid_credentials", "auth header:Authorization", "report:read-only => desk:front-2", lead="the same may query")
PR = "curl http://{prest}/postgres/public/shifts -H 'Content-Type: application/json' -H 'Accept: application/json' -H 'User-Agent: roster/3' --data-raw "
SHIFT = '{"nurse":"Tom Reed","ward":"ICU","starts":"2031-03-02T19:00:00","hours":12,"night":true,"rate":38.25,"badge":4420,"note":"bank"}'
T("pr/type", PR + "'" + SHIFT.replace("4420", '"B-4420"') + "'", TYPE + " " + VALUE, "body:/badge", '"B-4420" => 4420')
T("pr/check", PR + "'" + SHIFT.replace('"ICU"', '"B2"') + "'", VALUE + " business_rule_violation", "body:/ward", "B2 => A2")
T("pr/column", PR + "'" + SHIFT.replace('"night"', '"nightshift"') + "'", EXTRA + " " + MISS, "body:/nightshift body:/night", "nightshift => night")
T("pr/null", PR + "'" + SHIFT.replace('"nurse":"Tom Reed",', "") + "'", MISS, "body:/nurse", '{"ward" => {"nurse":"Tom Reed","ward"')
T("pr/table", "curl 'http://{prest}/postgres/public/shift?_page=1&_page_size=10&_order=starts' -H 'Accept: application/json'", PATH, "url.path*", "/shift? => /shifts?")
T("pr/order", "curl 'http://{prest}/postgres/public/shifts?_page=1&_page_size=10&_order=begins' -H 'Accept: application/json'", PARAM, "query:_order", "begins => starts")
T("pr/long", PR + "'" + SHIFT.replace('"bank"', '"bank nurse, asked by the ward sister"') + "'", VALUE, "body:/note", "bank nurse, asked by the ward sister => bank")
T("pr/two", PR + "'" + SHIFT.replace("4420", '"B-4420"').replace(":12,", ":16,") + "'", f"{TYPE} {VALUE} + {VALUE} business_rule_violation", "body:/badge + body:/hours", '"hours":16,"night":true,"rate":38.25,"badge":"B-4420" => "hours":12,"night":true,"rate":38.25,"badge":4420')
O("pr/page", "curl 'http://{prest}/postgres/public/shifts?_page=first&_page_size=10&ward=A1' -H 'Accept: application/json'", PARAM, "query:_page", "first => 1", lead="without it, it passes")

# proxies
PX = " http://{wsme}/v1/tariffs?limit=20 -H 'Accept: application/json' -H 'User-Agent: grid/7'"
TX = " http://{koajoi}/projects/OPS/tickets?status=open -H 'Accept: application/json' -H 'User-Agent: desk/7'"
WALL = "blocked_by_waf ip_not_allowed insufficient_permission proxy_misrouted"
T("px/nobody", "curl -x http://{squid}" + TX, "proxy_auth_required", "proxy*", "-x http://{squid} => -x http://porter:gate-9@{squid}")
T("px/password", "curl -x http://porter:gate-8@{squid}" + TX, "proxy_auth_required invalid_credentials", "proxy* header:Proxy-Authorization", "gate-8 => gate-9")
T("px/denied", "curl -x http://porter:gate-9@{squid}" + TX.replace("OPS", "SECRET"), WALL, "url.path* proxy* url*", "SECRET => OPS")
T("px/method", "curl -x http://porter:gate-9@{squid} -X DELETE" + TX, "method_not_allowed " + WALL, "method proxy* url*", " -X DELETE => ")
T("px/filter", "curl -x http://{tiny} http://{wsme}/v1/tariffs/export?limit=20 -H 'Accept: application/json'", WALL, "url.path* proxy* url*", "/v1/tariffs/export => /v1/tariffs")
T("px/port", "curl -x http://{tiny} --cacert {pki}/root.pem https://127.0.0.1:{t_mtls_port}/v1/balance", "proxy_misrouted " + WALL, "proxy* url.port url.host url*")
T("px/zip-port", "curl -x http://meter:volt-3@{zip} 'http://{cpp}/api/meters/SEN00112233/readings?from=2031-01-01'", WALL, "url.port url.host proxy* url*")
T("px/zip-nobody", "curl -x http://{zip}" + PX, "proxy_auth_required", "proxy*", "-x http://{zip} => -x http://meter:volt-3@{zip}")
T("px/dead", "curl -x http://{dead} -m 8" + PX, "proxy_unreachable connection_refused", "proxy*", "{dead} => {tiny}")

# TLS: Node and GnuTLS
B = "curl --cacert {pki}/root.pem -H 'Accept: application/json' https://localhost:{t_%s_port}/v1/balance"
G = "curl --cacert {pki}/root.pem https://localhost:{%s_port}/"
T("tls/expired", B % "expired", "tls_certificate_expired", "tls* url.host")
T("tls/notyet", B % "notyet", "tls_certificate_not_yet_valid clock_skew", "tls* url.host")
T("tls/name", B % "wrongname", "tls_hostname_mismatch sni_mismatch", "url.host tls*")
T("tls/self", B % "selfsigned", "tls_unknown_authority", "tls* url.host")
T("tls/incomplete", B % "incomplete", "tls_incomplete_chain tls_unknown_authority", "tls* url.host")
T("tls/stranger", B % "stranger", "tls_unknown_authority tls_intercepted", "tls* url.host")
T("tls/client", B % "mtls", "mtls_certificate_required", "tls* auth", "--cacert => --cert {pki}/client.pem --key {pki}/client.key --cacert")
T("tls/client-stranger", (B % "mtls").replace("--cacert", "--cert {pki}/client-stranger.pem --key {pki}/client-stranger.key --cacert"), "mtls_certificate_rejected tls_unknown_authority mtls_certificate_required", "tls* auth", "client-stranger => client")
T("tls/plain", "curl -H 'Accept: application/json' http://localhost:{t_good_port}/v1/balance", "scheme_mismatch", "url.scheme url*", "http:// => --cacert {pki}/root.pem https://")
T("tls/old", (B % "new").replace("curl", "curl --tls-max 1.2"), "tls_version_or_cipher", "tls*", " --tls-max 1.2 => ")
T("gnu/client", G % "g_mtls", "mtls_certificate_required", "tls* auth", "--cacert => --cert {pki}/client.pem --key {pki}/client.key --cacert")
T("gnu/old", G % "g_old", "tls_version_or_cipher", "tls*")
T("gnu/ca", "curl https://localhost:{g_plain_port}/", "tls_unknown_authority", "tls*", "https => --cacert {pki}/root.pem https")
T("gnu/https", "curl --cacert {pki}/root.pem https://{wsme}/v1/tariffs?limit=5", "scheme_mismatch not_http_service", "url.scheme url* tls*", "https => http")
H("ok/tls", B % "good")
H("ok/gnu", G % "g_plain")

# names: BIND
N = "curl -m 12 -H 'Accept: application/json' http://%s:{wsme_port}/v1/tariffs?limit=20"
D = {"dns": True}
T("dns/typo", N % "apy.clinic.test", "dns_name_not_found", "url.host dns*", "apy => api", **D)
T("dns/alias", N % "moved.clinic.test", "dns_name_not_found", "url.host dns*", **D)
T("dns/mail", N % "mail.clinic.test", "dns_name_not_found", "url.host dns*", "mail => api", **D)
T("dns/held", N % "api.held.test", "dns_server_failure", "url.host dns*", **D)
T("dns/lame", N % "api.lame.test", "dns_server_failure dns_timeout", "url.host dns*", **D)
T("dns/sub", N % "api.sub.clinic.test", "dns_server_failure dns_timeout", "url.host dns*", **D)
T("dns/six", N % "six.clinic.test", "connection_refused ip_family_mismatch", "url.host url.port tcp* dns*", "six => api", **D)
T("dns/old", N % "old.clinic.test", "connection_refused", "url.host url.port tcp* dns*", "old => api", **D)
H("ok/alias", N % "alias.clinic.test", **D)
H("ok/both", N % "both.clinic.test", **D)


def gates():
    """The gates that the cases go through, as names of ports."""
    return {m[1].replace("_", ".") for c in CASES for m in re.finditer(r"http://\{(\w+_\w+)\}", c["curl"])} - {"x"}


def values(v):
    return v
