"""What developers get wrong: each fault changes a good request and knows what may be said about it.

A fault is (label, causes, elements): the ids of CAUSES.tsv and the elements that a fair expert would accept."""

import base64
import json
import random

import fields
from fields import camel, typo

BODY = {"t": "invalid_body_property_type", "f": "invalid_body_property_format", "v": "invalid_body_property_value"}


class Fault:
    def __init__(self, label, causes, elements, anywhere=False):
        self.label, self.causes, self.elements = label, set(causes), set(elements)
        self.anywhere = anywhere  # a parent of the element will do


def element(req, way):
    """The address of a place in the body."""
    if req.enc == "form":
        return "form:" + str(way[0]) + "".join(f"[{w}]" for w in way[1:])
    return "body:" + "".join("/" + str(w).replace("~", "~0").replace("/", "~1") for w in way)


def leaves(s, req):
    """Every value of the body that has a type: (holder, key, field, way), and every object and array with theirs."""
    out = []

    def walk(obj, flds, way):
        for f in flds:
            k = s.spell(f.name)
            if k not in obj:
                continue
            if f.many:
                out.append((obj, k, f, way + (k,), "array"))
                for i, x in enumerate(obj[k]):
                    if f.kids:
                        out.append((obj[k], i, f, way + (k, i), "object"))
                        walk(x, f.kids, way + (k, i))
                    else:
                        out.append((obj[k], i, f, way + (k, i), "value"))
            elif f.kids:
                out.append((obj, k, f, way + (k,), "object"))
                walk(obj[k], f.kids, way + (k,))
            else:
                out.append((obj, k, f, way + (k,), "value"))
    walk(inner(s, req), s.body, s.wrap)
    return out


def inner(s, req):
    obj = req.body
    for w in s.wrap:
        obj = obj[w]
    return obj


def pick(r, s, req, shape, want=lambda f: True):
    got = [x for x in leaves(s, req) if x[4] == shape and want(x[2])]
    return r.choice(got) if got else None


# --- faults in the body

def wrong_value(r, s, req):
    at = pick(r, s, req, "value")
    if not at:
        return None
    obj, k, f, way, _ = at
    kinds = list(f.type.wrong(r, obj[k]))
    label, value, causes = r.choice(kinds)
    if req.enc == "form" and isinstance(value, (list, dict)):
        return None
    obj[k] = value
    also = {element(req, way[:-1])} if isinstance(k, int) else set()
    return Fault(f"{f.type.name}: {label}", [BODY[c] for c in causes], {element(req, way)} | also)


def missing(r, s, req):
    at = pick(r, s, req, "value", lambda f: f.required) or pick(r, s, req, "object", lambda f: f.required)
    if not at or isinstance(at[1], int):
        return None
    obj, k, f, way, _ = at
    del obj[k]
    return Fault("missing: " + (f.type.name if f.type else "object"), ["missing_body_property"], {element(req, way)})


def extra(r, s, req):
    if not s.strict:
        return None
    objs = [(inner(s, req), s.wrap)] + [(x[0][x[1]], x[3]) for x in leaves(s, req) if x[4] == "object"]
    obj, way = r.choice(objs)
    name = s.spell(r.choice("id created_by is_test internal_notes debug legacy_ref updated_at sync_token _rev owner row_version".split()))
    if name in obj:
        return None
    items = list(obj.items())
    items.insert(r.randint(0, len(items)), (name, r.choice([1, True, "x1", None, 12])))
    obj.clear(), obj.update(items)
    return Fault("extra", ["unexpected_body_property"], {element(req, way + (name,))})


SYNONYMS = {"email": "mail", "phone": "phone_number", "name": "full_name", "postal_code": "zip", "country": "country_code", "amount": "value",
            "currency": "currency_code", "quantity": "qty", "title": "name", "street": "address", "description": "desc", "first_name": "firstname", "last_name": "lastname"}


def renamed(r, s, req):
    at = pick(r, s, req, "value", lambda f: f.required or s.strict) if r.random() < 0.8 else pick(r, s, req, "object", lambda f: f.required or s.strict)
    if not at or isinstance(at[1], int):
        return None
    obj, k, f, way, _ = at
    other = camel(f.name) if s.spell(f.name) == f.name and "_" in f.name else "_".join(fields.re.findall(r"[A-Z]?[a-z0-9]+", k)).lower()
    new = r.choice([other, other, typo(r, k), k.lower() if k != k.lower() else k.capitalize(), SYNONYMS.get(f.name, other), k[:-1] if k.endswith("s") else k + "s"])
    if new == k or new in obj:
        return None
    items = [(new if x == k else x, v) for x, v in obj.items()]
    obj.clear(), obj.update(items)
    return Fault("renamed", ["missing_body_property", "unexpected_body_property"], {element(req, way), element(req, way[:-1] + (new,))})


def container(r, s, req):
    """An array or object of the wrong form."""
    at = pick(r, s, req, "array") if r.random() < 0.5 else pick(r, s, req, "object")
    at = at or pick(r, s, req, "array")
    if not at or req.enc == "form":
        return None
    obj, k, f, way, shape = at
    v = obj[k]
    T, V = BODY["t"], BODY["v"]
    if shape == "array":
        one = v[0] if v else None
        kinds = [("one for array", one, [T]), ("empty array", [], [V]), ("array as JSON string", json.dumps(v), [T, BODY["f"]]), ("object for array", {"0": one}, [T])]
        if not f.kids:
            kinds.append(("list with commas", ",".join(map(str, v)), [T]))
        kinds.append(("too many", (v * (f.many[1] + 1))[:f.many[1] + 1], [V]))
    else:
        kinds = [("object as JSON string", json.dumps(v), [T, BODY["f"]]), ("id for object", r.randint(1, 999), [T]), ("array for object", [v], [T]), ("text for object", next((x for x in v.values() if isinstance(x, str)), "x"), [T, V])]
    label, value, causes = r.choice(kinds)
    obj[k] = value
    under = {element(req, way + (i,)) for i in range(12)} if isinstance(value, list) else set()
    return Fault("container: " + label, causes, {element(req, way)} | under)


def nesting(r, s, req):
    """The parts of an object lie one level too high, or the body has a wrapper too many or too few."""
    if req.enc == "form":
        return None
    if s.wrap and r.random() < 0.6:
        req.body = inner(s, req)
        return Fault("wrapper missing", ["missing_body_property", "unexpected_body_property", BODY["t"]], {element(req, s.wrap[:i]) for i in (0, 1, 2)} | {"body", "body:"} | {element(req, (k,)) for k in req.body})
    if not s.wrap and r.random() < 0.4:
        name = r.choice(["data", s.singular(), "payload"])
        inside = list(req.body)
        req.body = {name: req.body}
        return Fault("wrapper too many", ["missing_body_property", "unexpected_body_property", BODY["t"]], {element(req, (name,)), "body", "body:"} | {element(req, (k,)) for k in inside} | {element(req, (s.spell(f.name),)) for f in s.body if f.required})
    at = pick(r, s, req, "object", lambda f: f.required and not f.many)
    if not at or isinstance(at[1], int):
        return None
    obj, k, f, way, _ = at
    parts = obj.pop(k)
    if set(parts) & set(obj):
        return None
    obj.update(parts)
    return Fault("flattened", ["missing_body_property", "unexpected_body_property"], {element(req, way)} | {element(req, way[:-1] + (p,)) for p in parts} | {element(req, way + (p,)) for p in parts})


def rule(r, s, req):
    """Two fields that do not go together."""
    obj, rules = inner(s, req), list(s.rules)
    r.shuffle(rules)
    causes = ["interacting_parameters", BODY["v"], "business_rule_violation"]
    for x in rules:
        if m := fields.re.match(r"([\w.]+)<=?([\w.]+)$", x):
            a, b = s.at(obj, m[1]), s.at(obj, m[2])
            if a is None or b is None or a == b:
                continue
            s.put(obj, m[1], b), s.put(obj, m[2], a)
            ways = [s.wrap + tuple(s.spell(p) for p in m[i].split(".")) for i in (1, 2)]
            return Fault("order of two", causes, {element(req, w) for w in ways})
        if (m := fields.re.match(r"sum\((\w+)\.(\w+)=(\w+)\)", x)) and s.spell(m[3]) in obj:
            obj[s.spell(m[3])] = round(obj[s.spell(m[3])] + r.choice([1, 0.5, 10]), 2)
            n = len(obj[s.spell(m[1])])
            return Fault("sum", causes, {element(req, s.wrap + (s.spell(m[3]),)), element(req, s.wrap + (s.spell(m[1]),))} | {element(req, s.wrap + (s.spell(m[1]), i, s.spell(m[2]))) for i in range(n)})
        if (m := fields.re.match(r"sum100\((\w+)\.(\w+)\)", x)) and obj.get(s.spell(m[1])):
            xs = obj[s.spell(m[1])]
            xs[0][s.spell(m[2])] = max(1, xs[0][s.spell(m[2])] - 10)
            return Fault("sum to 100", causes, {element(req, s.wrap + (s.spell(m[1]),))} | {element(req, s.wrap + (s.spell(m[1]), i, s.spell(m[2]))) for i in range(len(xs))})
        if (m := fields.re.match(r"need\((\w+)>(\w+)\)", x)) and s.spell(m[1]) in obj and req.enc == "json":
            obj[s.spell(m[2])] = False
            return Fault("needs another", causes + ["unexpected_body_property", "missing_body_property"], {element(req, s.wrap + (s.spell(m[i]),)) for i in (1, 2)})
    return None


def syntax(r, s, req):
    if req.enc == "form":
        return None
    text = json.dumps(req.body, ensure_ascii=False, indent=r.choice([None, 2]))
    label, raw = r.choice([
        ("trailing comma", text.rstrip()[:-1].rstrip() + ",}"), ("cut short", text.rstrip()[:-1]), ("single quotes", text.replace("'", "").replace('"', "'")),
        ("comment", text.replace(",", ", // as agreed\n", 1)), ("no comma", text.replace(", \"", " \"", 1) if ", \"" in text else text.replace(",\n", "\n", 1)),
        ("smart quotes", text.replace('"', "“", 1).replace('"', "”", 1)), ("Python words", text.replace("true", "True").replace("false", "False").replace("null", "None")),
        ("unquoted name", text.replace('"', "", 2)), ("line break in text", text.replace(" ", "\n", 1) if '": "' not in text else text.replace('": "', '": "\n', 1)), ("two objects", text + text)])
    req.raw = raw
    return Fault("syntax: " + label, ["malformed_json", "malformed_request_body"], {"body"}, anywhere=True)


# --- faults in the query

def query_value(r, s, req):
    got = [(i, f) for i, (k, v) in enumerate(req.query) for f in s.query if s.spell(f.name) == k]
    if not got:
        return None
    i, f = r.choice(got)
    k, v = req.query[i]
    t = f.type
    typed = v if t.json == "string" else (v == "true" if t.json == "boolean" else (float(v) if t.json == "number" else int(v)))
    kinds = [(n, w) for n, w, _ in t.wrong(r, typed) if n not in ("null", "number as string", "boolean as string") and not isinstance(w, (list, dict))]
    if t.name == "enum" and k.lower().startswith(("sort", "order")):
        kinds += [("direction behind", v.lstrip("-") + ":desc"), ("SQL", v.lstrip("-") + " DESC")]
    if t.name in ("int",) and k in ("page", "page_number") and t.lo == 1:
        kinds += [("page zero", "0")] * 3
    label, w = r.choice(kinds)
    req.query[i] = (k, str(w) if not isinstance(w, bool) else str(w).lower())
    return Fault(f"query {t.name}: {label}", ["invalid_request_parameter"], {"query:" + k})


def query_unknown(r, s, req):
    if s.op != "list" or not s.strict:
        return None
    if req.query and r.random() < 0.7:
        i = r.randrange(len(req.query))
        k, v = req.query[i]
        new = r.choice([typo(r, k), k.replace("_", "") if "_" in k else k.capitalize(), k.replace("_", "-") if "_" in k else k + "s", camel(k) if "_" in k else "_".join(fields.re.findall(r"[A-Z]?[a-z0-9]+", k)).lower()])
        if new == k:
            return None
        req.query[i] = (new, v)
        return Fault("query renamed", ["invalid_request_parameter", "missing_request_parameter"], {"query:" + k, "query:" + new})
    k = r.choice("debug _ verbose expand locale include_deleted v sid".split())
    req.query.insert(r.randint(0, len(req.query)), (k, r.choice(["1", "true", "17000"])))
    return Fault("query extra", ["invalid_request_parameter"], {"query:" + k})


def query_missing(r, s, req):
    got = [x for x in req.query for f in s.query if f.required and s.spell(f.name) == x[0]]
    if not got:
        return None
    req.query.remove(got[0])
    return Fault("query missing", ["missing_request_parameter"], {"query:" + got[0][0]})


def query_order(r, s, req):
    q = dict(req.query)
    for x in s.rules:
        m = fields.re.match(r"([\w.]+)<=?([\w.]+)$", x)
        a, b = (s.spell(m[1]), s.spell(m[2])) if m else ("", "")
        if m and a in q and b in q and q[a] != q[b]:
            req.query = [(k, q[b] if k == a else q[a] if k == b else v) for k, v in req.query]
            return Fault("query order of two", ["interacting_parameters", "invalid_request_parameter", "business_rule_violation"], {"query:" + a, "query:" + b})
    return None


def query_encoding(r, s, req):
    for i, (k, v) in enumerate(req.query):
        if "+" in v or " " in v:
            req.rawquery = "&".join(f"{a}={b}" for a, b in req.query).replace(" ", "+")
            return Fault("raw plus", ["url_encoding", "invalid_request_parameter"], {"query:" + k})
        if ":" in v or "," in v or "/" in v:
            req.rawquery = "&".join(f"{a}={b}" for a, b in req.query).replace(v, v.replace(":", "%253A").replace(",", "%252C").replace("/", "%252F"))
            return Fault("encoded twice", ["url_encoding", "invalid_request_parameter"], {"query:" + k})
    return None


# --- faults of the header, the path, the method

def credentials(r, s, req):
    if not s.auth:
        return None
    name, value = s.credential()
    C = "malformed_authorization missing_credentials credentials_in_wrong_place invalid_credentials".split()
    at = {"auth", "header:" + name}
    if s.auth == "key":
        kinds = [("key in quotes", name, f'"{value}"', C[:1] + C[3:]), ("key under another name", {"X-API-Key": "X-Api-Token", "Api-Key": "X-API-Key"}.get(name, "Authorization"), value, C[1:3]),
                 ("key as bearer", "Authorization", "Bearer " + value, C[:3]), ("no key", None, None, C[1:2]), ("wrong key", name, value[::-1], C[3:])]
    elif s.auth == "bearer":
        kinds = [("scheme missing", name, s.secret, C[:1]), ("scheme twice", name, "Bearer Bearer " + s.secret, C[:1]), ("token in quotes", name, f'Bearer "{s.secret}"', C[:1]), ("Token for Bearer", name, "Token " + s.secret, C[:1] + C[3:]),
                 ("no credentials", None, None, C[1:2]), ("wrong token", name, "Bearer " + s.secret[::-1], C[3:]), ("colon", name, "Bearer: " + s.secret, C[:1]), ("under X-Auth-Token", "X-Auth-Token", s.secret, C[1:3])]
    else:
        kinds = [("not encoded", name, f"Basic svc:{s.secret}", C[:1]), ("no credentials", None, None, C[1:2]), ("wrong password", name, "Basic " + base64.b64encode(b"svc:changeme").decode(), C[3:]), ("line break encoded", name, "Basic " + base64.b64encode(f"svc:{s.secret}\n".encode()).decode(), C[:1] + C[3:])]
    label, n, v, causes = r.choice(kinds)
    req.set(name, None)
    if n:
        req.set(n, v)
        at.add("header:" + n)
    return Fault("auth: " + label, causes, at)


def content_type(r, s, req):
    if s.bodyless or not s.typed:
        return None
    v = r.choice(["text/plain", "application/x-www-form-urlencoded", "application/json" if s.enc == "form" else "text/json", "application/xml", "json", "application/x-json", "multipart/form-data", "application\\json"])
    req.set("Content-Type", v)
    return Fault("content type", ["unsupported_media_type", "content_type_mismatch", "invalid_request_header"] + (["multipart_malformed"] if "multi" in v else []), {"header:Content-Type", "body"} if "multi" in v else {"header:Content-Type"})


def accept(r, s, req):
    if not s.accepts:
        return None
    req.set("Accept", r.choice(["application/xml", "text/html", "text/csv", "application/jsom", "json"]))
    return Fault("accept", ["not_acceptable", "invalid_request_header"], {"header:Accept"})


def header(r, s, req):
    """A version, an idempotency key, a precondition."""
    if s.version:
        name, v = s.version
        if r.random() < 0.5:
            req.set(name, None)
            return Fault("version missing", ["missing_request_header", "wrong_api_version"], {"header:" + name})
        req.set(name, r.choice(["v" + v, v + ".0", "1", "latest"]))
        return Fault("version wrong", ["invalid_request_header", "wrong_api_version"], {"header:" + name})
    if s.idem:
        req.set("Idempotency-Key", None)
        return Fault("no idempotency key", ["idempotency_key_missing", "missing_request_header"], {"header:Idempotency-Key"})
    if s.ifmatch:
        v = r.choice([None, s.ifmatch.strip('"'), '"0badc0de"'])
        req.set("If-Match", v)
        return Fault("precondition", ["precondition_required", "missing_request_header"] if v is None else ["precondition_failed", "invalid_request_header"], {"header:If-Match"})
    return None


def path(r, s, req):
    n = len(s.base) + len(s.tenant or ())
    name, v = req.segs[n], r.random()
    at = {"url.path"} | {f"url.path[{i}]" for i in range(len(req.segs) + 2)}
    if v < 0.35:
        req.segs[n] = r.choice([name.rstrip("s"), typo(r, name), name.capitalize(), name.replace("-", "_") if "-" in name else name + "s"])
        label = "name of the resource"
    elif v < 0.55:
        req.tail = "/"
        return Fault("trailing slash", ["trailing_slash", "wrong_path"], at)
    elif v < 0.7:
        i = next((i for i, x in enumerate(req.segs) if fields.re.fullmatch(r"v\d", x)), None)
        if i is None:
            return None
        req.segs[i] = "v" + str(int(req.segs[i][1:]) + r.choice([1, -1]))
        return Fault("version in the path", ["wrong_api_version", "wrong_path"], at)
    elif v < 0.8:
        req.segs.insert(r.randrange(n), "api")
        label = "segment too many"
    elif len(req.segs) > n + 1:
        req.segs[-1] = r.choice(["{id}", "undefined", "null", ":id", "1" + req.segs[-1]])
        return Fault("id", ["resource_not_found", "unresolved_variable", "invalid_request_parameter", "wrong_path"], at)
    else:
        del req.segs[r.randrange(len(s.base))]
        label = "segment missing"
    return Fault("path: " + label, ["wrong_path", "gateway_route_not_found"] + (["wrong_api_version"] if "missing" in label else []), at)


def method(r, s, req):
    req.method = {"GET": "POST", "POST": r.choice(["PUT", "PATCH"]), "PUT": r.choice(["POST", "PATCH"]), "PATCH": r.choice(["PUT", "POST"])}[req.method]
    return Fault("method", ["method_not_allowed"], {"method"})


KINDS = [(wrong_value, 56), (missing, 10), (extra, 6), (renamed, 9), (container, 8), (nesting, 5), (rule, 8), (syntax, 5), (query_value, 24), (query_unknown, 4),
         (query_missing, 3), (query_order, 3), (query_encoding, 2), (credentials, 5), (content_type, 3), (accept, 2), (header, 4), (path, 5), (method, 2)]
IN_BODY = (wrong_value, missing, extra, renamed, container, nesting, rule, syntax)


def put_in(r, s, req):
    """Puts one fault into the request; None where the one drawn does not fit."""
    fit = [(f, w) for f, w in KINDS if not (f in IN_BODY and s.bodyless) and not (f.__name__.startswith("query") and s.op != "list")]
    f = r.choices([f for f, _ in fit], [w for _, w in fit])[0]
    try:
        return f(r, s, req)
    except (KeyError, TypeError, AttributeError, ValueError):  # the first of two faults has left nothing for this one
        return None
