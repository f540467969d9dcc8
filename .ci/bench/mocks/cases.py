"""The table: what is right (BASES), what went wrong with it, and what an expert would accept, decided before the engine was run."""
T, F, V, M, U = "invalid_body_property_type", "invalid_body_property_format", "invalid_body_property_value", "missing_body_property", "unexpected_body_property"
P, MP, H, MH = "invalid_request_parameter", "missing_request_parameter", "invalid_request_header", "missing_request_header"
PATH, METHOD, MEDIA, MISFIT, JSON, XML = "wrong_path", "method_not_allowed", "unsupported_media_type", "content_type_mismatch", "malformed_json", "malformed_request_body"
NONE, BAD, MANGLED, PLACE, CLASH = "missing_credentials", "invalid_credentials", "malformed_authorization", "credentials_in_wrong_place", "interacting_parameters"

# A server is terse when it says no more than that something is wrong.
SERVERS = dict.fromkeys("figma docker datadog stripe libopenapi exegesis enforcer expressopenapi celebrate valibot superstruct arktype restify moleculer jsonapi loopback oauth "
                        "soap jayson busboy goopenapi connect gorestful django pyramid restful webargs spyne mojo dancer rack php tomcat tornado".split(), "tells") | {"typebox": "terse", "platform": "terse"}

J = {"Content-Type": "application/json"}
FIGMA = {"X-Figma-Token": "figd_9sK2mfo_31Xq"}
DOG = {"DD-API-KEY": "8d3f6c0b1a9e47d2", "DD-APPLICATION-KEY": "3e1c7a90b4f24f55"}
STRIPE = {"Authorization": "Bearer sk_test_51NfQ"}
ADDRESS = {"name": "Lena Vogt", "street": "Hafenweg 12", "city": "Münster", "postcode": "48155", "country": "DE", "phone": "+4925112345"}
SOAP = """<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:r="urn:%s"><soapenv:Body>%s</soapenv:Body></soapenv:Envelope>"""
OPS = {"Content-Type": "application/json-patch+json", "If-Match": '"a513c84b982e"'}

BASES = {
    "figma.comment": ("figma", "POST", "/v1/files/kL8xTn0pQ/comments", {**J, **FIGMA}, {"message": "Is this the final blue?", "client_meta": {"node_id": "1:23", "node_offset": {"x": 120, "y": 64}}}),
    "figma.hook": ("figma", "POST", "/v2/webhooks", {**J, **FIGMA}, {"event_type": "FILE_UPDATE", "context": "team", "context_id": "1029384756", "endpoint": "https://hooks.example.com/figma", "passcode": "b1ue-wh4le", "description": "design sync"}),
    "figma.images": ("figma", "GET", "/v1/images/kL8xTn0pQ?ids=1:2,1:3&scale=2&format=png", FIGMA, None),
    "docker.create": ("docker", "POST", "/containers/create?name=web-1", J, {"Image": "nginx:1.27", "Env": ["TZ=Europe/Berlin"], "Cmd": ["nginx", "-g", "daemon off;"], "Labels": {"team": "shop"}, "StopTimeout": 20, "Tty": False, "HostConfig": {"Memory": 268435456, "RestartPolicy": {"Name": "unless-stopped", "MaximumRetryCount": 0}, "Binds": ["/srv/web:/usr/share/nginx/html:ro"]}}),
    "docker.list": ("docker", "GET", "/containers/json?all=true&limit=10", {}, None),
    "docker.net": ("docker", "POST", "/networks/create", J, {"Name": "backend", "Driver": "bridge", "Internal": True, "Labels": {"env": "dev"}, "IPAM": {"Driver": "default", "Config": [{"Subnet": "172.30.0.0/16", "Gateway": "172.30.0.1"}]}}),
    "dog.event": ("datadog", "POST", "/api/v1/events", {**J, **DOG}, {"title": "Deployed checkout 4.2", "text": "Rolled out to eu-west.", "priority": "normal", "alert_type": "info", "tags": ["service:checkout", "env:prod"], "date_happened": 1718000000}),
    "dog.events": ("datadog", "GET", "/api/v1/events?start=1718000000&end=1718003600&priority=normal", DOG, None),
    "dog.downtime": ("datadog", "POST", "/api/v1/downtime", {**J, **DOG}, {"message": "Database maintenance", "scope": ["env:staging"], "start": 1718000000, "end": 1718007200, "timezone": "Europe/Berlin", "recurrence": {"type": "weeks", "period": 1, "week_days": ["Mon"], "until_occurrences": 5}}),
    "stripe.customer": ("stripe", "POST", "/v1/customers", STRIPE, ("form", [("email", "ada@example.com"), ("name", "Ada Lovelace"), ("balance", "0"), ("tax_exempt", "none"), ("metadata[order]", "6735"), ("address[city]", "London"), ("address[country]", "GB")])),
    "stripe.intent": ("stripe", "POST", "/v1/payment_intents", STRIPE, ("form", [("amount", "2000"), ("currency", "eur"), ("capture_method", "manual"), ("payment_method_types[]", "card"), ("receipt_email", "ada@example.com"), ("confirm", "false"), ("description", "Order 6735")])),
    "stripe.charges": ("stripe", "GET", "/v1/charges?limit=10&customer=cus_9s6XKzkNRiz8i3", STRIPE, None),
    "directus.comment": ("libopenapi", "POST", "/comments", {**J, "Authorization": "Bearer dXNlcjox"}, {"collection": "projects", "item": "81dfa7e0-56d2-471f-b96a-1cf8a62bdf28", "comment": "Looks good"}),
    "directus.preset": ("libopenapi", "POST", "/presets", {**J, "Authorization": "Bearer dXNlcjox"}, {"collection": "articles", "title": "Highly rated", "search": "tea", "filters": [{"key": "aHKLAakdVghzD", "field": "rating", "operator": "gte"}]}),
    "parcels.ship": ("exegesis", "POST", "/shipments", J, {"reference": "PO-88213", "service": "express", "sender": ADDRESS, "recipient": {**ADDRESS, "name": "Ola Nord", "city": "Oslo", "postcode": "0150", "country": "NO"}, "ship_date": "2025-03-14", "parcels": [{"weight_grams": 1200, "length_cm": 30, "width_cm": 20, "height_cm": 10.5, "contents": "books"}, {"weight_grams": 450, "length_cm": 15, "width_cm": 15, "height_cm": 5}], "notify": True}),
    "parcels.list": ("exegesis", "GET", "/shipments?status=in_transit&limit=50&from=2025-03-01", {"X-Depot": "HAM01"}, None),
    "parcels.pickup": ("enforcer", "POST", "/pickups", J, {"date": "2025-03-17", "slot": "morning", "address": ADDRESS, "parcels": 6, "contact": "lena@example.org", "instructions": "Ring twice"}),
    "parcels.move": ("expressopenapi", "PATCH", "/pickups/812", J, {"slot": "evening", "parcels": 8}),
    "parcels.order": ("expressopenapi", "POST", "/pickups", J, {"date": "2025-03-17", "slot": "afternoon", "address": ADDRESS, "parcels": 2, "contact": "lena@example.org"}),
    "flights.book": ("celebrate", "POST", "/bookings", J, {"flight": "LH401", "passengers": [{"first_name": "Kim", "last_name": "Sato", "born": "1990-05-02", "passport": "TK1234567", "meal": "vegan"}, {"first_name": "Yui", "last_name": "Sato", "born": "1992-11-23", "passport": "TK7654321"}], "contact": {"email": "kim@example.jp", "phone": "+81312345678"}, "bags": 2, "seat": "12A"}),
    "flights.find": ("celebrate", "GET", "/flights?from=HND&to=FRA&date=2025-06-01&adults=2&cabin=economy", {}, None),
    "hotel": ("valibot", "POST", "/stays", J, {"hotel_id": 3301, "check_in": "2025-07-10", "check_out": "2025-07-14", "guests": [{"name": "Ines Prado", "age": 41}, {"name": "Rui Prado", "age": 9}], "room": "double", "email": "ines@example.pt", "breakfast": True, "promo": "SUMM25"}),
    "podcast": ("superstruct", "POST", "/v1/episodes", J, {"title": "On tides", "show": "Sea Stories", "minutes": 42, "explicit": False, "tags": ["sea", "science"], "published": "2025-02-03T07:00:00Z", "chapters": [{"at": 0, "title": "Intro"}, {"at": 310, "title": "The moon"}]}),
    "sensor": ("arktype", "POST", "/readings", J, {"sensor": "5f0c1b9e-8a44-4c0b-9f61-2d1d6a3f7c10", "at": "2025-01-09T12:00:00Z", "unit": "C", "values": [20.5, 20.7, 20.6], "battery": 87, "firmware": "2.4.1", "position": {"lat": 59.91, "lon": 10.75}}),
    "payslip": ("typebox", "POST", "/payslips", {**J, "X-API-Key": "pk_live_93kd02"}, {"employee": 8812, "month": "2025-04", "currency": "CHF", "gross": 7450.5, "lines": [{"code": "1000", "amount": 7000, "taxable": True}, {"code": "2100", "amount": 450.5, "taxable": False}], "approved_by": None}),
    "parking": ("restify", "POST", "/tickets", J, {"plate": "HH-AB123", "minutes": 90, "zone": "B", "phone": "+4940123456"}),
    "spaces": ("restify", "GET", "/spaces?zone=B&max_height=2.1", {}, None),
    "event": ("moleculer", "POST", "/api/events", J, {"name": "Open rehearsal", "venue": {"city": "Graz", "capacity": 120}, "starts": "2025-09-01T19:30:00Z", "price": 12.5, "tags": ["music"], "visibility": "public", "organiser": "office@example.at"}),
    "events": ("moleculer", "GET", "/api/events?page=2&sort=-date", {}, None),
    "article": ("jsonapi", "POST", "/rest/articles", {"Content-Type": "application/vnd.api+json", "Accept": "application/vnd.api+json"}, {"data": {"type": "articles", "attributes": {"title": "On coffee", "words": 1200, "status": "draft", "lead": "Black gold"}}}),
    "plant": ("loopback", "POST", "/plants", J, {"latin_name": "Acer palmatum", "price": 39.9, "hardiness": 6, "sun": "partial", "height_cm": 180, "pots": [{"litres": 5, "stock": 12}, {"litres": 10, "stock": 3}], "available_from": "2025-10-01"}),
    "plants": ("loopback", "GET", "/plants?page=1&min_height=50&evergreen=true", {}, None),
    "token": ("oauth", "POST", "/oauth/token", {}, ("form", [("grant_type", "client_credentials"), ("client_id", "warehouse-sync"), ("client_secret", "s3cr3t-9f2b"), ("scope", "stock:read")])),
    "refresh": ("oauth", "POST", "/oauth/token", {}, ("form", [("grant_type", "refresh_token"), ("refresh_token", "rt-771"), ("client_id", "warehouse-sync"), ("client_secret", "s3cr3t-9f2b")])),
    "rates": ("soap", "POST", "/rates", {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"urn:rates#Convert"'}, SOAP % ("rates", "<r:Convert><r:from>EUR</r:from><r:to>USD</r:to><r:amount>125.50</r:amount><r:date>2025-02-28</r:date></r:Convert>")),
    "transfer": ("jayson", "POST", "/", J, {"jsonrpc": "2.0", "id": 17, "method": "transfer", "params": {"from": "acc_100200", "to": "acc_100300", "amount": 4250, "memo": "rent"}}),
    "scan": ("busboy", "POST", "/scans", {}, ("multipart", [("document", "@RUN/pixel.png;type=image/png"), ("kind", "invoice"), ("received", "2025-05-06"), ("pages", "1")])),
    "page.patch": ("platform", "PATCH", "/pages/7", OPS, [{"op": "replace", "path": "/title", "value": "Hello"}, {"op": "add", "path": "/blocks/-", "value": {"kind": "text", "body": "More"}}]),
    "page.merge": ("platform", "PATCH", "/pages/7", {**OPS, "Content-Type": "application/merge-patch+json"}, {"title": "Hello", "lang": "fr", "draft": False}),
    "payout": ("platform", "POST", "/payouts", {**J, "Idempotency-Key": "7c1f0c3e-95a4-4e0e-8f5b-6f2a3f1d9b10"}, {"amount": 1200, "currency": "EUR", "iban": "DE02120300000000202051", "reference": "March"}),
    "reports": ("platform", "GET", "/reports?from=2025-01-01&to=2025-01-31&format=csv&page=1&size=50", {"Accept": "application/json"}, None),
    "appointment": ("goopenapi", "POST", "/api/appointments", J, {"patient": {"given_name": "Noor", "family_name": "Haddad", "birth_date": "1984-02-29", "email": "noor@example.net", "insurance_number": "A123456780"}, "starts_at": "2025-04-02T09:20:00+02:00", "minutes": 20, "reason": "Annual check-up", "reminder": True, "symptoms": ["fatigue"]}),
    "appointments": ("goopenapi", "GET", "/api/appointments?day=2025-04-02&state=booked&per_page=20&room=3", {}, None),
    "prescribe": ("mojo", "POST", "/api/prescriptions", {**J, "X-Practitioner": "123456789"}, {"patient_id": "0e2b3a0c-0d3e-4a43-8c54-1a6f7d0be501", "issued": "2025-04-02", "repeat": 2, "items": [{"drug": "Ibuprofen", "dose_mg": 400, "per_day": 3, "form": "tablet"}, {"drug": "Omeprazole", "dose_mg": 20, "per_day": 1, "form": "capsule"}]}),
    "agenda": ("mojo", "GET", "/api/appointments?day=2025-04-02&state=booked&per_page=20", {}, None),
    "ride": ("connect", "POST", "/rides.v1.RideService/RequestRide", J, {"riderId": "3c7de0f2-1f0a-49f7-9a3b-54c1c4c2f0a9", "pickup": {"lat": 52.52, "lon": 13.4, "address": "Alexanderplatz"}, "dropoff": {"lat": 52.5, "lon": 13.37}, "seats": 2, "class": "CLASS_COMFORT", "notes": ["two bags"], "pooled": False}),
    "invoice": ("gorestful", "POST", "/invoices", J, {"number": "2025-017", "issued": "2025-03-01", "due": "2025-03-31", "currency": "EUR", "customer": {"email": "ap@example.com", "vat_id": "DE123456789", "address": {"street": "Ring 1", "city": "Köln", "country": "DE"}}, "lines": [{"text": "Consulting", "quantity": 3, "net": 120.0}, {"text": "Travel", "quantity": 1, "net": 88.4}], "paid": False}),
    "visit": ("django", "POST", "/visits/", {}, ("form", [("visitor", "Sam Reed"), ("email", "sam@example.com"), ("arrival", "2025-05-20 09:30"), ("floor", "4"), ("badge", "guest"), ("host", "8a5e3f0a-6c1f-4f6e-9d1c-7b8e2d1f0c55"), ("car", "B-XY 123".replace(" ", ""))])),
    "birds": ("pyramid", "POST", "/observations", J, {"site": "NL-042", "logged_by": "mvdb", "habitat": "wetland", "species": [{"taxon": "Limosa limosa", "count": 12, "certain": True}, {"taxon": "Vanellus vanellus", "count": 4, "sex": "unknown"}], "weather": {"wind_bft": 4, "celsius": 8.5}}),
    "enrol": ("tornado", "POST", "/enrolments", J, {"course": "BIO101", "term": "autumn", "credits": 6, "starts": "2025-09-08", "students": [{"id": 5521, "email": "a.kurt@example.edu"}, {"id": 5522, "email": "b.lund@example.edu", "auditor": True}], "room": "H-204"}),
    "courses": ("tornado", "GET", "/courses?year=2025&term=autumn", {}, None),
    "task": ("restful", "POST", "/api/tasks", {**J, "X-Workspace": "ops"}, {"title": "Rotate certificates", "priority": 2, "due": "2025-08-01", "assignee": "@jo_lee"}),
    "tasks": ("restful", "GET", "/api/tasks?done=false&since=2025-01-01T00:00:00Z&limit=50", {}, None),
    "order": ("webargs", "POST", "/orders", J, {"table": 14, "covers": 3, "at": "2025-05-01T19:45:00", "channel": "dine-in", "dishes": [{"dish": "Ramen", "qty": 2}, {"dish": "Gyoza", "qty": 1, "notes": "no chili"}], "tip": "2.50"}),
    "orders": ("webargs", "GET", "/orders?day=2025-05-01&status=open&page=1", {}, None),
    "customs": ("spyne", "POST", "/", {"Content-Type": "text/xml; charset=utf-8"}, SOAP % ("customs", "<r:declare><r:reference>MRN-771</r:reference><r:arrival>2025-03-04</r:arrival><r:procedure>import</r:procedure><r:lines><r:Line><r:code>85171300</r:code><r:weight>12.5</r:weight><r:origin>KR</r:origin><r:quantity>40</r:quantity></r:Line></r:lines></r:declare>")),
    "toll": ("dancer", "POST", "/tolls", J, {"plate": "KR 4821 A", "class": 3, "amount": 12.4, "lane": {"id": 7, "direction": "north"}, "axles": [6.1, 5.9, 5.7], "passed_at": "2025-02-11T06:12:44Z"}),
    "tolls": ("dancer", "GET", "/tolls?since=2025-02-01", {}, None),
    "donation": ("rack", "POST", "/donations", J, {"donation": {"amount": 50, "currency": "eur", "donor_email": "mia@example.org", "donor_name": "Mia Roth", "frequency": "monthly", "campaign": "forest"}}),
    "menu": ("rack", "POST", "/menus", J, {"name": "Lunch", "valid_from": "2025-03-03", "items": [{"title": "Lentil soup", "price": 7.5, "vegan": True, "allergens": []}, {"title": "Carbonara", "price": 12, "vegan": False, "allergens": ["gluten", "milk"]}]}),
    "lease": ("php", "POST", "/leases", J, {"unit": "12C", "rent": 980.5, "from": "2025-06-01", "pets": False, "furnishing": "part", "tenants": [{"name": "Piotr Nowak", "iban": "PL61109010140000071219812874", "share": 50}, {"name": "Ewa Nowak", "iban": "PL27114020040000300201355387", "share": 50}]}),
    "signup": ("php", "POST", "/signup.php", {}, ("form", [("username", "mkova"), ("email", "m.kova@example.cz"), ("password", "hunter2hunter2"), ("country", "CZ"), ("terms", "on"), ("newsletter", "1"), ("birthday", "1991-07-14")])),
    "policy": ("tomcat", "POST", "/api/policies", J, {"holder": {"name": "Tariq Aziz", "born": "1979-08-12", "email": "tariq@example.com"}, "cars": [{"vin": "WVWZZZ1JZXW000001", "year": 2019, "value": 14500, "garage": True}], "cover": "PLUS", "deductible": 500, "agent": "6d0f1b3c-2a4e-4a87-9b9e-5c0c8d7f1a22"}),
    "claim": ("tomcat", "POST", "/api/claims", J, {"policy": "6d0f1b3c-2a4e-4a87-9b9e-5c0c8d7f1a22", "reportedOn": "MONDAY", "damageCents": 184000, "photos": ["front.jpg", "side.jpg"], "story": "Hail on the parked car.", "police": False}),
    "quotes": ("tomcat", "GET", "/api/quotes?cover=PLUS&kmPerYear=12000&start=2025-05-01", {}, None),
}


def row(base, name, how, faults, causes, elements, lead, **more):
    causes, elements = ([causes], [elements]) if isinstance(causes, set) else (causes, elements)
    return {"name": f"{base}/{name}{'.' + how if how else ''}", "base": base, "how": how, "faults": faults, "causes": causes, "elements": elements, "lead": lead, **more}


def b(*paths): return {"body:" + p for p in paths}
def q(*names): return {"query:" + n for n in names}
def h(*names): return {"header:" + n for n in names}
def f(*names): return {"form:" + n for n in names}


CASES = [
    # Prism on Figma's document
    row("figma.comment", "message", "", [("ren", "/message", "text")], {M, U}, b("/message", "/text"), "the answer names the member that lacks"),
    row("figma.comment", "offset", "", [("set", "/client_meta/node_offset/x", "120")], {T}, b("/client_meta/node_offset/x", "/client_meta", "/client_meta/node_offset"), "the answer points to client_meta; y is a number"),
    row("figma.hook", "event", "json", [("set", "/event_type", "file_update")], {V}, b("/event_type"), "constants of an event are in capitals in the documents", spec="figma"),
    row("figma.hook", "token", "empty", [("h", "X-Figma-Token"), ("h", "Authorization", "figd_9sK2mfo_31Xq")], {NONE, PLACE, MANGLED, BAD}, {"auth", "header:X-Figma-Token", "header:Authorization"}, "401; a token without its scheme", spec="figma"),
    row("figma.images", "scale", "", [("q", "scale", "8")], {P}, q("scale"), "named with its maximum"),
    row("figma.images", "ids", "code", [("q", "ids"), ("q", "id", "1:2,1:3")], {MP, P}, q("ids", "id"), "the document asks for ids", spec="figma"),
    # Docker Engine
    row("docker.create", "env", "", [("set", "/Env", {"TZ": "Europe/Berlin"})], {T}, b("/Env"), "named with the type"),
    row("docker.create", "memory", "", [("set", "/HostConfig/Memory", "256m")], {T, F}, b("/HostConfig/Memory"), "named with the type"),
    row("docker.create", "restart", "json", [("set", "/HostConfig/RestartPolicy/Name", "unless_stopped")], {V}, b("/HostConfig/RestartPolicy/Name"), "the document lists them", spec="docker"),
    row("docker.create", "timeout", "trace", [("set", "/StopTimeout", "20s")], {T, F}, b("/StopTimeout"), "a duration as text beside plain numbers"),
    row("docker.list", "all", "", [("q", "all", "yes")], {P}, q("all"), "named with the type"),
    row("docker.net", "internal", "html", [("set", "/Internal", "true")], {T}, b("/Internal"), "a boolean in quotes"),
    row("docker.net", "two", "", [("ren", "/Name", "name"), ("set", "/IPAM/Config", {"Subnet": "172.30.0.0/16"})], [{M, U}, {T}], [b("/Name", "/name"), b("/IPAM/Config")], "both are named"),
    # Datadog
    row("dog.event", "tags", "", [("set", "/tags", "service:checkout,env:prod")], {T}, b("/tags"), "named with the type"),
    row("dog.event", "priority", "json", [("set", "/priority", "high")], {V}, b("/priority"), "the document lists low and normal", spec="datadog"),
    row("dog.event", "when", "code", [("set", "/date_happened", "2024-06-10T06:13:20Z")], {T, F}, b("/date_happened"), "a POSIX timestamp in the document", spec="datadog"),
    row("dog.events", "start", "", [("q", "start", "2024-06-10")], {P}, q("start"), "named with the type"),
    row("dog.events", "end", "html", [("q", "end")], {MP}, q("end"), "a start without an end", spec="datadog"),
    row("dog.downtime", "key", "", [("h", "DD-APPLICATION-KEY")], {NONE, MH}, {"header:DD-APPLICATION-KEY", "auth"}, "401, WWW-Authenticate or the document", spec="datadog"),
    row("dog.downtime", "two", "", [("set", "/scope", "env:staging"), ("set", "/recurrence/period", "1")], [{T}, {T}], [b("/scope"), b("/recurrence/period")], "both are named"),
    row("dog.event", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
    # stripe-mock
    row("stripe.customer", "unknown", "", [("renform", "name", "full_name")], {U, P, V}, f("full_name"), "named"),
    row("stripe.intent", "amount", "", [("form", "amount", "20.00")], {T, F, V, P}, f("amount"), "named with the type"),
    row("stripe.intent", "currency", "", [("form", "currency")], {M, MP}, f("currency"), "named"),
    row("stripe.intent", "capture", "json", [("form", "capture_method", "Manual")], {V, P}, f("capture_method"), "the case of a constant"),
    row("stripe.intent", "confirm", "code", [("form", "confirm", "no")], {T, V, F, P}, f("confirm"), "a flag, which forms write as true and false"),
    row("stripe.intent", "json", "", [("h", "Content-Type", "application/json"), ("body", '{"amount": 2000, "currency": "eur"}')], {MEDIA, MISFIT}, {"header:Content-Type", "body"}, "the server says which type it reads"),
    row("stripe.charges", "key", "", [("h", "Authorization", "sk_test_51NfQ")], {MANGLED, BAD, NONE}, {"auth"}, "401 shows the form"),
    row("stripe.charges", "limit", "trace", [("q", "limit", "ten")], {P}, q("limit"), "a word for a number"),
    # libopenapi-validator on Directus
    row("directus.comment", "collection", "", [("ren", "/collection", "collection_name")], {M, U}, b("/collection", "/collection_name"), "named"),
    row("directus.comment", "item", "json", [("set", "/item", 4711)], {T}, b("/item"), "ids are strings in the document; a UUID elsewhere", spec="directus", known=True, also=[]),
    row("directus.preset", "filters", "", [("set", "/filters", {"key": "a", "field": "rating"})], {T}, b("/filters"), "named"),
    row("directus.preset", "path", "", [("path", "/preset")], {PATH}, {"path"}, "the collection is plural"),
    # one document, three validators
    row("parcels.ship", "weight", "", [("set", "/parcels/0/weight_grams", 1.2)], {T, V, F}, b("/parcels/0/weight_grams"), "named"),
    row("parcels.ship", "country", "trace", [("set", "/recipient/country", "Norway")], {V, F}, b("/recipient/country"), "the sender's is a code"),
    row("parcels.ship", "unknown", "json", [("set", "/priority", "high")], {U}, b("/priority"), "without it it passes"),
    row("parcels.ship", "two", "", [("set", "/service", "overnight"), ("del", "/sender/postcode")], [{V}, {M}], [b("/service"), b("/sender/postcode")], "both are named"),
    row("parcels.list", "depot", "", [("h", "X-Depot")], {MH}, h("X-Depot"), "named"),
    row("parcels.list", "status", "html", [("q", "status", "transit")], {P}, q("status"), "without it it passes"),
    row("parcels.list", "from", "empty", [("q", "from", "01.03.2025")], {P}, q("from"), "a date as it is not written in APIs"),
    row("parcels.pickup", "slot", "", [("set", "/slot", "noon")], {V}, b("/slot"), "named with the list"),
    row("parcels.pickup", "date", "trace", [("set", "/date", "17/03/2025")], {F, V}, b("/date"), "a date as it is not written in APIs"),
    row("parcels.pickup", "city", "", [("ren", "/address/city", "town")], {M, U}, b("/address/city", "/address/town"), "named"),
    row("parcels.move", "method", "", [("method", "PUT")], {METHOD}, {"method"}, "405 or 404 with Allow"),
    row("parcels.move", "slot", "json", [("set", "/slot", "EVENING")], {V}, b("/slot"), "without it it passes; the other case"),
    row("parcels.order", "parcels", "", [("set", "/parcels", "two")], {T}, b("/parcels"), "named"),
    row("parcels.order", "contact", "code", [("set", "/contact", "lena(at)example.org")], {F, V}, b("/contact"), "no address of mail"),
    row("parcels.order", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
    # celebrate
    row("flights.book", "born", "", [("set", "/passengers/1/born", "2092-11-23")], {V, F}, b("/passengers/1/born"), "named"),
    row("flights.book", "passport", "empty", [("set", "/passengers/0/passport", "TK-1234567")], {F, V}, b("/passengers/0/passport"), "the other passenger's has no hyphen"),
    row("flights.book", "clash", "json", [("set", "/window", True)], {CLASH, U, V}, b("/window", "/seat"), "without the one or the other it passes"),
    row("flights.book", "contact", "", [("ren", "/contact", "contacts")], {M, U}, b("/contact", "/contacts"), "named"),
    row("flights.find", "adults", "trace", [("q", "adults", "0")], {P}, q("adults"), "a count of none"),
    row("flights.find", "from", "", [("q", "from", "Tokyo")], {P}, q("from"), "named"),
    row("flights.find", "two", "", [("q", "cabin", "eco"), ("q", "date")], [{P}, {MP}], [q("cabin"), q("date")], "one is named after the other"),
    # valibot
    row("hotel", "id", "", [("set", "/hotel_id", "3301")], {T}, b("/hotel_id"), "named"),
    row("hotel", "out", "json", [("set", "/check_out", "2025-07-09")], {V, CLASH, "business_rule_violation"}, b("/check_out", "/check_in"), "it ends before it begins"),
    row("hotel", "guest", "code", [("set", "/guests/1/name", "")], {V, M, F}, b("/guests/1/name"), "the other guest has a name"),
    row("hotel", "two", "trace", [("set", "/room", "Double"), ("set", "/breakfast", "yes")], [{V}, {T, V}], [b("/room"), b("/breakfast")], "a flag as a word; the case of a constant"),
    row("hotel", "promo", "empty", [("set", "/promo", "")], {V, F}, b("/promo"), "an empty text where one is optional"),
    # superstruct
    row("podcast", "minutes", "", [("set", "/minutes", "42 min")], {T, F}, b("/minutes"), "named"),
    row("podcast", "chapter", "json", [("set", "/chapters/1/at", "05:10")], {T, F}, b("/chapters/1/at"), "the other chapter has a number"),
    row("podcast", "published", "trace", [("set", "/published", "2025-02-03 07:00")], {F, V}, b("/published"), "a time without its T and zone"),
    row("podcast", "explicit", "", [("set", "/explicit", 0)], {T}, b("/explicit"), "named"),
    row("podcast", "version", "", [("path", "/v2/episodes")], {"wrong_api_version", PATH}, {"path"}, "404; v1 answers"),
    # ArkType
    row("sensor", "battery", "", [("set", "/battery", "87%")], {T, F}, b("/battery"), "named"),
    row("sensor", "values", "html", [("set", "/values/1", None)], {T, V}, b("/values/1", "/values"), "the other values are numbers"),
    row("sensor", "lat", "json", [("set", "/position", {"lat": 159.91, "lon": 10.75})], {V}, b("/position/lat"), "a latitude ends at 90"),
    row("sensor", "id", "empty", [("set", "/sensor", "5f0c1b9e8a444c0b9f612d1d6a3f7c10")], {F, V}, b("/sensor"), "a UUID without its hyphens"),
    # TypeBox: terse
    row("payslip", "month", "", [("set", "/month", "April 2025")], {F, V}, b("/month"), "a month in words"),
    row("payslip", "line", "", [("set", "/lines/1/taxable", "false")], {T}, b("/lines/1/taxable"), "the other line has a boolean"),
    row("payslip", "extra", "", [("set", "/note", "bonus included")], {U}, b("/note"), "without it it passes"),
    row("payslip", "key", "", [("h", "X-API-Key"), ("h", "Authorization", "Bearer pk_live_93kd02")], {NONE, PLACE, BAD}, {"auth", "header:X-API-Key", "header:Authorization"}, "401 without a challenge: a key is sent as a bearer"),
    row("payslip", "good", "", [("set", "/currency", "EURO")], {V, F}, b("/currency"), "three letters; one that works is there", known=True, also=[]),
    # restify
    row("parking", "minutes", "", [("set", "/minutes", 5)], {V}, b("/minutes"), "named with its range"),
    row("parking", "plate", "json", [("ren", "/plate", "license_plate")], {M, U}, b("/plate", "/license_plate"), "one that works is there", known=True, also=[("set", "/plate", "M-QX77")]),
    row("parking", "text", "", [("h", "Content-Type", "text/plain")], {MEDIA, MISFIT}, {"header:Content-Type"}, "415"),
    row("spaces", "height", "code", [("q", "max_height", "2,1")], {P}, q("max_height"), "a comma for a point"),
    # moleculer
    row("event", "capacity", "", [("set", "/venue/capacity", -120)], {V}, b("/venue/capacity"), "named"),
    row("event", "organiser", "empty", [("set", "/organiser", "Office <office@example.at>")], {F, V}, b("/organiser"), "a name beside the address"),
    row("event", "price", "trace", [("set", "/price", "12,50")], {T, F}, b("/price"), "a number as text, with a comma"),
    row("event", "strict", "", [("ren", "/visibility", "visible")], [{M, U}], [b("/visibility", "/visible")], "named"),
    row("events", "sort", "json", [("q", "sort", "date_desc")], {P}, q("sort"), "without it it passes"),
    # jsonapi-server
    row("article", "type", "", [("set", "/data/attributes/words", "many")], {T, V, F}, b("/data/attributes/words"), "named"),
    row("article", "status", "json", [("set", "/data/attributes/status", "Draft")], {V}, b("/data/attributes/status"), "the case of a constant"),
    # LoopBack 4
    row("plant", "sun", "", [("set", "/sun", "half")], {V}, b("/sun"), "named with the list"),
    row("plant", "litres", "html", [("set", "/pots/1/litres", "10 l")], {T, F}, b("/pots/1/litres"), "the other pot has a number"),
    row("plant", "price", "code", [("ren", "/latin_name", "latinName")], {M, U}, b("/latin_name", "/latinName"), "one that works is there; the others have underscores", known=True, also=[("set", "/price", 12)]),
    row("plant", "two", "", [("del", "/hardiness"), ("set", "/price", "39.90 €")], [{M}, {T, F}], [b("/hardiness"), b("/price")], "both are named"),
    row("plants", "page", "", [("q", "page", "first")], {P}, q("page"), "named"),
    row("plants", "height", "trace", [("q", "min_height", "50cm")], {P}, q("min_height"), "a unit after a number"),
    # OAuth
    row("token", "json", "", [("h", "Content-Type", "application/json"), ("body", '{"grant_type": "client_credentials", "client_id": "warehouse-sync", "client_secret": "s3cr3t-9f2b"}')], {MEDIA, MISFIT}, {"header:Content-Type", "body"}, "the answer asks for a form"),
    row("token", "grant", "", [("form", "grant_type", "client-credentials")], {V, P}, f("grant_type"), "unsupported_grant_type"),
    row("token", "scope", "", [("form", "scope", "stock:reed")], {V, P, "insufficient_scope"}, f("scope"), "invalid_scope"),
    row("token", "secret", "code", [("form", "client_secret", "s3cr3t-9f2b ")], {BAD, MANGLED, V, F}, {"auth", "form:client_secret"}, "a space at the end of the secret"),
    row("refresh", "renamed", "json", [("renform", "refresh_token", "token")], {M, U, MP}, f("refresh_token", "token"), "RFC 6749 §6"),
    # SOAP
    row("rates", "amount", "", [("raw", "125.50", "125,50")], {T, F, V}, {"body:/Envelope/Body/Convert/amount", "body:/soapenv:Envelope/soapenv:Body/r:Convert/r:amount"}, "named"),
    row("rates", "from", "html", [("raw", ">EUR<", ">Euro<")], {V, F}, {"body:/Envelope/Body/Convert/from", "body:/soapenv:Envelope/soapenv:Body/r:Convert/r:from"}, "the other is a code"),
    row("rates", "broken", "", [("raw", "</r:to>", "")], {XML}, {"body"}, "not well formed"),
    row("customs", "code", "", [("raw", "85171300", "8517.13.00")], {V, F}, {"body:/Envelope/Body/declare/lines/Line/code", "body:/soapenv:Envelope/soapenv:Body/r:declare/r:lines/r:Line/r:code"}, "named with the pattern"),
    row("customs", "date", "json", [("raw", "2025-03-04", "04.03.2025")], {F, V}, {"body:/Envelope/Body/declare/arrival", "body:/soapenv:Envelope/soapenv:Body/r:declare/r:arrival"}, "a date as it is not written in XML"),
    # JSON-RPC
    row("transfer", "amount", "", [("set", "/params/amount", 42.5)], {T, V, F, "soft_error_in_success"}, b("/params/amount"), "-32602 names it", ),
    row("transfer", "method", "", [("set", "/method", "transfers")], {V, PATH, METHOD, "soft_error_in_success"}, b("/method"), "-32601"),
    # multipart
    row("scan", "file", "", [("renform", "document", "file")], {M, U, MP, V}, {"multipart:document", "multipart:file"}, "named"),
    row("scan", "type", "json", [("form", "document", "@RUN/page.txt;type=text/plain")], {V, F, T, MEDIA}, {"multipart:document"}, "415 although it is multipart: the part's type"),
    row("scan", "date", "code", [("form", "received", "06.05.2025")], {F, V}, {"multipart:received"}, "a date as it is not written in APIs"),
    row("scan", "large", "empty", [("form", "document", "@RUN/large.png;type=image/png")], {"payload_too_large", V}, {"multipart:document", "body"}, "413"),
    row("scan", "header", "", [("h", "Content-Type", "application/json")], {MEDIA, MISFIT, H}, {"header:Content-Type"}, "Unsupported content type"),
    # a platform of our own: terse
    row("page.patch", "stale", "", [("h", "If-Match", '"5f2e0c11aa90"')], {"precondition_failed"}, h("If-Match"), "412"),
    row("page.patch", "none", "", [("h", "If-Match")], {"precondition_required", MH}, h("If-Match"), "428"),
    row("page.patch", "type", "", [("h", "Content-Type", "application/json")], {MEDIA, MISFIT}, {"header:Content-Type"}, "415 with Accept-Patch"),
    row("page.patch", "op", "", [("set", "/1/path", "/block/-")], {V, F}, b("/1/path"), "a GET shows blocks"),
    row("page.merge", "lang", "", [("set", "/lang", "french")], {V, F}, b("/lang"), "a GET shows en"),
    row("payout", "key", "", [("h", "Idempotency-Key")], {"idempotency_key_missing", MH}, h("Idempotency-Key"), "named"),
    row("payout", "iban", "", [("set", "/iban", "DE02 1203 0000 0000 2020 51")], {F, V}, b("/iban"), "spaces, as on paper"),
    row("reports", "range", "", [("q", "size", "500")], {P}, q("size"), "smaller pages pass"),
    row("reports", "order", "", [("q", "from", "2025-02-28")], {P, CLASH}, q("from", "to"), "it ends before it begins"),
    row("reports", "accept", "", [("h", "Accept", "application/xml")], {"not_acceptable"}, h("Accept"), "406"),
    row("reports", "two", "", [("q", "page", "one"), ("q", "to", "31.01.2025")], [{P}, {P}], [q("page"), q("to")], "a word for a number, and a date not as its sibling's"),
    # go-openapi
    row("appointment", "minutes", "", [("set", "/minutes", 25)], {V}, b("/minutes"), "named with the list"),
    row("appointment", "birth", "json", [("set", "/patient/birth_date", "29.02.1984")], {F, V}, b("/patient/birth_date"), "a date as it is not written in APIs"),
    row("appointment", "insurance", "trace", [("set", "/patient/insurance_number", "A 123 456 780")], {F, V}, b("/patient/insurance_number"), "a number with spaces; without it it passes"),
    row("appointment", "two", "", [("ren", "/patient/given_name", "first_name"), ("set", "/reason", "")], [{M, U}, {V, M, F}], [b("/patient/given_name", "/patient/first_name"), b("/reason")], "both are named"),
    row("appointments", "room", "", [("q", "room", "3B")], {P}, q("room"), "named"),
    row("appointments", "day", "empty", [("q", "day"), ("q", "date", "2025-04-02")], {MP, P}, q("day", "date"), "the document asks for day", spec="clinic.json"),
    # Mojolicious
    row("prescribe", "header", "", [("h", "X-Practitioner", "12345")], {H}, h("X-Practitioner"), "named"),
    row("prescribe", "dose", "html", [("set", "/items/0/dose_mg", "400 mg")], {T, F}, b("/items/0/dose_mg"), "the other has a number"),
    row("prescribe", "patient", "", [("ren", "/patient_id", "patient")], {M, U}, b("/patient_id", "/patient"), "named"),
    row("agenda", "pages", "json", [("q", "per_page", "500")], {P}, q("per_page"), "smaller pages pass"),
    # Connect with protovalidate
    row("ride", "class", "", [("set", "/class", "COMFORT")], {V, F, T}, b("/class"), "the decoder names it"),
    row("ride", "seats", "", [("set", "/seats", 9)], {V}, b("/seats"), "named"),
    row("ride", "unknown", "json", [("ren", "/dropoff", "destination")], {U, M}, b("/dropoff", "/destination"), "one that works is there", known=True, also=[("set", "/seats", 1)]),
    row("ride", "lat", "code", [("set", "/pickup/lat", "52,52")], {T, F}, b("/pickup/lat"), "the other is a number"),
    row("ride", "media", "", [("h", "Content-Type", "text/json")], {MEDIA, MISFIT}, {"header:Content-Type"}, "415 with Accept-Post"),
    # go-restful with ozzo
    row("invoice", "quantity", "", [("set", "/lines/0/quantity", "3")], {T}, b("/lines/0/quantity"), "the decoder names it"),
    row("invoice", "country", "", [("set", "/customer/address/country", "Germany")], {V, F}, b("/customer/address/country"), "named"),
    row("invoice", "issued", "json", [("set", "/issued", "1 March 2025")], {F, V}, b("/issued"), "the other date is written otherwise"),
    row("invoice", "text", "empty", [("set", "/lines/1/text", "")], {V, M, F}, b("/lines/1/text"), "the other line has a text"),
    # Django
    row("visit", "badge", "", [("form", "badge", "visitor")], {V, P}, f("badge"), "named with the choice"),
    row("visit", "arrival", "json", [("form", "arrival", "20.05.2025 09:30h")], {F, V, P}, f("arrival"), "a time as it is not written in APIs"),
    row("visit", "json", "", [("h", "Content-Type", "application/json"), ("body", '{"visitor": "Sam Reed", "email": "sam@example.com", "arrival": "2025-05-20 09:30", "floor": 4, "badge": "guest", "host": "8a5e3f0a-6c1f-4f6e-9d1c-7b8e2d1f0c55"}')], {MEDIA, MISFIT}, {"header:Content-Type", "body"}, "everything is required although it is there"),
    row("visit", "slash", "html", [("path", "/visits")], {"trailing_slash", PATH, "redirect_changed_method"}, {"path"}, "the slash at the end"),
    # Pyramid with Cerberus
    row("birds", "count", "", [("set", "/species/1/count", "4")], {T}, b("/species/1/count"), "named"),
    row("birds", "site", "json", [("set", "/site", "nl-42")], {F, V}, b("/site"), "one that works is there", known=True, also=[("set", "/site", "NL-001")]),
    row("birds", "wind", "empty", [("set", "/weather/wind_bft", "4-5")], {T, F}, b("/weather/wind_bft"), "a range where its neighbour has a number"),
    row("birds", "extra", "", [("set", "/observer", "mvdb")], {U}, b("/observer"), "named"),
    row("birds", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
    # Tornado with voluptuous
    row("enrol", "email", "", [("set", "/students/1/email", "b.lund")], {F, V}, b("/students/1/email"), "named"),
    row("enrol", "credits", "json", [("set", "/credits", "6 ECTS")], {T, F}, b("/credits"), "a number as text"),
    row("enrol", "raw", "", [("raw", '"room"', "room")], {JSON}, {"body"}, "Bad JSON", ),
    row("courses", "year", "", [("q", "year", "24/25")], {P}, q("year"), "Tornado says 400 alone", terse=True),
    row("courses", "none", "", [("q", "year")], {MP}, q("year"), "Tornado's reason phrase says 400 alone; the log or one that works has it", terse=True, known=True, also=[("q", "year", "2024")]),
    # Flask-RESTful
    row("task", "priority", "", [("set", "/priority", 5)], {V}, b("/priority"), "named with the choices"),
    row("task", "workspace", "", [("h", "X-Workspace")], {MH}, h("X-Workspace"), "named"),
    row("task", "due", "json", [("set", "/due", "01/08/2025")], {F, V}, b("/due"), "a date as it is not written in APIs"),
    row("tasks", "limit", "", [("q", "limit", "1000")], {P}, q("limit"), "named with its range"),
    row("tasks", "done", "code", [("q", "done", "nope")], {P}, q("done"), "a flag as a word"),
    # webargs
    row("order", "table", "", [("set", "/table", "14")], {T}, b("/table"), "named"),
    row("order", "dish", "trace", [("set", "/dishes/0/qty", 0)], {V}, b("/dishes/0/qty"), "none of a dish"),
    row("order", "channel", "json", [("set", "/channel", "dine_in")], {V}, b("/channel"), "one that works is there", known=True, also=[("set", "/channel", "takeaway")]),
    row("orders", "day", "", [("q", "day", "today")], {P}, q("day"), "named"),
    row("orders", "status", "html", [("q", "status", "Open")], {P}, q("status"), "the case of a constant"),
    # Dancer2
    row("toll", "class", "", [("set", "/class", "III")], {T}, b("/class"), "named"),
    row("toll", "axle", "json", [("set", "/axles/2", "5,7")], {T, F}, b("/axles/2"), "the others are numbers"),
    row("tolls", "since", "", [("q", "since", "yesterday")], {P}, q("since"), "bad request and no more", terse=True),
    # Rack
    row("donation", "wrapper", "", [("body", {"amount": 50, "currency": "eur", "donor_email": "mia@example.org", "donor_name": "Mia Roth", "frequency": "monthly"})], {M, U, T, XML}, {"body", "body:", "body:/donation"}, "everything is missing although it is there; one that works is there", known=True, also=[]),
    row("donation", "frequency", "", [("set", "/donation/frequency", "every month")], {V}, b("/donation/frequency"), "named"),
    row("donation", "currency", "trace", [("set", "/donation/currency", "EUR")], {V}, b("/donation/currency"), "the other case"),
    row("menu", "price", "", [("set", "/items/1/price", "12")], {T}, b("/items/1/price"), "named"),
    row("menu", "comma", "json", [("raw", '"vegan": true, ', '"vegan": true, , ')], {JSON}, {"body"}, "two commas"),
    # PHP
    row("lease", "iban", "", [("set", "/tenants/1/iban", "pl27114020040000300201355387")], {F, V}, b("/tenants/1/iban"), "named with the pattern"),
    row("lease", "share", "json", [("set", "/tenants/0/share", "50%")], {T, F}, b("/tenants/0/share"), "the other has a number"),
    row("lease", "two", "", [("set", "/from", "June 2025"), ("set", "/rent", "980.50")], [{F, V}, {T}], [b("/from"), b("/rent")], "both are named"),
    row("signup", "email", "", [("form", "email", "m.kova@example,cz")], {F, V, P}, f("email"), "named"),
    row("signup", "country", "", [("form", "country", "Czechia")], {V, F, P}, f("country"), "Invalid input and no more", terse=True),
    row("signup", "birthday", "", [("form", "birthday", "14.7.1991")], {V, F, P}, f("birthday"), "Invalid input and no more", terse=True),
    # Tomcat
    row("policy", "cover", "", [("set", "/cover", "Plus")], {V, F}, b("/cover"), "Jackson lists the constants"),
    row("policy", "vin", "", [("set", "/cars/0/vin", "WVWZZZ1JZXW1")], {V, F}, b("/cars/0/vin"), "named"),
    row("policy", "born", "code", [("set", "/holder/born", "12 Aug 1979")], {F, V}, b("/holder/born"), "a date as it is not written in APIs"),
    row("claim", "damage", "", [("set", "/damageCents", "1840.00 EUR")], {T, F}, b("/damageCents"), "Tomcat's page of 400", terse=True),
    row("claim", "day", "", [("set", "/reportedOn", "Mon")], {V, F}, b("/reportedOn"), "Tomcat's page of 400; a day as Java writes it", terse=True, known=True, also=[("set", "/reportedOn", "FRIDAY")]),
    row("claim", "extra", "", [("set", "/channel", "app")], {U}, b("/channel"), "without it it passes", terse=True),
    row("quotes", "km", "", [("q", "kmPerYear", "12.000")], {P}, q("kmPerYear"), "a point in thousands", terse=True),
    row("quotes", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
]

# Right, however odd it looks.
HEALTHY = [
    ("figma.comment", [("set", "/client_meta", {"x": -4.5, "y": 0})]), ("figma.hook", [("set", "/description", ""), ("set", "/unknown", None)]),
    ("docker.create", [("set", "/Env", []), ("set", "/Labels", {"": "", "a b": "ü"})]), ("docker.list", [("q", "filters", '{"status":["paused"]}')]),
    ("dog.event", [("set", "/text", "%%% \n**bold** \n %%%"), ("set", "/date_happened", 1)]), ("stripe.customer", [("form", "tax_exempt", ""), ("form", "balance", "-100")]),
    ("parcels.ship", [("set", "/recipient/name", "null"), ("set", "/recipient/phone", "")]), ("parcels.move", [("del", "/slot")]),
    ("flights.find", [("q", "adults"), ("q", "cabin")]), ("hotel", [("set", "/guests/1/age", 0), ("del", "/promo")]),
    ("podcast", [("set", "/tags", []), ("set", "/chapters/0/title", "")]), ("sensor", [("set", "/position", {"lat": -90, "lon": 180}), ("set", "/battery", 0)]),
    ("payslip", [("set", "/approved_by", 1), ("set", "/gross", 0)]), ("spaces", [("q", "foo", "bar"), ("q", "max_height", "1e1")]),
    ("article", [("set", "/data/attributes/lead", "x" * 300)]), ("rates", [("raw", "<r:date>2025-02-28</r:date>", "")]),
    ("transfer", [("set", "/id", "a-17"), ("set", "/params/memo", "")]), ("ride", [("set", "/seats", "2"), ("ren", "/riderId", "rider_id")]),
    ("visit", [("form", "car", ""), ("form", "floor", "0")]), ("order", [("set", "/covers", "3"), ("set", "/tip", 0)]),
    ("policy", [("del", "/deductible"), ("set", "/cars/0/value", "14500.00"), ("set", "/cars/0/year", "2019")]), ("toll", [("set", "/direction", "up"), ("set", "/axles", [])]),
]
CASES += [row(base, "healthy", "", faults, set(), set(), "", healthy=True) for base, faults in HEALTHY]


def hushed():
    return {f"{BASES[c['base']][0]}.{c['how']}" for c in CASES if c["how"]}
