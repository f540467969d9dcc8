#!/usr/bin/env python3
"""More out of the benches whose servers are up: CULPRIT=path .ci/bench/twist.py [KIND …] [BENCH …] [substring]. Kinds:

hushed    a telling case whose server stands behind a filter that lets only the status of an error through
two       two cases that share their right request, at once; one of two named is half, but where it is a credential or a name that nobody can guess
flaky     a case behind a front that fails by itself 20 to 50 % of the time, and healthy requests there: nobody of them may be accused
buried    a case with 12 more headers and, where the server takes them, 25 more members or parameters of its own kind
withheld  a write without consent: none may be sent, and nothing said to be proved that was not

N (20) cases of each kind and bench are drawn by SEED, each is sent with curl first: the right request passes (where it is known) and
the twisted one fails. OUT=folder keeps the reports, JOBS (2) run at once.
"""
import concurrent.futures
import copy
import http.client
import importlib.util
import json
import os
import random
import re
import shlex
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
import eval as bench  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = (os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) + "/culprit-bench/"
TABLES, ROWS = ("frameworks", "mocks", "services", "apis"), ("infra", "edge", "stores")
KINDS = ("hushed", "two", "flaky", "buried", "withheld")
N, SEED = int(os.environ.get("N", "20")), os.environ.get("SEED", "1")
SAFE = ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "SEARCH")
SICK = {"intermittent_failure", "upstream_unavailable", "overloaded", "rate_limit_exceeded", "connection_reset", "empty_response", "server_error", "maintenance"}
# Causes between which a status alone does not decide. The element has to be right all the same.
ALIKE = [set(g.split()) for g in (
    "invalid_body_property_type invalid_body_property_value invalid_body_property_format", "malformed_json malformed_request_body",
    "missing_credentials invalid_credentials malformed_authorization expired_token token_not_yet_valid wrong_environment_credentials wrong_audience credentials_in_wrong_place",
    "insufficient_permission insufficient_scope hidden_by_permission", "conflict already_exists business_rule_violation", "unsupported_media_type content_type_mismatch",
    "wrong_path resource_not_found gateway_route_not_found wrong_api_version invalid_request_parameter", "overloaded upstream_unavailable maintenance server_error", "precondition_failed precondition_required")]
# Who has no right credential, and no right name of what is asked for, cannot get past it: that one is enough then. So is a wrong path of a
# write, for consent is for its own path alone.
SHUT = ALIKE[2] | ALIKE[3] | {"resource_not_found"}
LOST = ALIKE[6] | {"trailing_slash"}
HEADERS = {"Accept-Language": "en-GB,en;q=0.8", "Cache-Control": "no-cache", "Pragma": "no-cache", "DNT": "1", "X-Request-Id": "6f1c7a90-3f0e-4a53-9c38-2f6be1a30c11", "X-Client-Version": "4.12.0",
           "X-Platform": "web", "Traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-site", "X-Session-Trace": "b7d1",
           "Priority": "u=1", "User-Agent": "shop-client/4.12", "X-Feature-Flags": "new-cart,dark"}


class Filter:
    """A front of one server, for one case: it hides what errors say (how of eval's servers), fails by itself, and counts the writes."""

    def __init__(self, to, how="", rate=0.0, seed=""):
        self.to, self.how, self.rate, self.rng, self.writes, self.lock = to, how, rate, random.Random(seed), 0, threading.Lock()
        self.server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try: conn = self.server.accept()[0]
            except OSError: return
            threading.Thread(target=self.handle, args=(conn,), daemon=True).start()

    def close(self):
        try: self.server.shutdown(socket.SHUT_RDWR)
        finally: self.server.close()

    def handle(self, conn):
        conn.settimeout(40)
        with conn, conn.makefile("rb") as f:
            try: self.exchange(conn, f)
            except (OSError, http.client.HTTPException, ValueError): pass

    def exchange(self, conn, f):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = f.readline(1 << 20)
            if not line: return
            head += line
        method = head.split(b" ", 1)[0].decode()
        at = lambda name: next((v.strip().lower() for k, _, v in (h.partition(b":") for h in head.split(b"\r\n")[1:]) if k.strip().lower() == name), b"")
        with self.lock: sick = self.rng.random() < self.rate
        if sick and self.how == "cut": return conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        up = socket.create_connection(("127.0.0.1", self.to), timeout=30)
        with up:
            lines = [h for h in head[:-4].split(b"\r\n") if h.partition(b":")[0].lower() not in (b"connection", b"keep-alive")]
            waits = at(b"expect") == b"100-continue"
            if not sick: up.sendall(b"\r\n".join(lines) + b"\r\nConnection: close\r\n\r\n")
            if waits and not sick:  # the header alone, until the server asks for the rest
                up.settimeout(1)
                try: early = up.recv(1 << 16, socket.MSG_PEEK)
                except TimeoutError: early = b"HTTP/1.1 100"
                up.settimeout(30)
                if not early[8:].startswith(b" 100"): return self.answer(conn, up, method)
            if waits: conn.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            length, body = int(at(b"content-length") or 0), b""
            if at(b"transfer-encoding") == b"chunked":
                while True:
                    line = f.readline()
                    body += line + f.read(int(line, 16) + 2)
                    if int(line, 16) == 0: break
            elif length: body = f.read(length)
            if len(body) < length: return
            if method not in SAFE:
                with self.lock: self.writes += 1
            if sick: return conn.sendall(self.failure())
            up.sendall(body)
            self.answer(conn, up, method)

    def failure(self):
        s = {"503": 503, "after": 503, "500": 500, "429": 429}[self.how]
        text = json.dumps({"error": http.client.responses[s]}).encode()
        return f"HTTP/1.1 {s} {http.client.responses[s]}\r\nContent-Type: application/json\r\n{'Retry-After: 1' + chr(13) + chr(10) if self.how == 'after' else ''}Content-Length: {len(text)}\r\nConnection: close\r\n\r\n".encode() + text

    def answer(self, conn, up, method):
        r = http.client.HTTPResponse(up, method=method)
        r.begin()
        text, heads = r.read(), [(k, v) for k, v in r.getheaders() if k.lower() not in ("connection", "transfer-encoding", "keep-alive") and (method == "HEAD" or k.lower() != "content-length")]
        if r.status >= 400 and self.how in SAYS:
            kind, text = SAYS[self.how](r.status)
            heads = [(k, v) for k, v in heads if k.lower() in ("allow", "www-authenticate", "retry-after")] + ([("Content-Type", kind)] if kind else [])
            if method == "HEAD": text = b""
        if method != "HEAD" and r.status not in (204, 304): heads.append(("Content-Length", str(len(text))))
        conn.sendall((f"HTTP/1.1 {r.status} {r.reason}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in heads) + "Connection: close\r\n\r\n").encode("latin-1", "replace") + text)


SAYS = {"empty": lambda s: ("", b""), "json": lambda s: ("application/json", json.dumps({"error": http.client.responses.get(s, "Error")}).encode()),
        "html": lambda s: ("text/html", f"<html><head><title>{s} {http.client.responses.get(s, '')}</title></head><body><h1>{s} {http.client.responses.get(s, '')}</h1></body></html>".encode()),
        "code": lambda s: ("application/json", json.dumps({"code": 10000 + s, "message": "The request could not be processed." if s < 500 else "Something went wrong."}).encode())}


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    mod = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mod)
    return mod


def cases(name):
    """The cases of a bench in one form: name, curl, good (or ""), causes and elements (a set for each fault), flags, ok and not (patterns), telling, healthy."""
    folder = os.path.join(HERE, name)
    sys.modules.pop("cases", None)
    sys.path.insert(0, folder)
    try:
        if name in TABLES:
            return [{**c, "causes": c.get("causes") or [], "elements": c.get("elements") or [], "ok": re.escape(c.get("ok", "")), "not": "", "flags": list(c["flags"])}
                    for c in load(folder + "/requests.py", "requests_").cases() if not c.get("flaky") and not c.get("any")]
        mod = load(folder + "/cases.py", "cases")
        values = mod.values(json.load(open(f"{CACHE}{name}/run/vars.json")))
    finally: sys.path.remove(folder)
    fill, out = lambda t: re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), t), []
    for c in mod.CASES:
        if c["kind"] == "flaky" or c.get("dns") or c.get("before") or c.get("status") or c.get("unfair"): continue
        curl, (a, _, b) = fill(c["curl"]), map(fill, c["fix"].partition(" => "))
        sets = lambda k: [set(g.split()) for g in c[k].split("+")] if c[k] else []
        causes, elements = sets("causes"), sets("elements")
        causes = causes * max(1, len(elements)) if len(causes) == 1 else causes
        out.append({"name": c["id"], "curl": curl, "good": curl if c["kind"] == "healthy" else curl.replace(a, b) if a and a in curl else "", "causes": causes,
                    "elements": elements or [{"*"}] * len(causes), "flags": shlex.split(fill(c.get("flags", ""))) + (["--good-curl", fill(c["good"])] if c.get("good") else []),
                    "ok": c.get("ok", ""), "not": c.get("not", ""), "telling": c["kind"] == "telling", "healthy": c["kind"] == "healthy"})
    return out


def plain(c):
    """The port of a case that one of our filters can stand before: HTTP to loopback, without a proxy, a file or a TLS option."""
    ports = set(re.findall(r"https?://(?:[^/\s']*@)?(?:127\.0\.0\.1|localhost):(\d+)", c["curl"] + c["good"]))
    return int(ports.pop()) if len(ports) == 1 and "https:" not in c["curl"] and not re.search(r" (-x|--proxy|--cert|--cacert|--resolve|--connect-to|-T|--http|-m|--max-time)\b", c["curl"]) else 0


def passes(c, curl):
    r = subprocess.run(["bash", "-c", curl + " -s -m 15 -w '\\n%{http_code}'"], capture_output=True, text=True, errors="replace")
    text, _, code = r.stdout.rpartition("\n")
    soft = False
    try: soft = isinstance(json.loads(text), dict) and bool(json.loads(text).get("errors"))
    except ValueError: pass
    return r.returncode == 0 and "200" <= code < "400" and not soft and bool(re.search(c["ok"], text)) and not (c["not"] and re.search(c["not"], text)), code


def through(c, port, front):
    """The case as it goes through a filter."""
    swap = lambda t: t.replace(f"127.0.0.1:{port}", f"127.0.0.1:{front.port}").replace(f"localhost:{port}", f"localhost:{front.port}")
    return {**c, "curl": swap(c["curl"]), "good": swap(c["good"]), "flags": [swap(f) for f in c["flags"]]}


def tellable(c):
    """Whether anybody could find it without words: nobody knows the name of what is missing, but for a credential, what the body is, or what its siblings have."""
    if not c["good"] or any("good" in f for f in c["flags"]): return True
    a, b = bench.Request(c["good"]).leaves(), bench.Request(c["curl"]).leaves()
    gone = [k for k in a if k not in b]
    if not gone or set(b) - set(a): return True
    beside = lambda k: re.search(r"/\d+/", k) and any(re.sub(r"/\d+/", "/#/", x) == re.sub(r"/\d+/", "/#/", k) for x in b)
    return all(k in ("header:authorization", "header:content-type", "header:accept", "header:cookie") or beside(k) for k in gone)


def edit(good, bad):
    """The one place in which two texts differ: from, to, and what stands there."""
    i = len(os.path.commonprefix([good, bad]))
    k = len(os.path.commonprefix([good[i:][::-1], bad[i:][::-1]]))
    return i, len(good) - k, bad[i:len(bad) - k]


def pairs(all_cases, rng):
    """Two faults of one right request, in different places."""
    groups = {}
    for c in all_cases:
        if c["good"] and len(c["causes"]) == 1 and not c.get("healthy") and not c.get("keep"): groups.setdefault((c["good"], *c["flags"]), []).append(c)
    out = []
    for cs in groups.values():
        for i, a in enumerate(cs):
            for b in cs[i + 1:]:
                x, y = sorted((edit(a["good"], a["curl"]), edit(b["good"], b["curl"])))
                near = any(bench.covers(a["elements"][0], e) or e.startswith(tuple(p + "/" for p in a["elements"][0])) for e in b["elements"][0]) or \
                    any(bench.covers(b["elements"][0], e) or e.startswith(tuple(p + "/" for p in b["elements"][0])) for e in a["elements"][0])
                if x[1] <= y[0] and not near:
                    g = a["good"]
                    out.append({**a, "name": a["name"] + "+" + b["name"].split("/")[-1], "curl": g[:x[0]] + x[2] + g[x[1]:y[0]] + y[2] + g[y[1]:], "causes": a["causes"] + b["causes"],
                                "elements": a["elements"] + b["elements"], "halves": [a["curl"], b["curl"]]})
    rng.shuffle(out)
    few = {}  # no more of a request than three
    return [c for c in out if few.setdefault(c["good"], []).append(c) or len(few[c["good"]]) <= 3]


def more(curl, good, how):
    """The words of a command with 12 more headers and, by how, 25 more members, items or parameters, the same whatever is wrong with it."""
    words = shlex.split(curl)
    have = {w.partition(":")[0].lower() for w in words}
    at = urls[0] if (urls := [i for i, w in enumerate(words) if re.match(r"https?://", w)]) else None
    right = bench.Request(good)
    if how == "query" and at is not None:
        names = [k for k, _ in bench.parse_qsl(bench.urlsplit(right.url).query)]
        if not names or any(w in ("-G", "--get") for w in words): return ""
        words[at] += "".join(f"&{bench.quote(names[i % len(names)])}_{i // len(names) + 2}={i}" for i in range(25))
    elif how in ("members", "items"):
        data = next((i for i, w in enumerate(words) if w in ("-d", "--data", "--data-raw", "--data-binary", "--json")), None)
        if data is None: return ""
        try: doc, model = json.loads(words[data + 1]), right.json
        except ValueError: return ""
        doc = grown(doc, model, how)
        if doc is None: return ""
        words[data + 1] = json.dumps(doc, ensure_ascii=False)
    for k, v in [(k, v) for k, v in HEADERS.items() if k.lower() not in have][:12]: words += ["-H", f"{k}: {v}"]
    return " ".join(shlex.quote(w) for w in words)


def grown(doc, model, how):
    if not isinstance(doc, dict) or not isinstance(model, dict): return None
    if len(doc) == 1 and len(model) == 1 and isinstance(inner := next(iter(doc.values())), dict):
        inside = grown(inner, next(iter(model.values())), how)
        return inside and {next(iter(doc)): inside}
    if how == "members":
        flat = [(k, v) for k, v in model.items() if not isinstance(v, (dict, list))]
        return {**doc, **{f"{flat[i % len(flat)][0]}_{i // len(flat) + 2}": flat[i % len(flat)][1] for i in range(25)}} if flat else None
    lists = [k for k, v in model.items() if isinstance(v, list) and v and isinstance(v[-1], dict) and isinstance(doc.get(k), list)]
    if not lists: return None
    last = model[lists[0]][-1]
    return {**doc, lists[0]: doc[lists[0]] + [last] * -(-25 // max(1, len(last)))}


def buried(c):
    for how in ("members", "items", "query", "headers"):
        curl, good = more(c["curl"], c["good"], how), more(c["good"], c["good"], how)
        if curl and passes(c, good)[0] and not passes(c, curl)[0]: return {**c, "curl": curl, "good": good, "name": f'{c["name"]}~{how}'}
    return None


def twist(kind, c, rng):
    """The case as this kind has it, with the filter before its server; None where it does not fit."""
    port = plain(c)
    if not port or kind != "flaky" and c.get("healthy") or kind not in ("two", "withheld") and len(c["causes"]) > 1: return None
    if kind == "two":
        if not passes(c, c["good"])[0] or any(passes(c, x)[0] for x in (*c["halves"], c["curl"])): return None
        return c, None
    bad, code = passes(c, c["curl"])
    if bad != bool(c.get("healthy")) or c["good"] and not passes(c, c["good"])[0]: return None
    if kind == "buried":
        c = buried(c) if c["good"] else None
        return c and (c, None)
    if kind == "hushed":
        if not c["telling"] or not "400" <= code < "600" or not tellable(c): return None
        causes = [s.union(*(g for g in ALIKE if g & s)) for s in c["causes"]]
        front = Filter(port, rng.choice(list(SAYS)))
        return {**through(c, port, front), "causes": causes}, front
    if kind == "flaky":
        how, rate = rng.choice(["503", "after", "500", "429", "cut"]), rng.choice([.2, .35, .5])
        front = Filter(port, how, rate, f'{SEED}{c["name"]}')
        return {**through(c, port, front), "name": f'{c["name"]}~{how}{rate:.0%}'}, front
    if bench.reads(c) or re.search(r'"query"\s*:\s*"\s*(query|\{)', c["curl"]) or "-I" in c["curl"]: return None
    front = Filter(port, "")
    return {**through(c, port, front), "withheld": True}, front


def draw(kind, name):
    rng = random.Random(f"{kind} {name} {SEED}")
    pool = cases(name)
    if kind == "two": pool = pairs(pool, rng)
    else: rng.shuffle(pool)
    if kind == "flaky":  # a quarter of them healthy
        well = [c for c in pool if c.get("healthy")][:2 * N]
        ill = [c for c in pool if not c.get("healthy")]
        pool = [c for k in range(N) for c in (*ill[3 * k:3 * k + 3], *well[k:k + 1])]
    out = []
    for c in pool:
        if len(out) == N: break
        if t := twist(kind, copy.deepcopy(c), rng): out.append((kind, name, *t))
    return out


def judge(kind, name, c, front):
    if kind == "withheld": front.writes = 0
    try: rep, why = bench.ask({**c, "name": f'{kind}-{c["name"]}'})
    finally:
        if front: front.close()
    if rep is None: return kind, name, c, {"is": "undecided", "say": why}
    out, v = bench.grade({**c, "healthy": False}, rep) if not c.get("healthy") else {"probes": rep["cost"]["probes"], "say": "", "is": ""}, rep["verdict"]
    cs = v["culprits"]
    firm = [x for x in cs if x["standing"] in ("confirmed", "isolated", "named_by_server")]
    if kind == "flaky":
        sick = v["outcome"] == "flaky" or v.get("cause") in SICK or bool(cs) and cs[0]["cause"] in SICK
        if c.get("healthy"):
            out["say"] = f'{v["outcome"]} ' + "; ".join(f'{x["element"]} {x["cause"]} {x["standing"]}' for x in cs[:3])
            out["is"] = "right" if sick or v["outcome"] == "passing" and not cs else "wrong" if cs else "undecided"
            out["hard"] = out["is"] == "wrong" and bool(firm)
        elif out["is"] != "right" and sick: out["is"], out["hard"] = "right", False
        elif v["outcome"] == "passing": out["is"] = "wrong"
    if kind == "two" and out["is"] == "half" and any(k <= (SHUT if bench.reads(c) else SHUT | LOST) and x["cause"] in k and bench.covers(e, x["element"]) for k, e in zip(c["causes"], c["elements"]) for x in cs): out["is"] = "right"
    if kind == "withheld":
        proved = any(x["standing"] in ("confirmed", "isolated") for x in cs) or (v.get("repair") or {}).get("verified")
        out["say"] += f' ({v["outcome"]}{", claims a proof" if proved else ""}{f", {front.writes} writes" if front.writes else ""})'
        if front.writes: out["is"], out["hard"] = "wrong", True
    return kind, name, c, out


def report(rows, keys):
    for key in keys:
        rs = [o for k, n, c, o in rows if k == key[0] and key[1] in (n, "all", "healthy" if c.get("healthy") else "telling" if c["telling"] else "opaque")]
        if not rs: continue
        of = lambda what: sum(o["is"] == what for o in rs)
        n = [o["probes"] for o in rs if "probes" in o] or [0]
        print(f'{key[0] + " " + key[1]:22} {len(rs):4}: right {of("right"):3} ({100 * of("right") / len(rs):.1f} %), half {of("half")}, wrong {of("wrong")} (confirmed {sum(bool(o.get("hard")) for o in rs)}), '
              f'undecided {of("undecided")}; probes {statistics.median(n):g}, {statistics.mean(n):.1f}')


def main():
    words = sys.argv[1:]
    up = [b for b in TABLES + ROWS if os.path.exists(f"{CACHE}{b}/run/" + ("ports.json" if b in TABLES else "vars.json")) and os.path.exists(f"{CACHE}{b}/run/pids")]
    kinds = [k for k in KINDS if k in words] or KINDS
    names = [b for b in up if b in words] or up
    part = next((w for w in words if w not in KINDS + TABLES + ROWS), "")
    rows = []
    for kind in kinds:
        begin = time.time()
        drawn = [t for b in names for t in draw(kind, b) if part in t[2]["name"]]
        ready = time.time()
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2")) * (4 if kind == "flaky" else 1)) as pool:  # who meets a 503 waits most of the time
            for kind, name, c, o in pool.map(lambda t: judge(*t), drawn):
                rows.append((kind, name, c, o))
                if o["is"] != "right" or part: print(f'{kind:8} {name:10} {o["is"]:9}{"!" if o.get("hard") else " "} {c["name"]:40} {o.get("probes", 0):3} {o["say"]}', flush=True)
        print(f"-- {kind}: drawn in {ready - begin:.0f} s, judged in {time.time() - ready:.0f} s", flush=True)
    for kind in kinds: report(rows, [(kind, k) for k in (*names, "telling", "opaque", "healthy", "all")])


if __name__ == "__main__": main()
