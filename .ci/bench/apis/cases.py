"""The table: what is right (BASES), what went wrong with it, and what an expert would accept, decided before the engine was run."""
T, F, V, M, U = "invalid_body_property_type", "invalid_body_property_format", "invalid_body_property_value", "missing_body_property", "unexpected_body_property"
P, MP, H, MH = "invalid_request_parameter", "missing_request_parameter", "invalid_request_header", "missing_request_header"
PATH, METHOD, MEDIA, MISFIT, JSON, XML = "wrong_path", "method_not_allowed", "unsupported_media_type", "content_type_mismatch", "malformed_json", "malformed_request_body"
NONE, BAD, MANGLED, PLACE, CLASH, GONE = "missing_credentials", "invalid_credentials", "malformed_authorization", "credentials_in_wrong_place", "interacting_parameters", "resource_not_found"
RULE = "business_rule_violation"

# A server is terse when it says no more than that something is wrong.
SERVERS = dict.fromkeys("pagerduty asana okta spotify chat kube ory library yoyaku recipes vets huddle stations cinema freight mercurius graphqlhttp choir ferry cap pousada shoes "
                        "stars tracks quart starlette catalyst spring rust".split(), "tells") | dict.fromkeys(["huddleq", "meters", "cherrypy"], "terse")

J = {"Content-Type": "application/json"}
PD = {"Accept": "application/json", "Authorization": "Token token=y_NbAkKc66ryYTWUXYEu"}
PDW = {**PD, **J, "From": "ops@example.com"}
ASANA = {"Authorization": "Bearer 1/1199:8b2f"}
OKTA = {"Authorization": "SSWS 00QCjAl4MlV-WPXM"}
OPENAI = {**J, "Authorization": "Bearer sk-proj-4f7"}
ORY = {"Authorization": "Bearer ory_pat_Xw3k"}
KUBE = {"Authorization": "Bearer eyJhbGciOiJSUzI1NiJ9.ZGVw.c2ln"}
XOXB = {"Authorization": "Bearer xoxb-17653672481-abcDEF"}
EVENT = {"name": "Audit feed", "events": {"type": "EVENT_TYPE", "items": ["user.lifecycle.create", "user.lifecycle.activate"]}, "channel": {"type": "HTTP", "version": "1.0.0", "config": {"uri": "https://audit.example.com/okta", "headers": [{"key": "X-Tenant", "value": "eu"}], "authScheme": {"type": "HEADER", "key": "Authorization", "value": "abc"}}}}

BASES = {
    "incident": ("pagerduty", "POST", "/incidents", PDW, {"incident": {"type": "incident", "title": "Disk full on db-3", "service": {"id": "PIJ90N7", "type": "service_reference"}, "urgency": "high", "incident_key": "baf7cf21", "conference_bridge": {"conference_number": "+1-415-555-1212"}}}),
    "incidents": ("pagerduty", "GET", "/incidents?limit=25&offset=0&time_zone=UTC&total=false", {**PD, **J}, None),
    "window": ("pagerduty", "POST", "/maintenance_windows", PDW, {"maintenance_window": {"type": "maintenance_window", "start_time": "2025-11-09T20:00:00-05:00", "end_time": "2025-11-09T22:00:00-05:00", "description": "Switch upgrade", "services": [{"id": "PF9KMXH", "type": "service_reference"}]}}),
    "asana.task": ("asana", "POST", "/tasks", {**J, **ASANA}, {"data": {"name": "Write the brief", "resource_subtype": "default_task", "assignee": "12345", "due_on": "2025-09-15", "followers": ["12345", "67890"], "projects": ["11235813"], "notes": "Mittens really likes the stuff.", "completed": False, "liked": True, "workspace": "99"}}),
    "asana.tasks": ("asana", "GET", "/tasks?project=11235813&limit=50&completed_since=2025-02-22T02:06:58.158Z&opt_pretty=true", ASANA, None),
    "okta.user": ("okta", "POST", "/api/v1/users?activate=true", {**J, **OKTA}, {"profile": {"firstName": "Isaac", "lastName": "Brock", "email": "isaac.brock@example.com", "login": "isaac.brock@example.com", "mobilePhone": "555-415-1337", "countryCode": "US"}, "credentials": {"password": {"value": "tlpWENT2m"}}, "groupIds": ["00g1emaKYZTWRYYRRTSK"]}),
    "okta.hook": ("okta", "POST", "/api/v1/eventHooks", {**J, **OKTA}, EVENT),
    "okta.users": ("okta", "GET", "/api/v1/users?limit=25&sortBy=profile.lastName", OKTA, None),
    "search": ("spotify", "GET", "/v1/search?q=remaster%20track:Doxy&type=album,track&market=ES&limit=10", {}, None),
    "playlist": ("spotify", "POST", "/v1/users/smedjan/playlists", J, {"name": "Road songs", "description": "For long drives", "public": False, "collaborative": True}),
    "reorder": ("spotify", "PUT", "/v1/playlists/3cEYpjA9oz9GiPac4AsH4n/tracks", J, {"range_start": 1, "insert_before": 3, "range_length": 2, "uris": ["spotify:track:4iV5W9uYEdYUVa79Axb7Rh", "spotify:track:1301WleyT98MSxVHPZCA6M"]}),
    "completion": ("chat", "POST", "/v1/chat/completions", OPENAI, {"model": "gpt-4o-mini", "messages": [{"role": "system", "content": "You are terse."}, {"role": "user", "content": "Name a tea."}], "temperature": 0.4, "max_tokens": 200, "n": 1, "stop": ["\n\n"], "response_format": {"type": "text"}, "user": "u-81"}),
    "embedding": ("chat", "POST", "/v1/embeddings", OPENAI, {"model": "text-embedding-3-small", "input": ["oolong", "sencha"], "encoding_format": "float", "dimensions": 256}),
    "kube.service": ("kube", "POST", "/api/v1/namespaces/shop/services", {**J, **KUBE}, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "labels": {"app": "web"}}, "spec": {"selector": {"app": "web"}, "type": "ClusterIP", "ports": [{"name": "http", "port": 80, "targetPort": "8080", "protocol": "TCP"}]}}),
    "kube.config": ("kube", "POST", "/api/v1/namespaces/shop/configmaps", {**J, **KUBE}, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web-env"}, "data": {"PORT": "8080", "DEBUG": "false"}, "immutable": True}),
    "kube.pods": ("kube", "GET", "/api/v1/namespaces/shop/pods?limit=50&labelSelector=app=web&timeoutSeconds=30", KUBE, None),
    "ory.identity": ("ory", "POST", "/admin/identities", {**J, **ORY}, {"schema_id": "preset://email", "traits": {"email": "kiri@example.org", "name": "Kiri"}, "state": "active", "region": "eu-central", "verifiable_addresses": [{"value": "kiri@example.org", "verified": True, "via": "email", "status": "completed"}], "metadata_public": {"plan": "pro"}}),
    "ory.list": ("ory", "GET", "/admin/identities?page_size=50&consistency=strong", ORY, None),
    "ory.client": ("ory", "POST", "/admin/clients", {**J, **ORY}, {"client_name": "Warehouse sync", "grant_types": ["authorization_code", "refresh_token"], "redirect_uris": ["https://wh.example.com/cb"], "scope": "openid offline", "token_endpoint_auth_method": "client_secret_basic", "skip_consent": False, "client_secret_expires_at": 0}),
    "loan": ("library", "POST", "/loans", {**J, "Accept-Language": "de"}, {"reader": "AB-12345", "branch": "centre", "due": "2025-10-01", "renewals": 1, "reminder": {"by": "mail", "days": 3}, "books": [{"isbn": "9783161484100", "copy": 2}, {"isbn": "9791234567896"}]}),
    "loan.ja": ("library", "POST", "/loans", {**J, "Accept-Language": "ja"}, {"reader": "JP-00817", "branch": "north", "due": "2025-10-01", "books": [{"isbn": "9784101010014"}], "reminder": {"by": "none"}}),
    "catalogue": ("library", "GET", "/catalogue?q=Hafen&lang=de&year=2019&page=2", {"Accept-Language": "fr"}, None),
    "tea": ("yoyaku", "POST", "/api/reservations", J, {"course": "omote", "date": "2025-11-03", "guests": [{"name": "佐藤花子", "age": 34}, {"name": "Tom", "age": 9}], "email": "hanako@example.jp", "kimono": True, "note": "左利き"}),
    "slots": ("yoyaku", "GET", "/api/slots?month=2025-11&course=ura&seats=2", {}, None),
    "recipe": ("recipes", "POST", "/recipes", J, {"title": "Ribollita", "servings": 4, "difficulty": "easy", "ingredients": [{"name": "kale", "grams": 300}, {"name": "bread", "grams": 200, "optional": True}], "source": "https://example.it/ribollita", "minutes": {"prep": 20, "cook": 90}}),
    "recipes": ("recipes", "GET", "/recipes?diet=vegan&max=20&after=2025-01-01T00:00:00Z", {}, None),
    "recipe.one": ("recipes", "GET", "/recipes/91", {}, None),
    "animal": ("vets", "POST", "/animals", J, {"name": "Bruno", "species": "dog", "kilos": 31.5, "chipped": True, "chip": "276098102345678", "owner": {"name": "Jo Lindt", "phone": "+49301234567", "email": "jo@example.com"}, "shots": [{"vaccine": "rabies", "given": "2025-01-20", "batch": "A81X"}, {"vaccine": "distemper", "given": "2025-02-11"}]}),
    "animals": ("vets", "GET", "/animals?limit=20&chipped=true", {}, None),
    "post": ("huddle", "POST", "/api/chat.postMessage", {**J, **XOXB}, {"channel": "C061EG9SL", "text": "Deploy done", "thread_ts": "1718000000.000100", "unfurl_links": False, "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Release"}}, {"type": "section", "text": {"type": "mrkdwn", "text": "*v4.2* is out"}}]}),
    "channels": ("huddle", "GET", "/api/conversations.list?limit=200&types=public_channel,private_channel", XOXB, None),
    "postq": ("huddleq", "POST", "/api/chat.postMessage", {**J, **XOXB}, {"channel": "C061EG9SL", "text": "Deploy done", "unfurl_links": False, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*v4.2* is out"}}, {"type": "section", "text": {"type": "mrkdwn", "text": "changes"}}, {"type": "divider"}]}),
    "remindq": ("huddleq", "POST", "/api/reminders.add", {**J, **XOXB}, {"text": "stand-up", "time": 1718010000, "user": "U18888888"}),
    "channelsq": ("huddleq", "GET", "/api/conversations.list?limit=200&types=public_channel", XOXB, None),
    "station": ("stations", "POST", "/stations", J, {"code": "HAM01", "elevation": 11.5, "operator": "dwd", "sensors": [{"kind": "temp", "every": 60}, {"kind": "wind", "every": 10}], "since": "2019-04-01", "at": [53.55, 9.99], "public": True}),
    "readings": ("stations", "GET", "/readings?station=HAM01&from=2025-02-01T00:00:00.000Z&step=1h", {}, None),
    "me": ("stations", "GET", "/me", {"X-Client-Id": "0f8fad5b-d9cb-469f-a165-70867728950e"}, None),
    "ticket": ("cinema", "POST", "/tickets", J, {"show": "7f9c24e5-2f38-4b27-8a3e-6e1b1a0f9c55", "seats": [{"row": "F", "number": 12}, {"row": "F", "number": 13}], "tariff": "student", "email": "ana@example.pt", "snacks": ["popcorn"], "three_d": False}),
    "shows": ("cinema", "GET", "/shows?day=2025-10-10&hall=3", {"X-Cinema": "odeon"}, None),
    "train": ("freight", "POST", "/trains", {**J, "X-Operator": "2180"}, {"number": 47110, "from": "DEHAM", "to": "CHBSL", "departs": "2025-06-02T04:10:00+02:00", "wagons": [{"number": "338045678901", "tons": 62.5, "goods": "steel", "hazard": None}, {"number": "318078901234", "tons": 48, "goods": "grain", "hazard": None}], "loco": {"series": "193", "kw": 6400}}),
    "trains": ("freight", "GET", "/trains/2025-06-02?from=DEHAM&delayed=true&limit=20", {}, None),
    "works": ("mercurius", "POST", "/graphql", J, {"query": "query($w: Wing, $n: Int) { works(wing: $w, first: $n) { id title year artist(full: true) } }", "variables": {"w": "NORTH", "n": 5}}),
    "lend": ("graphqlhttp", "POST", "/graphql", J, {"query": "mutation Lend($loan: Loan!) { lend(loan: $loan) { id title } }", "operationName": "Lend", "variables": {"loan": {"work": "1", "borrower": "Tate", "until": "2025-12-01", "insured": 250000, "wing": "EAST", "sizes": [{"h": 46.5, "w": 61}]}}}),
    "view": ("graphqlhttp", "GET", "/graphql?query=%7Bworks(first:3)%7Bid%20title%7D%7D", {"Accept": "application/json"}, None),
    "star": ("stars", "POST", "/query", J, {"query": "mutation($s: Sighting!) { observe(input: $s) { id name magnitude } }", "variables": {"s": {"star": "1", "seen": "2025-03-01T22:10:00Z", "seconds": 120, "bands": ["V", "B"]}}}),
    "starlist": ("stars", "POST", "/query", J, {"query": "{ stars(spectral: A, first: 3) { id name magnitude } }"}),
    "singer": ("choir", "POST", "/singers", J, {"name": "Aoife Byrne", "voice": "alto", "born": 1988, "contact": {"email": "aoife@example.ie", "phone": "+353861234567"}, "rehearsals": ["2025-09-02", "2025-09-09"], "reads_music": True}),
    "singers": ("choir", "GET", "/singers?voice=alto&per_page=50", {"X-Ensemble": "st-anne"}, None),
    "crossing": ("ferry", "POST", "/crossings", J, {"route": "kiel-oslo", "sails_on": "2025-07-19", "passengers": 2, "vehicle": {"plate": "KI-AB 12", "length_cm": 452}, "email": "ida@example.no", "cabin": True}),
    "timetable": ("ferry", "GET", "/timetable?route=kiel-oslo&limit=10&month=2025-07", {}, None),
    "order": ("cap", "POST", "/odata/v4/catalog/Orders", J, {"customer": "Ada", "genre": "novel", "copies": 2, "price": 19.9, "ordered": "2025-04-01", "placedAt": "2025-04-01T10:00:00Z", "gift": False, "zip": "69190", "lines": [{"pos": 1, "isbn": "9783161484100", "qty": 2}]}),
    "orders": ("cap", "GET", "/odata/v4/catalog/Orders?$top=5&$select=ID,customer&$orderby=customer%20desc", {}, None),
    "stay": ("pousada", "POST", "/v2/stays", {**J, "Accept-Language": "pt-BR"}, {"property": "PT0042", "arrival": "2025-08-03", "nights": 5, "rooms": [{"kind": "double", "guests": 2}, {"kind": "single", "guests": 1}], "contact": {"email": "rui@example.pt", "phone": "+351912345678"}, "site": "https://example.pt", "late": False}),
    "stay.zh": ("pousada", "POST", "/v2/stays", {**J, "Accept-Language": "zh-CN"}, {"property": "CN0107", "arrival": "2025-10-01", "nights": 3, "rooms": [{"kind": "suite", "guests": 2}], "contact": {"email": "li@example.cn"}, "late": True}),
    "shoe": ("shoes", "POST", "/orders", {}, ("form", [("name", "Tess Olin"), ("size", "42"), ("price", "129.90"), ("gift", "true"), ("address.zip", "22765"), ("address.city", "Hamburg"), ("items.0.sku", "BOOT-9"), ("items.0.qty", "1"), ("items.1.sku", "WAX-2"), ("items.1.qty", "3")])),
    "shoes": ("shoes", "GET", "/shoes?min=50&max=199.5&page=1&sale=true", {}, None),
    "meter": ("meters", "POST", "/readings", J, {"meter": "20041871", "at": "2025-01-31T23:59:00Z", "kwh": 1204.7, "tariff": "night", "photo": "https://example.com/m.jpg", "phases": [401, 402, 401], "estimate": False}),
    "meters": ("meters", "GET", "/readings?site=4bd1e2a8-04a7-4b4e-8f5f-2f6a1f7c1d33&from=2025-01-01&limit=100", {"X-Zone": "eu"}, None),
    "track": ("tracks", "POST", "/tracks", J, {"parcel": "PX77120041", "status": "sent", "grams": 850, "stops": ["HAM", "OSL"]}),
    "track.one": ("tracks", "GET", "/tracks/5", {}, None),
    "tracks": ("tracks", "GET", "/tracks?since=1718000000&page=2", {}, None),
    "visite": ("quart", "POST", "/visites", {}, ("form", [("nom", "Claire Petit"), ("arrivee", "2025-06-14"), ("personnes", "4"), ("tarif", "reduit"), ("tel", "+33612345678"), ("guide", "y"), ("remarque", "fauteuil roulant")])),
    "plant": ("starlette", "POST", "/plants", J, {"name": "Nordwind 3", "kind": "wind", "peak_kw": 3200, "online": "2021-05-01", "meters": [{"serial": "EM203311", "phase": 1}, {"serial": "EM203312", "phase": 2}], "site": "https://nordwind.example", "location": [54.3, 8.6], "grid": True}),
    "production": ("starlette", "GET", "/production?plant=3&day=2025-02-01&step=15m", {}, None),
    "lots": ("cherrypy", "GET", "/lots?sale=spring-2025&page=2&currency=CHF", {}, None),
    "bid": ("cherrypy", "POST", "/bids", J, {"lot": 14, "bidder": "b-204", "amount": 1200, "limit": 1500, "phone": "+41791234567"}),
    "harvest": ("catalyst", "POST", "/harvests", J, {"orchard": "OR-117", "fruit": "pear", "kilos": 840.5, "crates": 56, "day": "2025-09-20", "pickers": [{"name": "Ewa", "hours": 7.5}, {"name": "Jan", "hours": 6}], "note": "wet grass"}),
    "trees": ("catalyst", "GET", "/trees?fruit=plum&planted=1998", {}, None),
    "entry": ("spring", "POST", "/v1/entries", J, {"ledger": "6d0f1b3c-2a4e-4a87-9b9e-5c0c8d7f1a22", "status": "OPEN", "booked": "2025-03-31", "document": 20250331, "lines": [{"account": 4400, "amount": 119.0, "text": "Sale", "debit": False}, {"account": 1200, "amount": 119.0, "debit": True}], "tags": {"cost": 7}}),
    "entry2": ("spring", "POST", "/v2/entries", J, {"ledger": "6d0f1b3c-2a4e-4a87-9b9e-5c0c8d7f1a22", "status": "OPEN", "booked": "2025-03-31", "document": 20250331, "lines": [{"account": 4400, "amount": 119.0, "text": "Sale", "debit": False}, {"account": 1200, "amount": 119.0, "debit": True}], "tags": {"cost": 7}}),
    "entries": ("spring", "GET", "/v1/entries?year=2025&status=CLOSED&size=50", {"X-Company": "10", "Accept": "application/json"}, None),
    "entries2": ("spring", "GET", "/v2/entries?year=2025&status=CLOSED&size=50", {"X-Company": "10", "Accept": "application/json"}, None),
    "trade": ("rust", "POST", "/orders", J, {"account": 70012, "legs": [{"symbol": "SAP", "quantity": 10, "side": "buy"}, {"symbol": "NOVO", "quantity": 4, "side": "sell"}], "price": {"kind": "limit", "cents": 18250}, "day_only": True, "note": "rebalance", "expires": 1735689600, "fee": 1.5}),
}


def row(base, name, how, faults, causes, elements, lead, **more):
    causes, elements = ([causes], [elements]) if isinstance(causes, set) else (causes, elements)
    if BASES[base][0].startswith("huddle"): more["ok"] = '"ok":true'
    return {"name": f"{base}/{name}{'.' + how if how else ''}", "base": base, "how": how, "faults": faults, "causes": causes, "elements": elements, "lead": lead, **more}


def b(*paths): return {"body:" + p for p in paths}
def q(*names): return {"query:" + n for n in names}
def h(*names): return {"header:" + n for n in names}
def f(*names): return {"form:" + n for n in names}


CASES = [
    # Prism on PagerDuty
    row("incident", "from", "", [("h", "From")], {MH}, h("From"), "named"),
    row("incident", "urgency", "", [("set", "/incident/urgency", "critical")], {V}, b("/incident/urgency"), "named with the values"),
    row("incident", "unwrapped", "json", [("body", {"type": "incident", "title": "Disk full on db-3", "service": {"id": "PIJ90N7", "type": "service_reference"}, "urgency": "high"})], {M, U}, b("/incident", "/", "", "/type", "/title", "/service", "/urgency"), "the document wraps it", spec="pagerduty"),
    row("incident", "from-name", "trace", [("h", "From", "Ops Desk")], {H}, h("From"), "an address is asked for in From", spec="pagerduty"),
    row("incident", "title", "", [("ren", "/incident/title", "summary")], {M, U}, b("/incident/title", "/incident/summary"), "named"),
    row("incident", "type", "code", [("set", "/incident/type", "incident_reference")], {V}, b("/incident/type"), "the document has but one value", spec="pagerduty"),
    row("window", "start", "", [("ren", "/maintenance_window/start_time", "starts_at")], {M, U}, b("/maintenance_window/start_time", "/maintenance_window/starts_at"), "named"),
    row("window", "end", "empty", [("set", "/maintenance_window/end_time", "2025-11-09 22:00")], {F}, b("/maintenance_window/end_time"), "start_time beside it has the form"),
    row("window", "services", "html", [("set", "/maintenance_window/services", {"id": "PF9KMXH", "type": "service_reference"})], {T}, b("/maintenance_window/services"), "a plural with one object; the document has a list", spec="pagerduty"),
    row("incidents", "limit", "", [("q", "limit", "all")], {P}, q("limit"), "named"),
    # Prism on Asana
    row("asana.task", "due", "", [("set", "/data/due_on", "15.09.2025")], {F, V}, b("/data/due_on"), "named with the format"),
    row("asana.task", "followers", "json", [("set", "/data/followers", "12345,67890")], {T}, b("/data/followers"), "projects beside it is a list", spec="asana"),
    row("asana.task", "completed", "trace", [("set", "/data/completed", "false")], {T}, b("/data/completed"), "liked beside it is a boolean"),
    row("asana.task", "subtype", "html", [("set", "/data/resource_subtype", "task")], {V}, b("/data/resource_subtype"), "the document lists them", spec="asana"),
    row("asana.task", "nobody", "", [("h", "Authorization")], {NONE}, {"auth"}, "401 names the scheme"),
    row("asana.tasks", "since", "", [("q", "completed_since", "yesterday")], {P}, q("completed_since"), "named"),
    row("asana.tasks", "pretty", "empty", [("q", "opt_pretty", "yes")], {P}, q("opt_pretty"), "without it it passes", spec="asana"),
    # Prism on Okta
    row("okta.user", "profile", "", [("ren", "/profile", "user")], {M, U}, b("/profile", "/user"), "named"),
    row("okta.user", "country", "json", [("set", "/profile/countryCode", "USA")], {V, F}, b("/profile/countryCode"), "without it it passes; two letters in the document", spec="okta"),
    row("okta.user", "groups", "trace", [("set", "/groupIds", [{"id": "00g1emaKYZTWRYYRRTSK"}])], {T}, b("/groupIds", "/groupIds/0"), "ids are strings", spec="okta"),
    row("okta.user", "mail", "code", [("set", "/profile/email", "isaac.brock(at)example.com")], {F, V}, b("/profile/email"), "login beside it is one"),
    row("okta.hook", "uri", "", [("ren", "/channel/config/uri", "url")], {M, U}, b("/channel/config/uri", "/channel/config/url"), "named"),
    row("okta.hook", "items", "empty", [("set", "/events/items", "user.lifecycle.create")], {T}, b("/events/items"), "a plural with one string", spec="okta"),
    row("okta.hook", "two", "", [("set", "/channel/version", 1), ("del", "/name")], [{T}, {M}], [b("/channel/version"), b("/name")], "both are named"),
    row("okta.users", "limit", "json", [("q", "limit", "25 users")], {P}, q("limit"), "a number with its unit"),
    # oas-tools on Spotify
    row("search", "type", "", [("q", "type", "album,song")], {P}, q("type"), "the values are listed"),
    row("search", "market", "html", [("q", "market", "Spain")], {P}, q("market"), "without it it passes", spec="spotify.yaml"),
    row("search", "noq", "empty", [("q", "q"), ("q", "query", "Doxy")], {MP, P}, q("q", "query"), "the document asks for q", spec="spotify.yaml"),
    row("playlist", "title", "", [("ren", "/name", "title")], {M, U}, b("/name", "/title"), "named"),
    row("playlist", "public", "json", [("set", "/public", "false")], {T}, b("/public"), "collaborative beside it is a boolean"),
    row("playlist", "method", "", [("method", "PUT")], {METHOD, PATH}, {"method", "path"}, "405 or 404 for PUT; the document has POST", spec="spotify.yaml"),
    row("reorder", "uris", "code", [("set", "/uris/1", "https://open.spotify.com/track/1301WleyT98MSxVHPZCA6M")], {F, V}, b("/uris/1"), "the other is a URI of Spotify's"),
    row("reorder", "start", "", [("set", "/range_start", "1")], {T}, b("/range_start"), "named with the type"),
    # openapi-mock-express-middleware on OpenAI
    row("completion", "role", "", [("set", "/messages/0/role", "developer")], {V}, b("/messages/0/role"), "named with the values"),
    row("completion", "temperature", "json", [("set", "/temperature", "low")], {T, V, F}, b("/temperature"), "a number in words"),
    row("completion", "stop", "trace", [("set", "/stop", ["\n\n", ".", "!", "?", ";"])], {V}, b("/stop", "/stop/4"), "the document lets four in", spec="chat.yaml"),
    row("completion", "prompt", "code", [("body", {"model": "gpt-4o-mini", "prompt": "Name a tea.", "temperature": 0.4, "max_tokens": 200})], {M, U}, b("/messages", "/prompt"), "the document asks for messages", spec="chat.yaml"),
    row("embedding", "model", "", [("set", "/model", "text-embedding-3")], {V}, b("/model"), "named with the values"),
    row("embedding", "input", "html", [("set", "/input", {"text": "oolong"})], {T}, b("/input"), "the document has a list", spec="chat.yaml"),
    row("embedding", "two", "json", [("set", "/dimensions", 0), ("set", "/encoding_format", "FLOAT")], [{V}, {V, F}], [b("/dimensions"), b("/encoding_format")], "the document has both", spec="chat.yaml"),
    # swagger-express-middleware on Kubernetes
    row("kube.service", "port", "", [("set", "/spec/ports/0/port", "80")], {T}, b("/spec/ports/0/port"), "the type and the place"),
    row("kube.service", "noport", "json", [("ren", "/spec/ports/0/port", "containerPort")], {M, U}, b("/spec/ports/0/port", "/spec/ports/0/containerPort"), "the document asks for port", spec="k8s"),
    row("kube.config", "data", "", [("set", "/data/PORT", 8080)], {T}, b("/data/PORT"), "the type and the place"),
    row("kube.config", "debug", "empty", [("set", "/data/DEBUG", False)], {T}, b("/data/DEBUG"), "PORT beside it is a string"),
    row("kube.pods", "limit", "", [("q", "limit", "50Mi")], {P}, q("limit"), "named"),
    row("kube.pods", "anonymous", "trace", [("h", "Authorization")], {NONE}, {"auth"}, "401"),
    # oapi-codegen on Ory
    row("ory.identity", "schema", "", [("ren", "/schema_id", "schemaId")], {M, U}, b("/schema_id", "/schemaId"), "named"),
    row("ory.identity", "verified", "json", [("set", "/verifiable_addresses/0/verified", "true")], {T}, b("/verifiable_addresses/0/verified"), "a boolean as a string"),
    row("ory.identity", "state", "trace", [("set", "/state", "enabled")], {V}, b("/state"), "the document lists them", spec="ory"),
    row("ory.identity", "token", "", [("h", "Authorization", "ory_pat_Xw3k")], {MANGLED, BAD, NONE}, {"auth"}, "the scheme lacks"),
    row("ory.client", "uris", "", [("set", "/redirect_uris", "https://wh.example.com/cb")], {T}, b("/redirect_uris"), "named"),
    row("ory.list", "size", "code", [("q", "page_size", "fifty")], {P}, q("page_size"), "a size in words"),
    # Ajv in other languages
    row("loan", "branch", "", [("set", "/branch", "south")], {V}, b("/branch"), "German; the place is named"),
    row("loan", "due", "", [("set", "/due", "01.10.2025")], {F, V}, b("/due"), "German; the place and the format"),
    row("loan", "extra", "", [("set", "/priority", True)], {U}, b("/priority"), "German; additionalProperty"),
    row("loan", "isbn", "json", [("set", "/books/0/isbn", "978-3-16-148410-0")], {F, V}, b("/books/0/isbn"), "the other has no dashes"),
    row("loan.ja", "days", "", [("set", "/reminder", {"by": "mail", "days": "3"})], {T}, b("/reminder/days"), "Japanese; the place is named"),
    row("loan.ja", "reader", "", [("ren", "/reader", "readerId")], [{M, U}], [b("/reader", "/readerId")], "Japanese; missingProperty"),
    row("catalogue", "lang", "", [("q", "lang", "DE")], {P}, q("lang"), "French; the place is named"),
    row("catalogue", "page", "html", [("q", "page", "0")], {P}, q("page"), "without it it passes"),
    # h3 and Zod in Japanese
    row("tea", "course", "", [("set", "/course", "Omote")], {V}, b("/course"), "Japanese; path and values"),
    row("tea", "age", "", [("set", "/guests/1/age", "9")], {T}, b("/guests/1/age"), "Japanese; the path"),
    row("tea", "date", "trace", [("set", "/date", "2025/11/03")], {F, V}, b("/date"), "a date with slashes"),
    row("slots", "month", "", [("q", "month", "11-2025")], {P}, q("month"), "Japanese; the path"),
    # nestjs-zod
    row("recipe", "servings", "", [("set", "/servings", "4")], {T}, b("/servings"), "path and type"),
    row("recipe", "extra", "", [("set", "/ingredients/0/unit", "g")], {U}, b("/ingredients/0/unit"), "keys"),
    row("recipe", "source", "json", [("set", "/source", "example.it/ribollita")], {F, V}, b("/source"), "a URL without its scheme"),
    row("recipe", "minutes", "code", [("set", "/minutes", 110)], {T}, b("/minutes"), "it was an object when it passed", known=True, also=[]),
    row("recipes", "after", "html", [("q", "after", "2025-01-01")], {P}, q("after"), "without it it passes"),
    row("recipe.one", "id", "", [("path", "/recipes/ribollita")], {P, PATH, GONE}, {"path"}, "numeric string is expected"),
    # routing-controllers
    row("animal", "kilos", "", [("set", "/kilos", 315)], {V}, b("/kilos"), "named with the most"),
    row("animal", "phone", "", [("set", "/owner/phone", "030 1234567")], {F, V}, b("/owner/phone"), "named in children"),
    row("animal", "shots", "json", [("set", "/shots/1/given", "11 Feb 2025")], {F, V}, b("/shots/1/given"), "the other has the form"),
    row("animal", "two", "", [("set", "/species", "Dog"), ("set", "/chipped", "yes")], [{V, F}, {T, V}], [b("/species"), b("/chipped")], "both are named"),
    row("animals", "chipped", "", [("q", "chipped")], {MP}, q("chipped"), "named"),
    # 200 with ok: false
    row("post", "thread", "", [("set", "/thread_ts", 1718000000.0001)], {T}, b("/thread_ts"), "the pointer is in the envelope"),
    row("post", "method", "", [("path", "/api/chat.postmessage")], {PATH}, {"path"}, "unknown_method"),
    row("post", "auth", "", [("h", "Authorization", "Token xoxb-17653672481-abcDEF")], {MANGLED, BAD}, {"auth"}, "invalid_auth; another scheme"),
    row("postq", "blocks", "", [("set", "/blocks/1/text/type", "markdown")], {V}, b("/blocks/1/text/type"), "invalid_arguments; the other block is right"),
    row("postq", "unfurl", "", [("set", "/unfurl_links", "false")], {T}, b("/unfurl_links"), "invalid_arguments; a boolean as a string"),
    row("remindq", "time", "", [("set", "/time", "1718010000")], {T}, b("/time"), "invalid_arguments; a number as a string"),
    row("channelsq", "types", "", [("q", "types", "public")], {P}, q("types"), "invalid_arguments; without it it passes"),
    row("channelsq", "limit", "", [("q", "limit", "5000")], {P}, q("limit"), "invalid_arguments; smaller passes"),
    # Hono with valibot
    row("station", "tuple", "", [("set", "/at", {"lat": 53.55, "lon": 9.99})], {T}, b("/at"), "path and type"),
    row("station", "every", "json", [("set", "/sensors/1/every", "10")], {T}, b("/sensors/1/every"), "the other is a number"),
    row("readings", "from", "", [("q", "from", "2025-02-01")], {P}, q("from"), "path and what is expected"),
    row("me", "client", "", [("h", "X-Client-Id", "web-7")], {H}, h("X-Client-Id"), "path and what is expected"),
    # Elysia
    row("ticket", "tariff", "", [("set", "/tariff", "child")], {V}, b("/tariff"), "property and expected"),
    row("ticket", "seat", "trace", [("set", "/seats/0/row", "f")], {V, F}, b("/seats/0/row"), "the other is in capitals"),
    row("ticket", "flat", "code", [("set", "/three_d", "no"), ("set", "/email", "ana@")], [{T, V}, {F, V}], [b("/three_d"), b("/email")], "no as a boolean; an address cut off"),
    row("shows", "cinema", "", [("h", "X-Cinema")], {MH}, h("X-Cinema"), "property x-cinema"),
    # Fastify with Zod
    row("train", "departs", "", [("set", "/departs", "2025-06-02T04:10:00")], {F, V}, b("/departs"), "body/departs"),
    row("train", "tons", "json", [("set", "/wagons/1/tons", "48")], {T}, b("/wagons/1/tons"), "the other is a number"),
    row("train", "operator", "trace", [("h", "X-Operator", "DB Cargo")], {H}, h("X-Operator"), "four digits when it passed", known=True, also=[("h", "X-Operator", "3351")]),
    row("trains", "day", "", [("path", "/trains/02-06-2025")], {P}, {"path"}, "params/day"),
    # GraphQL
    row("works", "wing", "", [("set", "/variables/w", "WEST")], {V}, {"body:/variables/w", "graphql"}, "the value is named"),
    row("works", "field", "", [("raw", "title year", "title date")], {U, XML, V}, {"graphql", "body:/query"}, "Cannot query field"),
    row("lend", "insured", "", [("set", "/variables/loan/insured", "250000")], {T}, b("/variables/loan/insured", "/variables/loan"), "at loan.insured"),
    row("lend", "until", "html", [("ren", "/variables/loan/until", "due")], {M, U}, b("/variables/loan/until", "/variables/loan/due", "/variables/loan"), "it was until when it passed", known=True, also=[("set", "/variables/loan/borrower", "Prado")]),
    row("lend", "operation", "", [("set", "/operationName", "lend")], {V, XML}, {"body:/operationName", "graphql"}, "names no operation"),
    row("star", "seconds", "", [("set", "/variables/s/seconds", "120")], {T}, {"body:/variables/s/seconds", "body:/variables/s", "graphql"}, "the sentence of the variable"),
    row("starlist", "argument", "", [("raw", "first: 3", "limit: 3")], {U, V, XML}, {"graphql", "body:/query"}, "Unknown argument"),
    # ts-rest
    row("singer", "voice", "", [("set", "/voice", "mezzo")], {V}, b("/voice"), "path and options"),
    row("singer", "contact", "html", [("set", "/contact", "aoife@example.ie")], {T}, b("/contact"), "it was an object when it passed", known=True, also=[("set", "/born", 1990)]),
    row("singer", "born", "json", [("set", "/born", "1988")], {T}, b("/born"), "a number as a string"),
    row("singers", "ensemble", "", [("h", "X-Ensemble", "St Anne")], {H}, h("X-Ensemble"), "path x-ensemble"),
    # Sails
    row("crossing", "passengers", "", [("set", "/passengers", "two")], {T, V, F}, b("/passengers"), "the problems name it"),
    row("crossing", "date", "empty", [("set", "/sails_on", "19/07/2025")], {F, V}, b("/sails_on"), "a date as APIs do not write it"),
    row("timetable", "route", "", [("q", "route"), ("q", "line", "kiel-oslo")], {MP, P}, q("route", "line"), "\"route\" is required"),
    # SAP CAP's OData
    row("order", "copies", "", [("set", "/copies", "two")], {T, V, F}, b("/copies"), "element copies"),
    row("order", "property", "", [("ren", "/zip", "zipCode")], {U}, b("/zipCode", "/zip"), "zipCode does not exist"),
    row("order", "placed", "code", [("set", "/placedAt", "next Tuesday")], {F, V}, b("/placedAt"), "a time in words"),
    row("order", "lines", "trace", [("set", "/lines/0/qty", "2 pcs")], {T, F, V}, b("/lines/0/qty"), "a number with its unit"),
    row("orders", "select", "", [("q", "$select", "ID,client")], {P}, q("$select"), "client is named"),
    row("orders", "top", "json", [("q", "$top", "five")], {P}, q("$top"), "a number in words"),
    # net/http with the validator's translations
    row("stay", "email", "", [("set", "/contact/email", "rui.example.pt")], {F, V}, b("/contact/email"), "Portuguese; the place is the key"),
    row("stay", "kind", "", [("set", "/rooms/1/kind", "twin")], {V}, b("/rooms/1/kind"), "Portuguese; the place and the values"),
    row("stay", "nights", "trace", [("set", "/nights", 45)], {V}, b("/nights"), "fewer passes"),
    row("stay.zh", "arrival", "", [("set", "/arrival", "2025年10月1日")], {F, V}, b("/arrival"), "Chinese; the place is the key"),
    row("stay.zh", "late", "html", [("set", "/late", "true")], {T}, b("/late"), "a boolean as a string"),
    # gorilla/schema
    row("shoe", "size", "", [("form", "size", "42 EU")], {T, F, V}, f("size"), "named"),
    row("shoe", "unknown", "", [("form", "colour", "red")], {U}, f("colour"), "invalid path"),
    row("shoe", "price", "json", [("form", "price", "129,90")], {T, F, V}, f("price"), "a comma in a number"),
    row("shoes", "min", "empty", [("q", "min", "EUR 50")], {P}, q("min"), "a currency in a number"),
    # huma with a title only
    row("meter", "tariff", "", [("set", "/tariff", "Night")], {V, F}, b("/tariff"), "nothing but a title; it was night when it passed", known=True, also=[("set", "/kwh", 7)]),
    row("meter", "at", "", [("set", "/at", "2025-01-31 23:59")], {F, V}, b("/at"), "a time as RFC 3339 does not write it"),
    row("meter", "phases", "", [("set", "/phases/1", "402")], {T}, b("/phases/1"), "the others are numbers"),
    row("meters", "zone", "", [("h", "X-Zone", "EU")], {H}, h("X-Zone"), "it was eu when it passed", known=True, also=[("q", "limit", "5")]),
    row("meters", "two", "", [("q", "limit", "1000"), ("q", "from", "01.01.2025")], [{P}, {P}], [q("limit"), q("from")], "without both it passes"),
    # Iris
    row("track", "grams", "", [("set", "/grams", "850g")], {T, F}, b("/grams"), "Go struct field"),
    row("track", "status", "", [("set", "/status", "shipped")], {V}, b("/status"), "oneof of Status"),
    row("track", "weight", "html", [("set", "/weight", 850)], {U}, b("/weight"), "without it it passes"),
    row("track.one", "path", "", [("path", "/track/5")], {PATH}, {"path"}, "404 as for nonsense; a plural next to it"),
    # Quart with WTForms in French
    row("visite", "tarif", "", [("form", "tarif", "enfant")], {V}, f("tarif"), "French; the field is the key"),
    row("visite", "arrivee", "", [("form", "arrivee", "14/06/2025")], {F, V}, f("arrivee"), "French; the field is the key"),
    row("visite", "personnes", "json", [("form", "personnes", "quatre")], {T, F, V}, f("personnes"), "a number in words"),
    row("visite", "two", "", [("form", "tel", "06 12 34 56 78"), ("renform", "nom", "name")], [{F, V}, {M, U}], [f("tel"), f("nom", "name")], "French; both are keys"),
    # Starlette with pydantic 1
    row("plant", "kind", "", [("set", "/kind", "Wind")], {V, F}, b("/kind"), "loc and the permitted values"),
    row("plant", "serial", "code", [("set", "/meters/1/serial", "em203312")], {F, V}, b("/meters/1/serial"), "the other is in capitals"),
    row("plant", "location", "", [("set", "/location", [8.6, 154.3])], {V}, b("/location", "/location/0", "/location/1"), "it passes", healthy=True),
    row("plant", "extra", "trace", [("set", "/owner", "Nordwind KG")], {U}, b("/owner"), "without it it passes"),
    row("production", "step", "", [("q", "step", "30m")], {P}, q("step"), "step of the sentence"),
    # CherryPy's pages
    row("lots", "page", "", [("q", "page", "two")], {P}, q("page"), "the page says so", terse=False),
    row("lots", "currency", "", [("q", "currency", "chf")], {P}, q("currency"), "without it it passes"),
    row("bid", "amount", "", [("set", "/amount", "1200")], {T}, b("/amount"), "a number as a string"),
    row("bid", "limits", "", [("set", "/limit", 1100)], {V, CLASH, RULE}, b("/limit", "/amount"), "without the limit it passes; a limit below the amount"),
    # Catalyst with Types::Standard
    row("harvest", "fruit", "", [("set", "/fruit", "cherry")], {V}, b("/fruit"), "explained with its place"),
    row("harvest", "hours", "html", [("set", "/pickers/1/hours", "6h")], {T, F, V}, b("/pickers/1/hours"), "the other is a number"),
    row("harvest", "note", "empty", [("set", "/note", None)], {T, V}, b("/note"), "without it it passes"),
    row("trees", "planted", "", [("q", "planted", "98")], {P}, q("planted"), "the parameter is named"),
    # Spring
    row("entry", "ledger", "", [("set", "/ledger", "main")], {F, V}, b("/ledger"), "through reference chain"),
    row("entry", "status", "", [("set", "/status", "open")], {V, F}, b("/status"), "the constants are listed"),
    row("entry2", "amount", "", [("set", "/lines/1/amount", "119,00")], {T, F, V}, b("/lines/1/amount"), "Bad Request and no more; a comma in a number", terse=True),
    row("entry2", "booked", "", [("set", "/booked", "31 March 2025")], {F, V}, b("/booked"), "Bad Request and no more; a date in words", terse=True),
    row("entry2", "debit", "", [("set", "/lines/0/debit", "no")], {T, V}, b("/lines/0/debit"), "Bad Request and no more; the other is a boolean", terse=True),
    row("entries", "company", "", [("h", "X-Company")], {MH}, h("X-Company"), "named"),
    row("entries2", "year", "", [("q", "year", "FY25")], {P}, q("year"), "Bad Request and no more", terse=True),
    row("entries2", "accept", "", [("h", "Accept", "text/csv")], {"not_acceptable", H}, h("Accept"), "406", terse=True),
    # serde
    row("trade", "side", "", [("set", "/legs/0/side", "BUY")], {V, F}, b("/legs/0/side"), "unknown variant with the ones there are"),
    row("trade", "kind", "", [("set", "/price", {"type": "limit", "cents": 18250})], {M, U}, b("/price/kind", "/price/type", "/price"), "missing field kind"),
    row("trade", "fee", "json", [("set", "/fee", "1.5")], {T}, b("/fee"), "a number as a string"),
    row("trade", "quantity", "empty", [("set", "/legs/1/quantity", 4.5)], {T, V}, b("/legs/1/quantity"), "a whole one passes"),
    row("trade", "json", "", [("raw", '"fee": 1.5}', '"fee": 1.5,}')], {JSON}, {"body"}, "line and column"),
    row("trade", "type", "html", [("h", "Content-Type", "text/plain")], {MEDIA, MISFIT}, h("Content-Type"), "415"),
    # those that come and go
    row("animals", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
    row("entry", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
    row("channels", "flaky", "flaky", [], {"intermittent_failure"}, set(), "", flaky=True),
]

# Right, however odd it looks.
HEALTHY = [
    ("incident", [("set", "/incident/conference_bridge", {}), ("set", "/incident/title", "null")]), ("asana.task", [("set", "/data/assignee", None), ("set", "/data/followers", [])]),
    ("okta.user", [("set", "/profile/mobilePhone", ""), ("set", "/profile/displayName", None)]), ("playlist", [("set", "/description", ""), ("del", "/public")]),
    ("completion", [("set", "/messages/1/content", ""), ("set", "/temperature", 0)]), ("kube.config", [("set", "/data", {}), ("set", "/metadata/labels", {"a/b": ""})]),
    ("ory.identity", [("set", "/traits", {}), ("set", "/metadata_public", {})]), ("loan", [("set", "/renewals", 0), ("del", "/reminder")]),
    ("tea", [("set", "/note", ""), ("set", "/guests/0/name", "O'Néill; DROP TABLE")]), ("recipes", [("q", "diet"), ("q", "max", "1e1")]),
    ("animal", [("set", "/shots", []), ("del", "/chip")]), ("post", [("set", "/text", ""), ("set", "/blocks", [])]), ("station", [("set", "/at", [-90, 0]), ("set", "/elevation", -3.5)]),
    ("works", [("set", "/variables", {}), ("set", "/extensions", {"trace": True})]), ("crossing", [("set", "/passengers", "2"), ("set", "/unknown", "x")]),
    ("order", [("set", "/gift", None), ("set", "/lines", [])]), ("stay", [("set", "/site", ""), ("del", "/late")]), ("shoe", [("form", "gift", "1"), ("form", "items.1.qty", "-3")]),
    ("plant", [("set", "/peak_kw", "3200"), ("set", "/meters/0/phase", "1")]), ("entry", [("set", "/channel", "app"), ("set", "/lines/0/account", "4400"), ("set", "/document", None)]),
    ("trade", [("set", "/price", {"kind": "market"}), ("set", "/note", None)]), ("visite", [("form", "guide", "false"), ("form", "remarque", "")]),
]
for c in CASES:
    if c.get("healthy"): c.update(causes=set(), elements=set())
CASES += [row(base, "healthy", "", faults, set(), set(), "", healthy=True) for base, faults in HEALTHY]


def hushed():
    return {f"{BASES[c['base']][0]}.{c['how']}" for c in CASES if c["how"]}
