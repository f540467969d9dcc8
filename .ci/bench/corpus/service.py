"""A service: what it expects of a request, drawn from a world and a seed, and the server that checks it."""

import base64
import json
import re
import urllib.parse

import domains
import fields
from fields import Problem, camel


class Field:
    def __init__(self, name, type_, many, kids, required):
        self.name, self.type, self.many, self.kids, self.required = name, type_, many, kids, required


def parse(text, family):
    """The fields of the notation of domains.py."""
    rx = re.compile(r"\s*([\w.]+)(?:\[(\d+)\.\.(\d+)\])?(\{|:(\w+)(?:\(([^)]*)\))?)?(!?)|\s*(\})(!?)")
    at, stack, out = 0, [], []
    text = text.strip()
    while at < len(text):
        m = rx.match(text, at)
        if not m:
            raise SyntaxError(text[at:at + 40])
        at = m.end()
        if m[8]:
            field, outer = stack.pop()
            field.required, out = m[9] == "!", outer
            continue
        many = (int(m[2]), int(m[3])) if m[2] else None
        if m[4] == "{":
            field = Field(m[1], None, many, [], False)
            out.append(field)
            stack.append((field, out))
            out = field.kids
        else:
            out.append(Field(m[1], fields.make(m[5], m[6], family), many, None, m[7] == "!"))
    return out


def worlds(family):
    """Every resource: (domain, base path, name, body fields, query fields, rules)."""
    out = []
    for line in (domains.TRAIN if family == "train" else domains.TEST).strip().splitlines():
        if line.startswith("=="):
            _, domain, base = line.split()
            continue
        name, body, query, rules = (line.rstrip() + " ").split(" | ", 3) if line.count(" | ") == 3 else (line.rstrip(" |").split(" | ") + [""])
        out.append((domain, base, name, body, query, rules.split()))
    return out


def snake_words(s):
    return re.split(r"[_\s-]+", s)


CASES = {"snake": lambda s: s, "camel": camel, "pascal": lambda s: camel(s)[:1].upper() + camel(s)[1:], "kebab": lambda s: s.replace("_", "-")}


class Request:
    """What goes out: mutable, so that a fault can be put in."""

    def __init__(self, method, segs, query, headers, body=None, enc="json"):
        self.method, self.segs, self.query, self.headers, self.body, self.enc = method, segs, query, headers, body, enc
        self.raw = None          # the body's bytes as text, when they are not the body written out
        self.rawquery = None     # the query as written, when it is not the encoded one
        self.tail = ""           # behind the path

    def copy(self):
        c = Request(self.method, list(self.segs), list(self.query), list(self.headers), json.loads(json.dumps(self.body)), self.enc)
        c.raw, c.rawquery, c.tail = self.raw, self.rawquery, self.tail
        return c

    def header(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    def set(self, name, value):
        self.headers = [(k, v) for k, v in self.headers if k.lower() != name.lower()] + ([(name, value)] if value is not None else [])

    def target(self):
        q = self.rawquery if self.rawquery is not None else urllib.parse.urlencode(self.query, quote_via=urllib.parse.quote, safe=",:")
        return "/" + "/".join(self.segs) + self.tail + ("?" + q if q else "")

    def payload(self):
        if self.raw is not None:
            return self.raw
        if self.body is None:
            return None
        if self.enc == "form":
            return urllib.parse.urlencode(list(flat(self.body)))
        return json.dumps(self.body, ensure_ascii=False)


def flat(v, name=""):
    """An object as form fields: a[b], a[0][b]."""
    if isinstance(v, (dict, list)):
        for k, x in v.items() if isinstance(v, dict) else enumerate(v):
            yield from flat(x, f"{name}[{k}]" if name else str(k))
    else:
        yield name, {True: "true", False: "false", None: ""}.get(v, str(v)) if isinstance(v, (bool, type(None))) else str(v)


def unflat(pairs):
    """The object that form fields spell; numbers of an array are its indices."""
    root = {}
    for k, v in pairs:
        at, keys = root, re.findall(r"[^\[\]]+", k) or [k]
        for key in keys[:-1]:
            at = at.setdefault(key, {})
            if not isinstance(at, dict):
                return None
        at[keys[-1]] = v
    def lists(x):
        if isinstance(x, dict) and x:
            x = {k: lists(y) for k, y in x.items()}
            return [x[k] for k in x] if all(k.isdigit() for k in x) else x
        return x
    return lists(root)


class Service:
    """One resource of one API as a case sees it."""

    def __init__(self, r, family, style):
        self.r, self.family, self.style = r, family, style
        self.domain, base, self.resource, body, query, self.rules = r.choice(worlds(family))
        self.body, self.query = parse(body, family), parse(query, family)
        self.spell = CASES[r.choice(["snake"] * 5 + ["camel"] * 4 + ["pascal"])]
        self.op = r.choices(["create", "list", "replace", "get"], [60, 24, 11, 5])[0]
        self.strict = r.random() < 0.6        # refuses fields that it does not know
        self.lenient = r.random() < 0.25      # takes "5" for 5
        self.enc = "form" if self.op == "create" and r.random() < 0.1 else "json"
        self.wrap = () if self.enc == "form" else r.choices([(), ("data",), (self.singular(),), ("data", "attributes")], [85, 5, 5, 5])[0]
        self.base = base.strip("/").split("/")
        self.id = r.choice([str(r.randint(100, 99999)), fields.good_uuid(None, r), self.singular()[:3] + "_" + fields.letters(r, 8, "abcdefgh23456789")])
        self.tenant = r.choice([None, None, None, ("tenants", "acme"), ("accounts", str(r.randint(100, 9999)))])
        self.auth = r.choices([None, "bearer", "key", "basic"], [25, 40, 25, 10])[0]
        self.secret = fields.letters(r, 24, "abcdefghkmnpqrstuvwxyz0123456789")
        self.keyname = r.choice(["X-API-Key", "X-Auth-Token", "Api-Key", "X-Access-Token"])
        self.version = r.choice([None] * 6 + [("X-Api-Version", "2"), ("Api-Version", "2026-03-01")])
        self.idem = self.op == "create" and r.random() < 0.08
        self.ifmatch = f'"{fields.hexes(r, 8)}"' if self.op == "replace" and r.random() < 0.3 else None
        self.accepts = r.random() < 0.3       # looks at Accept
        self.typed = r.random() < 0.85        # looks at Content-Type
        self.readable = r.random() < 0.5      # a GET of the path shows what is there
        self.options = r.random() < 0.5
        self.status = r.choice([400, 422])    # of a body that is not valid
        self.method = {"create": "POST", "list": "GET", "get": "GET", "replace": r.choice(["PUT", "PUT", "PATCH"])}[self.op]
        if self.method == "PATCH":
            for f in self.body:
                f.required = False
        self.required_query = r.random() < 0.2 and self.op == "list"
        if self.required_query:
            r.choice(self.query).required = True
        for f in self.query:
            f.type.query = True
        self.bodyless = self.op in ("list", "get")
        self.stored = self.good_object(self.body, 0.7)

    def singular(self):
        return self.resource.split("-")[-1].rstrip("s").replace("ie", "y") or "item"

    def path(self):
        return self.base + list(self.tenant or ()) + [self.resource] + ([self.id] if self.op in ("get", "replace") else [])

    # --- good requests

    def good_object(self, flds, share):
        out = {}
        for f in flds:
            if not f.required and self.r.random() > share:
                continue
            one = (lambda: self.good_object(f.kids, share)) if f.kids else (lambda: f.type.good(self.r))
            if f.many:
                n = self.r.randint(f.many[0], min(f.many[1], f.many[0] + 2)) or 1
                got = [one() for _ in range(n)]
                if not f.kids:
                    got = list(dict.fromkeys(got))
                out[self.spell(f.name)] = got
            else:
                out[self.spell(f.name)] = one()
        return self.obey(out) if flds is self.body else out

    def at(self, obj, path):
        for p in path.split("."):
            obj = obj.get(self.spell(p)) if isinstance(obj, dict) else None
        return obj

    def put(self, obj, path, value):
        *way, last = path.split(".")
        for p in way:
            obj = obj[self.spell(p)]
        obj[self.spell(last)] = value

    def obey(self, obj):
        """Changes values until the rules between fields hold."""
        for rule in self.rules:
            m = re.match(r"([\w.]+)(<=?)([\w.]+)$", rule)
            if m and self.at(obj, m[1]) is not None and self.at(obj, m[3]) is not None:
                a, b = sorted([self.at(obj, m[1]), self.at(obj, m[3])])
                if a == b and m[2] == "<":
                    b = b + 1 if isinstance(b, int) else b.replace("2027", "2028")
                self.put(obj, m[1], a), self.put(obj, m[3], b)
            if (m := re.match(r"sum\((\w+)\.(\w+)=(\w+)\)", rule)) and self.spell(m[1]) in obj:
                self.put(obj, m[3], round(sum(x[self.spell(m[2])] for x in obj[self.spell(m[1])]), 2))
            if (m := re.match(r"sum100\((\w+)\.(\w+)\)", rule)) and obj.get(self.spell(m[1])):
                xs = obj[self.spell(m[1])]
                for i, x in enumerate(xs):
                    x[self.spell(m[2])] = 100 // len(xs) + (100 % len(xs) if i == 0 else 0)
            if (m := re.match(r"need\((\w+)>(\w+)\)", rule)) and self.spell(m[1]) in obj:
                obj[self.spell(m[2])] = True
        return obj

    def good(self, share):
        q = []
        if self.op == "list":
            o = {f.name: f.type.good(self.r) for f in self.query if f.required or self.r.random() < max(share, 0.4)}
            keep, self.spell = self.spell, CASES["snake"]
            o = self.obey(o) if o else o
            self.spell = keep
            q = [(self.spell(k), str(v).lower() if isinstance(v, bool) else str(v)) for k, v in o.items()]
        body = None
        if not self.bodyless:
            body = self.good_object(self.body, share)
            for w in reversed(self.wrap):
                body = {"type": self.resource, w: body} if w == "attributes" else {w: body}
        req = Request(self.method, self.path(), q, [("Accept", "application/json")], body, self.enc)
        if body is not None:
            req.set("Content-Type", "application/x-www-form-urlencoded" if self.enc == "form" else "application/json")
        if self.auth:
            req.set(*self.credential())
        if self.version:
            req.set(*self.version)
        if self.idem:
            req.set("Idempotency-Key", fields.good_uuid(None, self.r))
        if self.ifmatch:
            req.set("If-Match", self.ifmatch)
        if self.r.random() < 0.4:
            req.set(*self.r.choice([("X-Request-Id", "a81b2c"), ("X-Correlation-ID", "7d1f-22"), ("X-Client-Version", "web-3.2.1"), ("Accept-Language", "en")]))
        return req

    def credential(self):
        if self.auth == "key":
            return self.keyname, self.secret
        if self.auth == "basic":
            return "Authorization", "Basic " + base64.b64encode(f"svc:{self.secret}".encode()).decode()
        return "Authorization", "Bearer " + self.secret

    # --- the server: a list of problems, empty when the request is good

    def problems(self, method, target, headers, body):
        path, _, rawq = target.partition("?")
        get = {k.lower(): v for k, v in headers}.get
        P = lambda where, kind, path=(), **info: [Problem(where, path, kind, info, None)]
        want = "/" + "/".join(self.path())
        if urllib.parse.unquote(path) != want or "%25" in path:
            if self.id in self.path() and re.fullmatch(re.escape("/" + "/".join(self.path()[:-1])) + r"/[\w:{}.-]+", urllib.parse.unquote(path)):
                return P("id", "not found")
            return P("route", "not found")
        allowed = {self.method} | ({"GET"} if self.readable else set()) | ({"OPTIONS"} if self.options else set())
        if method not in allowed and not (method == "HEAD" and "GET" in allowed):
            return P("method", "not allowed", allow=sorted(allowed))
        if method == "OPTIONS":
            return []
        if self.auth:
            name, value = self.credential()
            given = get(name.lower())
            if given != value:
                return P("auth", "missing" if not given else "invalid")
        if self.accepts and not re.search(r"application/(\w+\+)?(json|\*)|\*/\*", get("accept") or "*/*"):
            return P("accept", "not acceptable", offered="application/json")
        if self.version and get(self.version[0].lower()) != self.version[1]:
            return P("header", "required" if not get(self.version[0].lower()) else "enum", (self.version[0],), allowed=[self.version[1]])
        if method != self.method:
            return []
        if self.bodyless:
            return self.check_query(rawq)
        return self.check_write(get, body)

    def check_write(self, get, body):
        ctype = (get("content-type") or "").split(";")[0].strip().lower()
        form = ctype == "application/x-www-form-urlencoded"
        if self.typed and (not form if self.enc == "form" else not re.fullmatch(r"application/([\w.]+\+)?json", ctype)):
            return [Problem("ctype", (), "unsupported", {"offered": "application/x-www-form-urlencoded" if self.enc == "form" else "application/json"}, ctype)]
        if self.idem and not get("idempotency-key"):
            return [Problem("header", ("Idempotency-Key",), "required", {}, None)]
        if self.ifmatch and get("if-match") != self.ifmatch:
            return [Problem("match", (), "required" if not get("if-match") else "failed", {}, None)]
        try:
            text = body.decode("utf-8")
            obj = unflat(urllib.parse.parse_qsl(text, keep_blank_values=True)) if self.enc == "form" else json.loads(text, parse_constant=lambda c: 1 / 0)
        except (ValueError, ZeroDivisionError) as e:
            return [Problem("parse", (), "syntax", {"error": str(e)}, None)]
        way = ()
        for w in self.wrap:
            way += (w,)
            if not isinstance(obj, dict) or not isinstance(obj.get(w), dict):
                return [Problem("body", way, "required", {}, None)]
            obj = obj[w]
        out = []
        if not isinstance(obj, dict):
            return [Problem("body", way, "type", {"type": "object"}, obj)]
        self.check_object(obj, self.body, way, out, self.enc == "form")
        return out or [Problem("body", way + x.path, x.kind, x.info, x.value) for x in self.check_rules(obj)]

    def check_object(self, obj, flds, way, out, texts=False):
        known = {self.spell(f.name): f for f in flds}
        for name, f in known.items():
            if name not in obj:
                if f.required:
                    out.append(Problem("body", way + (name,), "required", {"of": [n for n in known]}, None))
                continue
            v, here = obj[name], way + (name,)
            if not f.many:
                self.check_one(v, f, here, out, texts)
            elif not isinstance(v, list):
                out.append(Problem("body", here, "type", {"type": "array"}, v))
            else:
                if len(v) < f.many[0] or len(v) > f.many[1]:
                    out.append(Problem("body", here, "minitems" if len(v) < f.many[0] else "maxitems", {"min": f.many[0], "max": f.many[1]}, v))
                for i, x in enumerate(v):
                    self.check_one(x, f, here + (i,), out, texts)
        if self.strict:
            for name in obj:
                if name not in known:
                    out.append(Problem("body", way + (name,), "unknown", {"of": list(known)}, obj[name]))

    def check_one(self, v, f, here, out, texts):
        if v is None and not f.required and self.lenient:
            return
        if f.kids:
            if isinstance(v, dict):
                self.check_object(v, f.kids, here, out, texts)
            else:
                out.append(Problem("body", here, "type", {"type": "object"}, v))
        elif bad := f.type.check(from_text(f.type, v) if texts else v, self.lenient):
            out.append(Problem("body", here, bad[0], bad[1], v))

    def check_query(self, raw):
        known, out, seen = {self.spell(f.name): f for f in self.query}, [], {}
        for k, v in urllib.parse.parse_qsl(raw, keep_blank_values=True):
            seen[k] = v
            if k not in known:
                if self.strict:
                    out.append(Problem("query", (k,), "unknown", {"of": list(known)}, v))
            elif bad := known[k].type.check(from_text(known[k].type, v), self.lenient):
                out.append(Problem("query", (k,), bad[0], bad[1], v))
        out += [Problem("query", (k,), "required", {}, None) for k, f in known.items() if f.required and k not in seen]
        return out or [Problem("query", x.path, x.kind, x.info, x.value) for x in self.check_rules({k: from_text(known[k].type, v) for k, v in seen.items() if k in known})]

    def check_rules(self, obj):
        out, S = [], self.spell
        if self.bodyless and not self.query:
            return out
        for rule in self.rules:
            if m := re.match(r"([\w.]+)(<=?)([\w.]+)$", rule):
                a, b = (number(self.at(obj, m[x])) for x in (1, 3))
                if a is not None and b is not None and type(a) is type(b) and (a > b or (a == b and m[2] == "<")):
                    path = tuple(S(p) for p in m[3].split("."))
                    out.append(Problem("body", path, "order", {"other": ".".join(S(p) for p in m[1].split(".")), "op": m[2]}, b))
            if (m := re.match(r"sum\((\w+)\.(\w+)=(\w+)\)", rule)) and S(m[3]) in obj:
                if abs(sum(float(x[S(m[2])]) for x in obj[S(m[1])]) - float(obj[S(m[3])])) > 0.005:
                    out.append(Problem("body", (S(m[3]),), "sum", {"other": f"{S(m[1])}.{S(m[2])}"}, obj[S(m[3])]))
            if (m := re.match(r"sum100\((\w+)\.(\w+)\)", rule)) and obj.get(S(m[1])):
                if sum(int(x[S(m[2])]) for x in obj[S(m[1])]) != 100:
                    out.append(Problem("body", (S(m[1]),), "sum100", {"other": S(m[2])}, None))
            if (m := re.match(r"need\((\w+)>(\w+)\)", rule)) and obj.get(S(m[1])) and obj.get(S(m[2])) not in (True, "true"):
                out.append(Problem("body", (S(m[1]),), "needs", {"other": S(m[2])}, None))
        return out

    # --- answers that are no errors

    def success(self, method):
        if method == "OPTIONS":
            return 204, {"Allow": "GET, " + self.method}, b""
        thing = {"id": self.id} | self.stored
        if method in ("GET", "HEAD") and self.op in ("list", "create"):
            return 200, {}, json.dumps({"data": [thing], "total": 1}).encode()
        return (201 if self.op == "create" else 200), {"ETag": self.ifmatch} if self.ifmatch else {}, json.dumps(thing).encode()


def number(v):
    return int(v) if isinstance(v, str) and re.fullmatch(r"\d+", v) else v


def from_text(type_, v):
    """What a server makes of a value that came as text, in a query or a form."""
    if not isinstance(v, str):
        return v
    name = type_.name
    if name in ("int", "epoch") and re.fullmatch(r"[+-]?\d+", v):
        return int(v)
    if name in ("dec", "frac", "lat", "lng") and re.fullmatch(r"[+-]?\d+(\.\d+)?", v):
        return float(v)
    if name == "bool" and v in ("true", "false"):
        return v == "true"
    return v
