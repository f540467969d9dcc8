"""The cases: a request that is right (BASES) and what went wrong with it (CASES). The accepted answers were decided before the
engine saw them. A case is (name, base, how, faults, causes, elements, more):
how       "" the server as it is; "json", "empty", … behind servers/hush.mjs, which hides what errors say
faults    ("set", pointer, value) ("del", pointer) ("ren", pointer, name) in the body; ("q", name, value or None) ("h", name, value or None)
          ("path", path) ("method", M) ("raw", from, to) in the text of the body; ("form", name, value)
causes    ids that an expert would accept, one set for every fault
elements  elements that an expert would accept, one set for every fault
more      good: the right request is given, spec: a document is, healthy: nothing is wrong, terse: opaque by itself, flaky,
          any: one of the faults is enough, keep: the repair cannot be known (only that it is not claimed falsely)
"""
import os

T, F, V, M, U = ("invalid_body_property_type", "invalid_body_property_format", "invalid_body_property_value", "missing_body_property", "unexpected_body_property")
MP, IP, MH, IH = "missing_request_parameter", "invalid_request_parameter", "missing_request_header", "invalid_request_header"
FV, TF, TV, MU = {F, V}, {T, F}, {T, V}, {M, U}
MJ = {"malformed_json", "malformed_request_body"}
CT = {"unsupported_media_type", "content_type_mismatch", "missing_request_header", "invalid_request_header"}
INT = {"interacting_parameters", U}
NOAUTH, BADAUTH = {"missing_credentials", "credentials_in_wrong_place"}, {"invalid_credentials", "wrong_environment_credentials", "malformed_authorization"}

NPM = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")) + "/culprit-bench/frameworks/npm/node_modules/"
SPECS = {"petstore": NPM + "@readme/oas-examples/3.0/json/petstore.json", "train": NPM + "@readme/oas-examples/3.1/json/train-travel.json",
         "eov": NPM + "@readme/oas-examples/3.1/json/train-travel.json", "galaxy": NPM + "@scalar/galaxy/dist/latest.json", "kin": NPM + "@blockfrost/openapi/openapi.yaml",
         "oab": NPM + "@readme/oas-examples/3.0/json/petstore.json"}
SERVERS = ("github petstore train galaxy ev joi zod yup fastify nest nestquiet hapi koa hono trpc yoga apollo jsonserver feathers vine multer eov oab "
           "flask drf fastapi aiohttp falcon sinatra grape rails symfony laravel slim gin echo fiber chi huma kin").split()
J = {"Content-Type": "application/json"}
UUID = "5b0c6f0e-2f6a-4c39-9d0e-7c1a2f3b4d5e"


def j(**h):
    return J | {k.replace("_", "-"): v for k, v in h.items()}


def gql(q, **v):
    return {"query": q, "variables": v}


BOOKS = "query Books($n: Int!, $g: Genre) { books(first: $n, genre: $g) { id title pages } }"
ADD = "mutation Add($input: NewBook!) { addBook(input: $input) { id title } }"

# name: server, method, path, headers, body (dict: JSON, form: -d/--data-urlencode, multipart: -F)
BASES = {
    "issue": ("github", "POST", "/repos/octocat/hello-world/pulls", j(Accept="application/json"), {"title": "Amazing new feature", "body": "Please pull these awesome changes in!", "head": "octocat:new-feature", "base": "master", "draft": False, "maintainer_can_modify": True}),
    "issues": ("github", "GET", "/repos/octocat/hello-world/issues?state=open&per_page=50&sort=updated", {"Accept": "application/json"}, None),
    "ghsearch": ("github", "GET", "/search/issues?q=repo%3Aoctocat%2Fhello-world+is%3Aopen&sort=comments&order=desc", {"Accept": "application/json"}, None),
    "gist": ("github", "POST", "/gists", J, {"description": "Example of a gist", "public": False, "files": {"README.md": {"content": "Hello World"}, "run.sh": {"content": "echo hi"}}}),
    "milestone": ("github", "POST", "/repos/octocat/hello-world/milestones", J, {"title": "v1.0", "state": "open", "description": "Tracking milestone", "due_on": "2026-12-09T23:39:01Z"}),
    "pet": ("petstore", "POST", "/pet", j(Authorization="Bearer special-key"), {"id": 10, "name": "doggie", "category": {"id": 1, "name": "Dogs"}, "photoUrls": ["https://example.com/1.jpg"], "tags": [{"id": 0, "name": "friendly"}], "status": "available"}),
    "petfind": ("petstore", "GET", "/pet/findByStatus?status=available", {"Authorization": "Bearer special-key"}, None),
    "petget": ("petstore", "GET", "/pet/42", {"api_key": "special-key"}, None),
    "petorder": ("petstore", "POST", "/store/order", J, {"id": 5, "petId": 198772, "quantity": 7, "shipDate": "2026-11-30T10:00:00Z", "status": "approved", "complete": True}),
    "login": ("petstore", "GET", "/user/login?username=theUser&password=12345", {}, None),
    "trips": ("train", "GET", "/trips?origin=efdbb9d1-02c2-4bc3-afb7-6788d8782b1e&destination=b2e783e1-c824-4d63-b37a-d8d698862f1d&date=2026-12-01T09%3A00%3A00Z&bicycles=true", {"Authorization": "Bearer tok-read"}, None),
    "booking": ("train", "POST", "/bookings", j(Authorization="Bearer tok-write"), {"trip_id": "4f4e4e1c-c824-4d63-b37a-d8d698862f1d", "passenger_name": "John Doe", "has_bicycle": True, "has_dog": False}),
    "planet": ("galaxy", "POST", "/planets", j(Authorization="Bearer tok-1"), {"id": 1, "name": "Mars", "description": "The red planet", "image": "https://cdn.example.com/mars.jpg", "creator": {"id": 7, "name": "Marc", "email": "marc@example.com", "password": "i-love-planets"}}),
    "planets": ("galaxy", "GET", "/planets?limit=10&offset=0", {}, None),
    "signup": ("galaxy", "POST", "/user/signup", J, {"name": "Marc", "email": "marc@example.com", "password": "i-love-planets"}),
    "register": ("ev", "POST", "/api/register", J, {"email": "mia@example.com", "password": "correct horse", "profile": {"first_name": "Mia", "birthdate": "1991-04-30"}, "address": {"country": "DE", "zip": "10117", "street": "Unter den Linden 5"}, "phones": [{"kind": "work", "number": "+4917612345678"}, {"kind": "mobile", "number": "+4915112345678"}], "newsletter": True}),
    "search": ("ev", "GET", "/api/search?q=lamp&limit=20&sort=price", {"Accept": "application/json"}, None),
    "hotel": ("joi", "POST", "/v1/bookings", j(x_api_key="bk_live_7Qm2xT9r"), {"room_id": UUID, "arrival": "2026-12-20", "nights": 3, "currency": "EUR", "note": "late arrival", "guests": [{"name": "Ann", "age": 41, "email": "ann@example.com"}, {"name": "Bo", "age": 7}]}),
    "hotelget": ("joi", "GET", "/v1/bookings/1001", {"x-api-key": "bk_live_7Qm2xT9r"}, None),
    "invoice": ("zod", "POST", "/v1/invoices", J, {"number": "INV-004711", "customer": {"id": UUID, "vat_id": "DE123456789"}, "issued_at": "2026-11-20T09:30:00Z", "due_in_days": 14, "lines": [{"text": "Consulting", "amount": 1200.5, "tax": "full"}, {"text": "Book", "amount": 40, "tax": "reduced"}, {"text": "Stamp", "amount": 0.95, "tax": "none"}], "method": {"type": "sepa", "iban": "DE89370400440532013000"}}),
    "profile": ("yup", "PUT", "/v1/profile", J, {"username": "mia_92", "age": 34, "website": "https://mia.example.com", "theme": "dark", "contacts": [{"kind": "email", "value": "mia@example.com"}, {"kind": "phone", "value": "+49301234"}]}),
    "ship": ("fastify", "POST", "/shipments?notify=true&label_format=pdf", j(X_Tenant="acme"), {"reference": "PO-2291", "service": "express", "pickup": "2026-12-01", "to": {"name": "Jo Fischer", "street": "Hauptstr. 1", "city": "Köln", "country": "DE"}, "parcels": [{"weight": 2.5, "length": 40}, {"weight": 12.0, "length": 60}, {"weight": 0.8}]}),
    "shipget": ("fastify", "GET", "/shipments/7", {}, None),
    "product": ("nest", "POST", "/products", J, {"name": "Hand saw", "category": "tools", "releasedOn": "2026-05-01", "tags": ["wood", "steel"], "active": True, "supportEmail": "help@example.com", "variants": [{"sku": "SAW-300", "price": 19.9, "stock": 12}, {"sku": "SAW-400", "price": 24.9, "stock": 0}]}),
    "productq": ("nestquiet", "POST", "/products", J, {"name": "Hand saw", "category": "tools", "releasedOn": "2026-05-01", "tags": ["wood", "steel"], "active": True, "variants": [{"sku": "SAW-300", "price": 19.9, "stock": 12}, {"sku": "SAW-400", "price": 24.9, "stock": 0}]}),
    "productget": ("nest", "GET", f"/products/{UUID}", {}, None),
    "products": ("nest", "GET", "/products?page=2", {}, None),
    "job": ("hapi", "POST", "/jobs?wait=5", j(Authorization="Basic b3BzOnR1bGlwLTQy"), {"name": "nightly-backup", "schedule": "0 3 * * *", "retries": 3, "timeout": 900, "env": {"BUCKET": "s3://backup", "LEVEL": "9"}, "notify": ["ops@example.com"], "priority": "normal"}),
    "jobs": ("hapi", "GET", "/jobs?state=running&limit=50&since=2026-11-01", {"Authorization": "Basic b3BzOnR1bGlwLTQy"}, None),
    "contact": ("koa", "POST", "/api/contacts", J, {"name": "Eva Braun-Meier", "email": "eva@example.com", "phone": "+4917612345678", "age": 29, "labels": ["friend", "berlin"]}),
    "contacts": ("koa", "GET", "/api/contacts?page=2&order=desc", {}, None),
    "post": ("hono", "POST", "/posts", j(Authorization="Bearer hn_2c1f9e77aa"), {"title": "Hello Hono", "body": "A text.", "draft": False, "publishAt": "2026-12-24T18:00:00Z", "authorId": 7, "links": [{"url": "https://example.com/a", "rel": "self"}, {"url": "https://example.com/b", "rel": "next"}]}),
    "posts": ("hono", "GET", "/posts?page=1&tag=go", {"Authorization": "Bearer hn_2c1f9e77aa"}, None),
    "trpcget": ("trpc", "GET", "/order.byId?input=%7B%22id%22%3A42%7D", {}, None),
    "trpcnew": ("trpc", "POST", "/order.create", J, {"sku": "TEA-7", "quantity": 2, "ship": {"country": "AT", "express": True}}),
    "yoga": ("yoga", "POST", "/graphql", J, gql(BOOKS, n=5, g="FICTION")),
    "yogaadd": ("yoga", "POST", "/graphql", J, gql(ADD, input={"title": "Emma", "pages": 474, "genre": "FICTION"})),
    "apollo": ("apollo", "POST", "/", J, gql(BOOKS, n=5, g="HISTORY")),
    "apolloadd": ("apollo", "POST", "/", J, gql(ADD, input={"title": "Emma", "pages": 474, "genre": "FICTION"})),
    "apolloget": ("apollo", "GET", "/?query=%7Bbook(id%3A1)%7Btitle%7D%7D", {"apollo-require-preflight": "true"}, None),
    "jspost": ("jsonserver", "POST", "/posts", J, {"title": "two", "authorId": 1}),
    "jsget": ("jsonserver", "GET", "/posts/1", {}, None),
    "message": ("feathers", "POST", "/messages", J, {"text": "Deployed to staging", "roomId": 12, "mentions": ["ada", "bob"], "pinned": False}),
    "review": ("vine", "POST", "/reviews", J, {"title": "Great read", "slug": "great-read-2026", "rating": 4, "published": "2026-10-02", "authors": [{"name": "Kim", "email": "kim@example.com"}, {"name": "Lee", "email": "lee@example.com"}], "visibility": "public"}),
    "avatar": ("multer", "POST", "/avatars", {}, ("multipart", [("avatar", "@FILE;type=image/png"), ("user_id", "77")])),
    "eovtrips": ("eov", "GET", "/trips?origin=efdbb9d1-02c2-4bc3-afb7-6788d8782b1e&destination=b2e783e1-c824-4d63-b37a-d8d698862f1d&date=2026-12-01T09%3A00%3A00Z", {}, None),
    "eovbooking": ("eov", "POST", "/bookings", J, {"trip_id": "4f4e4e1c-c824-4d63-b37a-d8d698862f1d", "passenger_name": "John Doe", "has_bicycle": True, "has_dog": False}),
    "oabpet": ("oab", "POST", "/pet", j(Authorization="Bearer abc123"), {"id": 10, "name": "doggie", "photoUrls": ["https://example.com/1.jpg"], "tags": [{"id": 1, "name": "x"}], "status": "pending"}),
    "oabinv": ("oab", "GET", "/store/inventory", {"api_key": "special-key"}, None),
    "ticket": ("flask", "POST", "/api/v2/tickets", J, {"subject": "Printer on fire", "email": "joe@example.com", "priority": "urgent", "due": "2026-12-01", "opened_at": "2026-11-20T08:15:00+01:00", "customer_id": UUID, "billable": True, "items": [{"code": "PR-100", "qty": 1, "price": "249.90"}, {"code": "TN-22", "qty": 4, "price": "39.00"}]}),
    "tickets": ("flask", "GET", "/api/v2/tickets?page=2&status=open", {}, None),
    "article": ("drf", "POST", "/api/articles/", j(Authorization="Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"), {"title": "On Go", "body": "Text.", "status": "draft", "published": "2026-11-20T10:00:00Z", "word_count": 812, "score": "7.25", "slug": "on-go", "authors": [{"name": "Ann", "email": "ann@example.com"}, {"name": "Bob", "email": "bob@example.com"}], "tags": ["go", "http"]}),
    "articles": ("drf", "GET", "/api/articles/", {"Authorization": "Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"}, None),
    "user": ("fastapi", "POST", "/users/", j(X_Request_Source="web"), {"email": "kim@example.com", "name": "Kim", "age": 31, "role": "editor", "born": "1995-02-11", "site": "https://kim.example.com", "active": True, "addresses": [{"street": "Main St 1", "zip": "12345", "country": "US"}, {"street": "Rue 2", "zip": "75001", "country": "FR"}]}),
    "userget": ("fastapi", "GET", "/users/12", {}, None),
    "events": ("fastapi", "GET", "/events?since=2026-11-01T00%3A00%3A00&limit=50&kind=admin", {}, None),
    "document": ("fastapi", "POST", "/documents", {}, ("multipart", [("file", "@FILE;type=application/pdf"), ("title", "Report"), ("pages", "12")])),
    "reading": ("aiohttp", "POST", "/readings", J, {"sensor": "boiler-3", "value": 71.5, "unit": "C", "at": 1763800000, "labels": {"site": "hamburg", "floor": "2"}}),
    "latest": ("aiohttp", "GET", "/sensors/boiler-3/latest?window=300", {"X-Auth-Token": "aio-5521-xx"}, None),
    "permit": ("falcon", "POST", "/permits", J, {"plate": "HH-AB 123", "from": "2026-11-22T08:00:00Z", "to": "2026-11-22T12:00:00Z", "zone": "B", "minutes": 240, "contact": {"phone": "+4940123", "sms": True}}),
    "permits": ("falcon", "GET", "/permits?limit=20&day=2026-11-22", {"X-Operator": "north"}, None),
    "transfer": ("sinatra", "POST", "/v1/transfers", J, {"amount_cents": 129900, "currency": "EUR", "iban": "DE89370400440532013000", "execute_on": "2026-12-01", "memo": "Invoice 77"}),
    "rates": ("sinatra", "GET", "/v1/rates?base=EUR", {}, None),
    "session": ("grape", "POST", "/v1/sessions", J, {"name": "Generics", "starts_at": "2026-12-03T10:00:00Z", "capacity": 80, "kind": "talk", "speakers": [{"name": "Ann", "email": "ann@example.com"}, {"name": "Bob", "email": "bob@example.com"}], "online": False, "room": "B2"}),
    "sessions": ("grape", "GET", "/v1/sessions?day=2026-12-03&per_page=20", {}, None),
    "rproduct": ("rails", "POST", "/products", J, {"product": {"name": "Mug", "price": 9.5, "sku": "MUG0012", "stock": 140, "currency": "EUR"}}),
    "rproductget": ("rails", "GET", "/products/12", {}, None),
    "recipe": ("symfony", "POST", "/api/recipes", J, {"title": "Goulash", "minutes": 120, "difficulty": "easy", "published": "2026-11-01", "vegan": False, "source": "https://example.com/g", "steps": [{"text": "Cut", "minutes": 10}, {"text": "Fry", "minutes": 20}, {"text": "Stew", "minutes": 90}]}),
    "event": ("laravel", "POST", "/api/events", j(Accept="application/json", Authorization="Bearer 3|kZ8wQe71Lm"), {"title": "Launch", "starts_at": "2026-12-05 18:00", "ends_at": "2026-12-05 21:00", "seats": 120, "visibility": "public", "organizer": {"email": "org@example.com", "name": "Org"}, "tickets": [{"name": "Early", "price": 1500}, {"name": "Regular", "price": 2500}], "online": True, "stream_url": "https://stream.example.com/1"}),
    "book": ("slim", "POST", "/books", J, {"title": "Refactoring", "isbn": "978-0134757599", "year": 2018, "format": "paper", "pages": 448}),
    "bookget": ("slim", "GET", "/books/12", {}, None),
    "gorder": ("gin", "POST", "/api/orders", j(Authorization="Bearer gin-77aa12"), {"customer_email": "joe@example.com", "currency": "EUR", "deliver_on": "2026-12-01", "express": True, "items": [{"sku": "A100", "quantity": 2, "price": 9.99}, {"sku": "B200", "quantity": 1, "price": 120}]}),
    "gorders": ("gin", "GET", "/api/orders?page=2&state=open", {"Authorization": "Bearer gin-77aa12"}, None),
    "playlist": ("echo", "POST", "/playlists", J, {"title": "Road trip", "public": True, "tracks": [{"isrc": "USRC17607839", "seconds": 213}, {"isrc": "GBAYE0601498", "seconds": 431}], "cover": "https://example.com/c.png"}),
    "playlistget": ("echo", "GET", "/playlists/9?limit=10", {}, None),
    "device": ("fiber", "POST", "/devices", J, {"serial": "00fa12c9", "mac": "00:1b:44:11:3a:b7", "firmware": "2.4.1", "interval": 60, "labels": {"room": "lab"}, "enabled": True}),
    "hook": ("chi", "POST", "/v1/webhooks", J, {"url": "https://example.com/hook", "events": ["push", "release"], "secret": "s3cr3t-s3cr3t", "retries": 3, "active": True, "filter": {"branch": "main", "depth": 1}}),
    "alert": ("huma", "POST", "/alerts?notify=true", j(X_Tenant="acme"), {"name": "disk full", "cron": "*/5 * * * *", "email": "ops@example.com", "level": "warning", "minutes": 15, "targets": [{"host": "db1.example.com", "port": 9100}, {"host": "db2.example.com", "port": 9100}]}),
    "alerts": ("huma", "GET", "/alerts?limit=20&since=2026-11-01T00%3A00%3A00Z&level=critical", {}, None),
    "txs": ("kin", "GET", "/blocks/4873401/txs?count=50&page=2&order=desc", {"project_id": "mainnetXvhJ"}, None),
    "dreps": ("kin", "GET", "/governance/dreps?count=100&order=asc", {"project_id": "mainnetXvhJ"}, None),
}

b = lambda p: "body:" + p
CASES = []


def case(name, base, how, faults, causes, elements, **more):
    causes = [causes] if isinstance(causes, set) else [{causes}] if isinstance(causes, str) else [c if isinstance(c, set) else {c} for c in causes]
    elements = [elements] if isinstance(elements, set) else [{elements}] if isinstance(elements, str) else [e if isinstance(e, set) else {e} for e in elements]
    CASES.append(dict(name=name, base=base, how=how, faults=faults, causes=causes, elements=elements, **more))


def typ(name, base, how, at, value, causes=None, **more):  # one value of the body is wrong
    case(name, base, how, [("set", at, value)], causes or TV, b(at), **more)


def gone(name, base, how, at, **more):  # one member is missing
    case(name, base, how, [("del", at)], M, {b(at), b(at.rsplit("/", 1)[0]) if at.count("/") > 1 else b(at)}, **more)


def named(name, base, how, at, wrong, **more):  # one member has the wrong name
    case(name, base, how, [("ren", at, wrong)], MU, {b(at), b(at.rsplit("/", 1)[0] + "/" + wrong)}, **more)


def q(name, base, how, at, value, causes=None, **more):
    case(name, base, how, [("q", at, value)], causes or (IP if value is not None else MP), "query:" + at, **more)


# ---- OpenAPI mock servers
gone("github/no-head", "issue", "", "/head", keep=1)
typ("github/draft-string", "issue", "", "/draft", "maybe", TV)
typ("github/title-object", "issue", "json", "/title", {"text": "Found a bug"}, T)
q("github/per-page", "issues", "", "per_page", "fifty")
q("github/state", "issues", "", "state", "opened")
q("github/sort-hidden", "issues", "empty", "sort", "newest")
q("github/no-q", "ghsearch", "", "q", None)
q("github/order", "ghsearch", "html", "order", "descending")
gone("github/gist-files", "gist", "trace", "/files")
typ("github/gist-public", "gist", "", "/public", "nope", TV)
typ("github/due-on", "milestone", "", "/due_on", "09.12.2026", FV)
typ("github/milestone-state", "milestone", "code", "/state", "OPEN", FV)
named("github/base-spec", "issue", "code", "/base", "base_branch", spec="github")
typ("petstore/status", "pet", "", "/status", "avail", V)
gone("petstore/photo-urls", "pet", "", "/photoUrls")
typ("petstore/category", "pet", "code", "/category/id", "one", T)
typ("petstore/tags", "pet", "empty", "/tags/0/id", "zero", T, good=1)
case("petstore/no-auth", "pet", "", [("h", "Authorization", None)], NOAUTH, {"header:Authorization", "auth"}, keep=1)
case("petstore/no-key", "petget", "", [("h", "api_key", None)], NOAUTH | {MH}, {"header:api_key", "auth"}, keep=1)
case("petstore/id-word", "petget", "", [("path", "/pet/rex")], {IP}, {"path", "path:petId", "path:/2", "path:1", "path:2"}, keep=1)
q("petstore/find-status", "petfind", "", "status", "avaliable")
q("petstore/find-spec", "petfind", "json", "status", "avaliable", spec="petstore")
typ("petstore/ship-date", "petorder", "", "/shipDate", "30.11.2026", FV)
typ("petstore/complete", "petorder", "json", "/complete", "yes", TV)
q("petstore/no-password", "login", "", "password", None, keep=1)
case("petstore/method", "petfind", "", [("method", "POST")], {"method_not_allowed", "wrong_path"}, {"method", "path"})
case("petstore/path", "petfind", "", [("path", "/pets/findByStatus?status=available")], {"wrong_path", "resource_not_found"}, {"path"}, spec="petstore")
q("train/no-date", "trips", "", "date", None)
q("train/date", "trips", "", "date", "2026-12-01 9am")
q("train/origin", "trips", "trace", "origin", "Berlin Hbf", keep=1)
q("train/bicycles", "trips", "json", "bicycles", "yes please")
case("train/no-auth", "trips", "", [("h", "Authorization", None)], NOAUTH, {"header:Authorization", "auth"}, keep=1)
typ("train/has-dog", "booking", "", "/has_dog", "no", TV)
typ("train/trip-id", "booking", "empty", "/trip_id", "4f4e4e1c-c824", FV, keep=1)
typ("galaxy/id", "planet", "", "/id", "planet-1", T)
typ("galaxy/description", "planet", "code", "/description", ["red", "dusty"], T)
typ("galaxy/creator", "planet", "html", "/creator/name", 12, T)
gone("galaxy/name", "planet", "json", "/name")
q("galaxy/limit", "planets", "", "limit", "ten")
named("galaxy/password", "signup", "", "/password", "pass")
q("eov/no-origin", "eovtrips", "", "origin", None, keep=1)
q("eov/date", "eovtrips", "code", "date", "tomorrow")
typ("eov/has-bicycle", "eovbooking", "", "/has_bicycle", "yes", TV)
typ("eov/trip-id", "eovbooking", "", "/trip_id", "12345", FV, keep=1)
case("eov/media", "eovbooking", "", [("h", "Content-Type", "text/plain")], CT, "header:Content-Type")
typ("oab/status", "oabpet", "", "/status", "lost", V)
typ("oab/tag-name", "oabpet", "json", "/tags/0/name", 12, T)
case("oab/no-key", "oabinv", "", [("h", "api_key", None)], NOAUTH | {MH}, {"header:api_key", "auth"}, keep=1)
q("kin/count", "txs", "", "count", "fifty")
q("kin/order", "txs", "", "order", "newest")
q("kin/page-hidden", "txs", "empty", "page", "two")
q("kin/max", "dreps", "", "count", "1000")
q("kin/max-hidden", "dreps", "json", "count", "1000")

# ---- Node's validators
typ("ev/birthdate", "register", "", "/profile/birthdate", "30.04.1991", FV)
typ("ev/phone", "register", "json", "/phones/1/number", "0151 12345678", FV)
typ("ev/newsletter", "register", "html", "/newsletter", "yes", TV)
named("ev/zip", "register", "", "/address/zip", "postal_code")
typ("ev/country", "register", "code", "/address/country", "Germany", FV)
q("ev/limit", "search", "", "limit", "500")
q("ev/sort-hidden", "search", "empty", "sort", "created")
q("ev/no-q", "search", "", "q", None, keep=1)
typ("joi/guest-age", "hotel", "", "/guests/1/age", "7", T)
typ("joi/room", "hotel", "json", "/room_id", "room-12", FV, keep=1)
typ("joi/nights", "hotel", "trace", "/nights", 45, V)
named("joi/arrival", "hotel", "", "/arrival", "arrival_date")
case("joi/key-typo", "hotelget", "", [("h", "x-api-key", "bk_test_7Qm2xT9r")], BADAUTH, {"header:x-api-key", "auth"}, keep=1)
case("joi/key-name", "hotelget", "", [("h", "x-api-key", None), ("h", "Authorization", "Bearer bk_live_7Qm2xT9r")], {"missing_credentials", "credentials_in_wrong_place", MH}, {"header:x-api-key", "header:Authorization", "auth"})
case("joi/unknown-booking", "hotelget", "", [("path", "/v1/bookings/9999")], {"resource_not_found"}, {"path", "path:id", "path:3"}, keep=1)
case("joi/two-discounts", "hotel", "", [("set", "/voucher", "SAVE10"), ("set", "/partner_code", "P-77")], INT | {"business_rule_violation", V}, {b("/voucher"), b("/partner_code"), b("")})
case("joi/two-discounts-hidden", "hotel", "code", [("set", "/voucher", "SAVE10"), ("set", "/partner_code", "P-77")], INT, {b("/voucher"), b("/partner_code")})
typ("zod/amount", "invoice", "", "/lines/1/amount", "40.00", T)
typ("zod/tax", "invoice", "json", "/lines/2/tax", "zero", V)
typ("zod/issued", "invoice", "", "/issued_at", "2026-11-20", FV)
case("zod/extra", "invoice", "empty", [("set", "/customer/name", "ACME GmbH")], U, b("/customer/name"))
case("zod/union", "invoice", "", [("set", "/method/type", "paypal")], V, b("/method/type"))
typ("zod/number", "invoice", "html", "/number", "4711", FV)
case("zod/two", "invoice", "", [("set", "/due_in_days", "14"), ("set", "/lines/0/tax", "19%")], [T, V], [b("/due_in_days"), b("/lines/0/tax")])
case("zod/two-hidden", "invoice", "json", [("set", "/due_in_days", "14"), ("set", "/lines/1/amount", "40")], [T, T], [b("/due_in_days"), b("/lines/1/amount")])
typ("yup/username", "profile", "", "/username", "Mia Meyer", FV)
typ("yup/age", "profile", "json", "/age", "34", T)
gone("yup/contact", "profile", "", "/contacts/1/value")
case("yup/unknown", "profile", "", [("set", "/nickname", "Mimi")], U, b("/nickname"))
typ("fastify/weight", "ship", "", "/parcels/1/weight", "12 kg", T)
typ("fastify/weight-hidden", "ship", "json", "/parcels/1/weight", "12 kg", T)
case("fastify/tenant", "ship", "", [("h", "X-Tenant", None)], {MH}, "header:X-Tenant", keep=1)
case("fastify/tenant-case", "ship", "empty", [("h", "X-Tenant", "ACME-1")], {IH, MH}, "header:X-Tenant", keep=1)
q("fastify/label", "ship", "trace", "label_format", "png")
typ("fastify/pickup", "ship", "", "/pickup", "01.12.2026", FV)
typ("fastify/country", "ship", "html", "/to/country", "Germany", FV)
case("fastify/comma", "ship", "", [("raw", '"DE"}', '"DE",}')], MJ, {"body", b("/to"), b("/to/country"), b("")})
case("fastify/media", "ship", "", [("h", "Content-Type", None)], CT, "header:Content-Type")
case("fastify/path", "shipget", "", [("path", "/shipment/7")], {"wrong_path", "resource_not_found"}, {"path", "path:1"}, keep=1)
typ("nest/stock", "product", "", "/variants/1/stock", "0", T)
case("nest/extra", "product", "", [("set", "/colour", "red")], U, b("/colour"))
typ("nest/category", "product", "html", "/category", "Tools", FV)
typ("nestquiet/price", "productq", "", "/variants/0/price", "19,90", T, terse=1)
typ("nestquiet/date", "productq", "", "/releasedOn", "May 1st, 2026", FV, terse=1)
case("nestquiet/extra", "productq", "", [("set", "/brand", "Bahco")], U, b("/brand"), terse=1)
case("nest/uuid", "productget", "", [("path", "/products/17")], {IP}, {"path", "path:id", "path:2"}, keep=1)
q("nest/page", "products", "", "page", "two")
q("nest/no-page", "products", "code", "page", None, keep=1)
typ("hapi/timeout", "job", "", "/timeout", 86400, V, terse=1)
typ("hapi/notify", "job", "", "/notify/0", "ops at example.com", FV, terse=1)
typ("hapi/env", "job", "", "/env/LEVEL", 9, T, terse=1)
typ("hapi/schedule", "job", "", "/schedule", "0 3 * *", FV, terse=1, good=1)
named("hapi/retries", "job", "", "/retries", "max_retries", terse=1)
q("hapi/state", "jobs", "", "state", "active", terse=1)
q("hapi/limit", "jobs", "", "limit", "1000", terse=1)
case("hapi/auth", "jobs", "", [("h", "Authorization", "Basic b3BzOnR1bGlwLTQz")], BADAUTH, {"header:Authorization", "auth"}, keep=1)
case("hapi/auth-scheme", "jobs", "", [("h", "Authorization", "b3BzOnR1bGlwLTQy")], {"malformed_authorization", "invalid_credentials", "missing_credentials"}, {"header:Authorization", "auth"})
typ("koa/email", "contact", "", "/email", "eva@example", FV, terse=1)
typ("koa/phone", "contact", "", "/phone", "0176 12345678", FV, terse=1)
typ("koa/age", "contact", "", "/age", "29", T, terse=1)
typ("koa/labels", "contact", "", "/labels/1", "berlin-mitte-2026", V | FV if False else FV, terse=1)
case("koa/form", "contact", "", [("h", "Content-Type", "application/x-www-form-urlencoded")], CT, "header:Content-Type", terse=1)
q("koa/page", "contacts", "", "page", "0", terse=1)
case("koa/method", "contacts", "", [("method", "PUT")], {"method_not_allowed"}, "method", terse=1)
typ("hono/rel", "post", "", "/links/1/rel", "following", V)
typ("hono/title", "post", "json", "/title", "Hi", FV)
typ("hono/draft", "post", "", "/draft", "false", T)
case("hono/token", "posts", "", [("h", "Authorization", "Bearer hn_2c1f9e77aa\\n")], {"malformed_authorization", "invalid_credentials"}, {"header:Authorization", "auth"})
case("hono/no-bearer", "posts", "", [("h", "Authorization", "hn_2c1f9e77aa")], {"malformed_authorization"}, {"header:Authorization", "auth"})
q("hono/page", "posts", "", "page", "0")
case("trpc/id", "trpcget", "", [("q", "input", '{"id":"42"}')], {IP, T, V}, {"query:input", "query:input/id", b("/id")})
typ("trpc/country", "trpcnew", "", "/ship/country", "Austria", FV)
gone("trpc/sku", "trpcnew", "json", "/sku", keep=1)
typ("yoga/first", "yoga", "", "/variables/n", "five", T)
case("yoga/field", "yoga", "", [("raw", "title pages", "title page")], {U, V, "malformed_request_body"}, {b("/query"), "graphql"})
gone("yoga/var", "yoga", "json", "/variables/n", keep=1)
gone("yoga/title", "yogaadd", "", "/variables/input/title", keep=1)
typ("yoga/genre-hidden", "yogaadd", "code", "/variables/input/genre", "Novel", V)
typ("apollo/genre", "apollo", "", "/variables/g", "POETRY", V)
named("apollo/pages", "apolloadd", "", "/variables/input/pages", "pageCount")
case("apollo/csrf", "apolloget", "", [("h", "apollo-require-preflight", None)], {MH, "csrf_or_origin_rejected", "content_type_mismatch", "unsupported_media_type"}, {"header:apollo-require-preflight", "header:x-apollo-operation-name", "header:Content-Type", "header:X-Apollo-Operation-Name", "header:Apollo-Require-Preflight"})
case("apollo/syntax", "apollo", "json", [("raw", "id title pages }", "id title pages ")], {"malformed_request_body", FV and F, V}, {b("/query"), "graphql"})
case("jsonserver/plural", "jsget", "", [("path", "/post/1")], {"wrong_path", "resource_not_found"}, {"path", "path:1"}, keep=1)
case("jsonserver/quotes", "jspost", "", [("raw", '"title"', "'title'")], MJ, {"body", b("/title"), b("")})
typ("feathers/room", "message", "", "/roomId", "twelve", T)
case("feathers/extra", "message", "", [("set", "/author", "kim")], U, b("/author"))
typ("feathers/mentions", "message", "trace", "/mentions", "ada,bob", T)
typ("vine/email", "review", "", "/authors/1/email", "lee.example.com", FV)
typ("vine/rating", "review", "html", "/rating", "4", T)
typ("vine/published", "review", "json", "/published", "2026-10-02T00:00:00Z", FV)
case("multer/field", "avatar", "", [("form", "avatar", None), ("form", "file", "@FILE;type=image/png")], {U, M, MP, IP, "multipart_malformed"}, {"multipart:file", "multipart:avatar"})
case("multer/type", "avatar", "json", [("form", "avatar", "@FILE;type=application/octet-stream")], {"unsupported_media_type", "content_type_mismatch", V, F, IP, IH}, {"multipart:avatar", "multipart:avatar.Content-Type", "multipart:avatar/type", "multipart:avatar.type"})
case("multer/user", "avatar", "", [("form", "user_id", "u-77")], {V, F, T, IP}, "multipart:user_id", keep=1)

# ---- Python
typ("flask/qty", "ticket", "", "/items/1/qty", "4", T)
typ("flask/opened", "ticket", "json", "/opened_at", "20.11.2026 08:15", FV)
case("flask/unknown", "ticket", "", [("ren", "/customer_id", "customerId")], MU, {b("/customerId"), b("/customer_id")})
typ("flask/uuid", "ticket", "empty", "/customer_id", "C-1001", FV, keep=1)
case("flask/two", "ticket", "", [("set", "/due", "01.12.2026"), ("set", "/items/0/code", "pr-100")], [FV, FV], [b("/due"), b("/items/0/code")])
typ("flask/billable", "ticket", "html", "/billable", "true", T)
q("flask/page", "tickets", "", "page", "last", terse=1)
typ("drf/score", "article", "", "/score", "77.255", FV)
typ("drf/author", "article", "json", "/authors/1/email", "bob(at)example.com", FV)
typ("drf/slug", "article", "", "/slug", "on go!", FV)
typ("drf/tags", "article", "trace", "/tags", "go, http", T)
case("drf/slash", "article", "", [("path", "/api/articles")], {"trailing_slash", "wrong_path"}, "path")
case("drf/bearer", "articles", "", [("h", "Authorization", "Bearer 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b")], {"malformed_authorization", "missing_credentials", "invalid_credentials"}, {"header:Authorization", "auth"})
case("drf/token", "articles", "", [("h", "Authorization", "Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4")], BADAUTH, {"header:Authorization", "auth"}, keep=1)
case("drf/accept", "articles", "", [("h", "Accept", "application/xml")], {"not_acceptable"}, "header:Accept")
typ("fastapi/zip", "user", "", "/addresses/0/zip", "1234", FV)
typ("fastapi/age", "user", "json", "/age", "31", T)
case("fastapi/header", "user", "", [("h", "X-Request-Source", None)], {MH}, {"header:X-Request-Source", "header:x-request-source"}, keep=1)
case("fastapi/extra", "user", "code", [("set", "/phone", "+1 555 0100")], U, b("/phone"))
typ("fastapi/role", "user", "", "/role", "Editor", FV)
typ("fastapi/born", "user", "html", "/born", "11/02/1995", FV)
case("fastapi/id", "userget", "", [("path", "/users/me")], {IP}, {"path", "path:user_id", "path:2"}, keep=1)
q("fastapi/since", "events", "", "since", "last week")
q("fastapi/limit", "events", "empty", "limit", "500")
case("fastapi/form", "document", "", [("form", "pages", "twelve")], {T, F, V, IP}, "multipart:pages")
case("fastapi/file", "document", "json", [("form", "file", None), ("form", "upload", "@FILE;type=application/pdf")], {U, M, MP, IP, "multipart_malformed"}, {"multipart:file", "multipart:upload"})
typ("aiohttp/unit", "reading", "", "/unit", "celsius", FV, terse=1)
typ("aiohttp/at", "reading", "", "/at", 1763800000000, FV, terse=1)
typ("aiohttp/label", "reading", "", "/labels/floor", 2, T, terse=1)
q("aiohttp/window", "latest", "", "window", "5m", terse=1)
case("aiohttp/token", "latest", "", [("h", "X-Auth-Token", None)], NOAUTH | {MH, "insufficient_permission"}, {"header:X-Auth-Token", "auth"}, keep=1, terse=1)
typ("falcon/minutes", "permit", "", "/minutes", 300, V)
typ("falcon/plate", "permit", "json", "/plate", "HHAB123", FV)
gone("falcon/phone", "permit", "", "/contact/phone", keep=1)
q("falcon/limit", "permits", "", "limit", "100")
q("falcon/day", "permits", "code", "day", "22.11.2026")
case("falcon/operator", "permits", "", [("h", "X-Operator", None)], {MH}, "header:X-Operator", keep=1)

# ---- Ruby, PHP
typ("sinatra/amount", "transfer", "", "/amount_cents", 1299.0 + 0.5, TV)
typ("sinatra/currency", "transfer", "json", "/currency", "eur", FV)
typ("sinatra/iban", "transfer", "trace", "/iban", "DE89 3704 0044 0532 0130 00", FV)
q("sinatra/base", "rates", "", "base", "euro", terse=1)
case("sinatra/json", "transfer", "", [("raw", '129900,', '129900')], MJ, {"body", b("/amount_cents"), b("/currency"), b("")})
typ("grape/capacity", "session", "", "/capacity", "eighty", T)
typ("grape/email", "session", "json", "/speakers/1/email", "bob", FV)
case("grape/both", "session", "", [("set", "/link", "https://meet.example.com/1")], INT, {b("/link"), b("/room")})
case("grape/both-hidden", "session", "code", [("set", "/link", "https://meet.example.com/1")], INT, {b("/link"), b("/room")})
q("grape/day", "sessions", "", "day", "tomorrow")
q("grape/no-day", "sessions", "json", "day", None, keep=1)
typ("rails/price", "rproduct", "", "/product/price", "9,50 EUR", TF | FV)
typ("rails/sku", "rproduct", "empty", "/product/sku", "MUG-0012", FV)
case("rails/flat", "rproduct", "", [("raw", '"product": {', '"item": {')], MU, {b("/product"), b("/item")})
case("rails/unpermitted", "rproduct", "json", [("set", "/product/color", "red")], U, b("/product/color"))
case("rails/path", "rproductget", "", [("path", "/product/12")], {"wrong_path", "resource_not_found"}, {"path", "path:1"}, keep=1, terse=1)
typ("symfony/minutes", "recipe", "", "/steps/1/minutes", "20", T)
typ("symfony/difficulty", "recipe", "json", "/difficulty", "Easy", FV)
case("symfony/extra", "recipe", "", [("set", "/servings", 4)], U, b("/servings"))
typ("symfony/vegan", "recipe", "html", "/vegan", "false", T)
case("symfony/media", "recipe", "", [("h", "Content-Type", "application/x-www-form-urlencoded")], CT, "header:Content-Type")
typ("laravel/starts", "event", "", "/starts_at", "2026-12-05T18:00:00Z", FV)
typ("laravel/ends", "event", "json", "/ends_at", "2026-12-05 17:00", FV | INT | {"business_rule_violation"})
typ("laravel/price", "event", "", "/tickets/1/price", "25 EUR", T)
case("laravel/stream", "event", "code", [("del", "/stream_url")], {M, "interacting_parameters"}, {b("/stream_url"), b("/online")}, keep=1)
case("laravel/token", "event", "", [("h", "Authorization", "Bearer 3kZ8wQe71Lm")], BADAUTH | {"expired_token"}, {"header:Authorization", "auth"}, keep=1)
typ("slim/year", "book", "", "/year", "2018", T, terse=1)
typ("slim/isbn", "book", "", "/isbn", "0134757599", FV, terse=1, good=1)
typ("slim/format", "book", "", "/format", "hardcover", V, terse=1)
case("slim/path", "bookget", "", [("path", "/book/12")], {"wrong_path", "resource_not_found"}, {"path", "path:1"}, keep=1, terse=1)

# ---- Go
typ("gin/quantity", "gorder", "", "/items/1/quantity", "1", T)
typ("gin/date", "gorder", "json", "/deliver_on", "01.12.2026", FV)
typ("gin/currency", "gorder", "", "/currency", "CHF", V)
named("gin/email", "gorder", "", "/customer_email", "customerEmail")
q("gin/state", "gorders", "empty", "state", "opened")
q("gin/page", "gorders", "", "page", "0")
case("gin/token", "gorders", "", [("h", "Authorization", "bearer gin-77aa12")], {"malformed_authorization", "invalid_credentials"}, {"header:Authorization", "auth"}, terse=1)
typ("echo/seconds", "playlist", "", "/tracks/1/seconds", "431", T)
typ("echo/isrc", "playlist", "trace", "/tracks/0/isrc", "US-RC1-76-07839", FV)
case("echo/media", "playlist", "", [("h", "Content-Type", "text/plain")], CT, "header:Content-Type")
q("echo/limit", "playlistget", "code", "limit", "ten")
typ("fiber/mac", "device", "", "/mac", "00:1b:44:11:3a", FV, terse=1)
typ("fiber/firmware", "device", "", "/firmware", "v2.4", FV, terse=1)
typ("fiber/interval", "device", "", "/interval", "60", T)
case("fiber/media", "device", "", [("h", "Content-Type", None)], CT, "header:Content-Type", terse=1)
typ("fiber/serial", "device", "html", "/serial", "SN-00fa12c9", FV)
case("chi/unknown", "hook", "", [("ren", "/events", "event_types")], MU, {b("/event_types"), b("/events")})
typ("chi/depth", "hook", "json", "/filter/depth", "1", T)
typ("chi/event", "hook", "", "/events/1", "Release", FV, terse=1)
typ("chi/retries", "hook", "", "/retries", 10, V, terse=1)
typ("huma/port", "alert", "", "/targets/1/port", "9100", T)
typ("huma/level", "alert", "json", "/level", "warn", V)
case("huma/tenant", "alert", "", [("h", "X-Tenant", None)], {MH}, "header:X-Tenant", keep=1)
typ("huma/email", "alert", "code", "/email", "ops", FV)
q("huma/limit", "alerts", "", "limit", "1000")
q("huma/since", "alerts", "trace", "since", "2026-11-01")

# ---- flaky, healthy
case("flaky/search", "search", "flaky", [], {"intermittent_failure", "upstream_unavailable", "overloaded", "not_reproducible"}, {"server"}, flaky=1)
case("flaky/events", "events", "flaky", [], {"intermittent_failure", "upstream_unavailable", "overloaded", "not_reproducible"}, {"server"}, flaky=1)
case("flaky/ticket", "ticket", "flaky", [], {"intermittent_failure", "upstream_unavailable", "overloaded", "not_reproducible"}, {"server"}, flaky=1)


def healthy(name, base, faults=()):
    CASES.append(dict(name=name, base=base, how="", faults=list(faults), causes=[], elements=[], healthy=1))


healthy("healthy/pull-title", "issue", [("set", "/title", "404: not found is an error")])
healthy("healthy/gist-null", "gist", [("set", "/description", "error: null")])
healthy("healthy/pet-extra", "pet", [("set", "/x_error", "none")])
healthy("healthy/trips-offset", "trips", [("q", "date", "2026-12-01T09:00:00+01:00")])
healthy("healthy/search-unicode", "search", [("q", "q", "Ärger & Fehler 500")])
healthy("healthy/register-odd", "register", [("set", "/profile/first_name", "Null"), ("set", "/password", "undefined {{x}} \"quoted\"")])
healthy("healthy/hotel-emoji", "hotel", [("set", "/note", "🛎️ <b>error</b> 100 %")])
healthy("healthy/ship-coerced", "ship", [("set", "/parcels/0/weight", "2.5"), ("q", "notify", "false")])
healthy("healthy/ship-no-notify", "ship", [("q", "notify", None), ("set", "/extra", {"a": []})])
healthy("healthy/contacts-empty", "contacts", [("q", "page", "00099")])
healthy("healthy/yoga-null", "yoga", [("set", "/variables/g", None)])
healthy("healthy/apollo-aliases", "apollo", [("raw", "{ id title pages }", "{ error: title errors: pages }")])
healthy("healthy/trpc", "trpcget")
healthy("healthy/js-search", "jsget", [("path", "/posts?title=zzz")])
healthy("healthy/article-number-strings", "article", [("set", "/word_count", "812"), ("set", "/title", "401 Unauthorized")])
healthy("healthy/user-zero", "user", [("set", "/born", None), ("set", "/addresses", [])])
healthy("healthy/reading-negative", "reading", [("set", "/value", -1e3), ("set", "/at", 0)])
healthy("healthy/permit-head", "permits", [("h", "X-Operator", "error")])
healthy("healthy/session-no-kind", "session", [("del", "/kind"), ("set", "/online", "no")])
healthy("healthy/rails-extra-header", "rproductget", [("h", "X-Debug", "failed=1"), ("h", "Accept", "*/*")])
healthy("healthy/event-no-tickets", "event", [("del", "/tickets")])
healthy("healthy/go-case", "hook", [("ren", "/url", "URL")])
healthy("healthy/device-labels", "device", [("set", "/labels", {"error": "code 500", "": "x"})])
healthy("healthy/alert-idn", "alert", [("set", "/name", "disk ≥ 90 %")])


def hushed():
    return {BASES[c["base"]][0] + "." + c["how"] for c in CASES if c["how"]}
