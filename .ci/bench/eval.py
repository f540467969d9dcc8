#!/usr/bin/env python3
"""Judges culprit on a bench: CULPRIT=path .ci/bench/eval.py BENCH [substring]. BENCH/requests.py gives the cases:
name, curl, good (the right request as curl), faulty causes and elements (a list of sets), flags, telling, healthy, flaky, keep."""
import base64
import concurrent.futures
import difflib
import importlib.util
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
from urllib.parse import parse_qsl, urlsplit

CULPRIT = os.environ.get("CULPRIT", "culprit")
OUT = os.environ.get("OUT", "")  # where the reports are kept, one file a case
FLAGS = {"-X": "method", "--request": "method", "-H": "header", "--header": "header", "-d": "data", "--data": "data", "--data-raw": "data", "--data-binary": "data",
         "--data-urlencode": "data", "-F": "form", "--form": "form", "--form-string": "form", "--json": "json", "--url": "url", "-u": "user", "--user": "user", "-b": "cookie", "--cookie": "cookie", "-A": "agent"}
TAKES = {"-o", "-w", "-m", "--max-time", "--resolve", "--cacert", "--cert", "--key", "-x", "--proxy", "--connect-timeout", "--connect-to", "--oauth2-bearer", "-e"}


class Request:
    """What a curl command sends, in leaves that can be compared and put back."""

    def __init__(self, curl):
        self.method, self.url, self.headers, self.form, data = "", "", [], [], None
        self.get = False
        words = shlex.split(curl.replace("\\\n", " "))[1:]
        while words:
            w = words.pop(0)
            if w in FLAGS or w in TAKES:
                v, kind = words.pop(0), FLAGS.get(w, "")
                if kind == "method": self.method = v
                elif kind == "header": self.headers.append(v)
                elif kind in ("data", "json"):
                    data = v if data is None else data + "&" + v
                    if kind == "json": self.headers += ["Content-Type: application/json", "Accept: application/json"]
                elif kind == "form": self.form.append(v)
                elif kind == "url": self.url = v
                elif kind == "cookie": self.headers.append("Cookie: " + v)
                elif kind == "user": self.headers.append("Authorization: Basic " + base64.b64encode(v.encode()).decode())
            elif w in ("-I", "--head"): self.method = "HEAD"
            elif w in ("-G", "--get"): self.method, self.get = "GET", True
            elif not w.startswith("-"): self.url = w
        if self.get and data: self.url, data = self.url + "?" + data, None
        self.data = data
        self.method = self.method or ("POST" if data is not None or self.form else "GET")
        try: self.json = None if data is None else json.loads(data)
        except ValueError: self.json = None

    def leaves(self):
        at = urlsplit(self.url)
        out = {"method": self.method, "url.host": at.netloc, "url.path": at.path}
        for k, v in parse_qsl(at.query, keep_blank_values=True): out["query:" + k] = v
        for h in self.headers:
            k, _, v = h.partition(":")
            if v.strip() or h.endswith(";"): out["header:" + k.strip(" ;").lower()] = v.strip()
        for f in self.form: out["multipart:" + f.partition("=")[0]] = f.partition("=")[2]
        def walk(p, v):
            if isinstance(v, dict) and v:
                for k in v: walk(p + "/" + k.replace("~", "~0").replace("/", "~1"), v[k])
            elif isinstance(v, list) and v:
                for i, x in enumerate(v): walk(f"{p}/{i}", x)
            else: out["body:" + p] = json.dumps(v)
        if self.json is not None: walk("", self.json)
        elif self.fields() is not None: out |= {"form:" + k: v for k, v in self.fields()}
        elif self.data is not None: out["body"] = self.data
        return out

    def fields(self):
        """The fields of an urlencoded body; None for any other."""
        form = not any(h.lower().startswith("content-type:") and "urlencoded" not in h for h in self.headers)
        pairs = parse_qsl(self.data or "", keep_blank_values=True) if form and self.json is None and not re.search(r"[<{\s]", self.data or "") else []
        return pairs or None


def covers(accepted, element):
    """Whether an element of a report is one that was accepted; a path is what any of its segments is."""
    fold = lambda e: re.sub(r"^header:.*", lambda m: m.group().lower(), e)
    return any(fold(a) == fold(element) or a == "path" and element.startswith(("url.path", "path")) or
               a == "auth" and element == "header:Authorization" or a == "body*" and re.match("(body|form)(:|$)", element) or a == "graphql" and element.startswith("body:/query") or
               a == "body" and element in ("body:", "body") or a.endswith("*") and fold(element).startswith(fold(a)[:-1]) for a in accepted)


def untouched(before, after, elements):
    """The part of the request that the repair has left alone, of what it need not touch."""
    a, b = Request(before), Request(after)
    if a.data is not None and a.json is None and (b.json is not None or a.fields() is None):
        return difflib.SequenceMatcher(None, a.data, b.data or "", autojunk=False).ratio()
    a, b = a.leaves(), b.leaves()
    mine = lambda k: any(covers(e, k) or any(k.startswith(x + "/") for x in e) for e in elements)
    rest = [k for k in a if not mine(k)]
    added = [k for k in b if k not in a and not mine(k)]
    return sum(a[k] == b.get(k) for k in rest) / max(1, len(rest) + len(added))


def mended(minimal, good, elements):
    """The minimal request as words of curl, with what was wrong put right: it has to pass, or something else fails in it."""
    m, g = Request(minimal), Request(good)
    at, right = urlsplit(m.url), urlsplit(g.url)
    path, query = at.path, dict(parse_qsl(at.query, keep_blank_values=True))
    want, body = dict(parse_qsl(right.query, keep_blank_values=True)), m.json
    form = {f.partition("=")[0]: f.partition("=")[2] for f in m.form}
    goodform = {f.partition("=")[0]: f.partition("=")[2] for f in g.form}
    heads = {h.partition(":")[0].strip(" ;").lower(): h for h in m.headers}
    goodheads = {h.partition(":")[0].lower(): h for h in g.headers}
    method, data, fields, goodfields = m.method, m.data, m.fields(), dict(g.fields() or ())
    if fields is not None and any(e.startswith("form:") for e in set().union(*elements)): fields = dict(fields)
    else: fields = None
    for e in sorted(set().union(*elements), key=lambda e: e.count("/")):
        kind, _, name = e.partition(":")
        if e in ("path",) or kind == "path": path = right.path
        elif e == "method": method = g.method
        elif kind == "query" and "/" not in name:
            query.pop(name, None)
            if name in want: query[name] = want[name]
        elif kind == "header" or e == "auth":
            for n in ([name.lower()] if name else ["authorization"]):
                heads.pop(n, None)
                if n in goodheads: heads[n] = goodheads[n]
        elif kind == "multipart":
            form.pop(name, None)
            if name in goodform: form[name] = goodform[name]
        elif kind == "form" and fields is not None:
            fields.pop(name, None)
            if name in goodfields: fields[name] = goodfields[name]
        elif e in ("graphql", "body", "body*") or kind == "body" and body is None: data, body = g.data, g.json if body is not None or e == "graphql" else None
        elif kind == "body": body = put(body, g.json, name.split("/")[1:])
    if "path" in set().union(*elements) and want != query: query |= want
    if fields is not None: data = "&".join(f"{quote(k)}={quote(v)}" for k, v in fields.items())
    words = ["curl", "-sgk", "-X", method, at._replace(path=path, query="").geturl() + ("?" + "&".join(f"{quote(k)}={quote(v)}" for k, v in query.items()) if query else "")]
    for h in heads.values(): words += ["-H", h]
    for k, v in form.items(): words += ["-F", f"{k}={v}"]
    if body is not None: data = json.dumps(body)
    return words + (["--data-raw", data] if data is not None and not form else [])


def quote(s):
    from urllib.parse import quote as q
    return q(s, safe="")


def put(doc, good, path):
    if not path: return doc
    key = int(path[0]) if isinstance(doc, list) and path[0].isdigit() else path[0]
    inside = (isinstance(good, dict) and key in good) or (isinstance(good, list) and isinstance(key, int) and key < len(good))
    if isinstance(doc, list) and isinstance(key, int) and isinstance(good, list) and inside is False: return doc
    there = (isinstance(doc, dict) and key in doc) or (isinstance(doc, list) and isinstance(key, int) and key < len(doc))
    if len(path) == 1 or not there:
        if isinstance(doc, dict):
            if inside: doc[key] = good[key]
            else: doc.pop(key, None)
        elif isinstance(doc, list) and isinstance(key, int) and inside:
            if there: doc[key] = good[key]
            elif doc: doc[0] = put(doc[0], good[key], path[1:]) if len(path) > 1 else good[key]
        return doc
    if not inside: return doc
    doc[key] = put(doc[key], good[key], path[1:])
    return doc


def passes(words, shell=False, ok=""):
    words = (words.rstrip() + " -sS -m 20 -w '\\n%{http_code}'") if shell else words + ["-sS", "-m", "20", "-w", "\n%{http_code}"]
    r = subprocess.run(words, shell=shell, executable="/bin/bash" if shell else None, capture_output=True, text=True, errors="replace", timeout=60)
    text, _, code = r.stdout.rpartition("\n")
    soft = False
    try: soft = isinstance(json.loads(text), dict) and bool(json.loads(text).get("errors") or json.loads(text).get("jsonrpc") and json.loads(text).get("error"))
    except ValueError: pass
    return r.returncode == 0 and code.isdigit() and 200 <= int(code) < 300 and not soft and ok in text, code, text


def ask(c):
    """What culprit says of a case, and "" or why it said nothing."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "XDG_STATE_HOME": home + "/s", "XDG_CONFIG_HOME": home + "/c", "XDG_CACHE_HOME": home + "/k"}
        args = [CULPRIT, "diagnose", "--json", "--show-secrets", "--curl", c["curl"], "--timeout", "10s", *c.get("flags", ())]
        if not reads(c) and not c.get("withheld") and not os.environ.get("NOCONSENT"): args.append("--allow-writes")
        try: r = subprocess.run(args, cwd=home, env=env, capture_output=True, text=True, errors="replace", timeout=300, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired: return None, "no end within 300 s"
    if OUT: open(os.path.join(OUT, c["name"].replace("/", "_") + ".json"), "w").write(r.stdout)
    try: return json.loads(r.stdout), ""
    except ValueError: return None, (r.stderr or r.stdout)[:200]


def reads(c):
    return Request(c["curl"]).method in ("GET", "HEAD", "OPTIONS")


def grade(c, rep):
    """What is right and wrong about a report."""
    v = rep["verdict"]
    cs, sure = v["culprits"], ("confirmed", "isolated", "named_by_server")
    out = {"probes": rep["cost"]["probes"], "ms": rep["cost"]["duration_ms"], "say": f'{v["outcome"]} ' + "; ".join(f'{x["element"]} {x["cause"]} {x["standing"]}' for x in cs[:3]),
           "unasked": rep["cost"]["unsafe"] if reads(c) or c.get("withheld") or os.environ.get("NOCONSENT") else 0}
    if c.get("healthy"):
        out["is"] = "accused" if cs or v["outcome"] != "passing" else "right"
        return out
    if c.get("flaky"):
        out["is"] = "right" if v["outcome"] in ("flaky", "passing") or cs and cs[0]["cause"] in c["causes"][0] else "wrong" if cs and cs[0]["standing"] in sure else "undecided"
        out["hard"] = out["is"] == "wrong"
        return out
    fits = lambda x, k: covers(c["elements"][k], x["element"]) and x["cause"] in c["causes"][k]
    found = [any(fits(x, k) for x in cs[:len(c["causes"]) + 1]) for k in range(len(c["causes"]))]
    firm = [x for x in cs if x["standing"] in sure]
    if all(found) and cs and any(fits(cs[0], k) for k in range(len(c["causes"]))): out["is"] = "right"
    elif firm and not any(fits(firm[0], k) for k in range(len(c["causes"]))): out["is"] = "wrong"
    elif any(found): out["is"] = "half"
    else: out["is"] = "undecided"
    out["hard"] = out["is"] == "wrong" and firm[0]["standing"] in ("confirmed", "isolated")
    return out


def judge(c):
    rep, why = ask(c)
    if rep is None: return c, {"is": "undecided", "say": why}
    out, v = grade(c, rep), rep["verdict"]
    if c.get("healthy") or c.get("flaky"): return c, out
    if v.get("repair", {}).get("curl"):
        out["repair"] = v["repair"]["verified"]
        out["replayed"] = passes(v["repair"]["curl"], shell=True, ok=c.get("ok", ""))[0]
        out["rest"] = untouched(c["curl"], v["repair"]["curl"], c["elements"])
    if v.get("minimal", {}).get("curl"):
        fails, code, _ = passes(v["minimal"]["curl"], shell=True, ok=c.get("ok", ""))
        words = mended(v["minimal"]["curl"], c["good"], c["elements"])
        out["minimal"] = not fails and passes(words, ok=c.get("ok", ""))[0]
    return c, out


def main():
    bench, part = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), bench)
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("requests_", os.path.join(folder, "requests.py"))
    mod = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mod)
    cases = [c for c in mod.cases() if part in c["name"]]
    if os.environ.get("CHECK"):  # are the cases what they say? The right request passes, the other one fails.
        for c in cases:
            good, bad = passes(c["good"], shell=True, ok=c.get("ok", "")), passes(c["curl"], shell=True, ok=c.get("ok", ""))
            if not c.get("flaky") and (not good[0] or bad[0] != bool(c.get("healthy"))): print(c["name"], "| good", good[1], good[2][:200], "| faulty", bad[1], bad[2][:200])
            elif os.environ["CHECK"] == "2": print(c["name"], bad[1], bad[2][:160])
        return
    rows = []
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for c, o in pool.map(judge, cases):
            rows.append((c, o))
            flags = ("" if o.get("replayed", True) else " REPAIR-FAILS") + ("" if o.get("rest", 1) >= 0.9 else f' REST {o["rest"]:.2f}') + ("" if o.get("minimal", True) else " MINIMAL") + (" UNASKED" if o.get("unasked") else "")
            if o["is"] != "right" or flags or part: print(f'{o["is"]:9} {c["name"]:28} {o.get("probes", 0):3} {o["say"]}{flags}', flush=True)
    bad = [(c, o) for c, o in rows if not c.get("healthy")]
    count = lambda rs, k: sum(o["is"] == k for _, o in rs)
    for name, rs in (("telling", [r for r in bad if r[0]["telling"]]), ("opaque", [r for r in bad if not r[0]["telling"]]), ("all", bad)):
        n = [o["probes"] for _, o in rs if "probes" in o]
        if rs: print(f'{name:8} {len(rs)}: right {count(rs, "right")} ({100 * count(rs, "right") / len(rs):.1f} %), half {count(rs, "half")}, wrong {count(rs, "wrong")}, '
                     f'undecided {count(rs, "undecided")}; probes median {statistics.median(n):g} mean {statistics.mean(n):.1f}')
    of = lambda k: [o[k] for _, o in bad if k in o]
    print(f'wrong by experiment {sum(bool(o.get("hard")) for _, o in bad)}; healthy {len(rows) - len(bad)}, accused {count(rows, "accused")}; '
          f'repairs {len(of("replayed"))}, said to pass {sum(of("repair"))}, pass in curl {sum(of("replayed"))}, rest untouched {sum(x >= 0.9 for x in of("rest"))}; '
          f'minimal {len(of("minimal"))}, fail because of the culprit {sum(of("minimal"))}; writes without consent {sum(o.get("unasked", 0) for _, o in rows)}')


if __name__ == "__main__":
    main()
