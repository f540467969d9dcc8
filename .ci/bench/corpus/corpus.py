#!/usr/bin/env python3
"""Generates servers and failing requests from seeds, lets culprit diagnose them, and counts how often it is right.

    CULPRIT=path ./corpus.py train [-n 400] [--from 0] [--only TEXT] [--show] [--json FILE]
    CULPRIT=path ./corpus.py test  [-n 400]                     totals only: nobody reads what was missed there
    ./corpus.py train --case 17                                 prints one case; --serve lets its server run

See README.md."""

import argparse
import concurrent.futures
import http.server
import json
import os
import random
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading

import faults
import openapi
import service
import styles

SALT = {"train": "one", "test": "two"}  # the families draw from different seeds, too


class Case:
    """A service, a request to it, and what an expert would accept as the diagnosis."""

    def __init__(self, family, number):
        self.family, self.number = family, number
        for again in range(200):
            self.r = random.Random(f"{SALT[family]}/{number}/{again}")
            if self.draw():
                return
        raise RuntimeError(f"no case for {family} {number}")

    def draw(self):
        r = self.r
        self.style, self.tells, answer = styles.choose(r, self.family)
        s = self.service = service.Service(r, self.family, answer)
        self.kind = r.choices(["fault", "two faults", "healthy", "flaky 5xx", "flaky 4xx", "down"], [74, 9, 8, 4, 3, 2])[0]
        self.context = r.choices([None, "good", "history", "spec", "served spec"], [68, 10, 9, 8, 5])[0]
        self.good = s.good(r.choice([0.2, 0.5, 0.8, 1.0]))
        self.other = s.good(r.choice([0.5, 1.0]))
        if s.problems(*self.sent(self.good)) or s.problems(*self.sent(self.other)):
            return False
        self.faults, self.req = [], self.good.copy()
        if self.kind in ("fault", "two faults"):
            return self.break_it(2 if self.kind == "two faults" else 1)
        return True

    def break_it(self, n):
        for _ in range(n):
            state = self.r.getstate()
            f = faults.put_in(self.r, self.service, self.req)
            if not f:
                return False
            alone = self.good.copy()
            after = self.r.getstate()
            self.r.setstate(state)
            g = faults.put_in(self.r, self.service, alone)
            if not g or g.elements != f.elements or not self.service.problems(*self.sent(alone)):
                return False
            self.r.setstate(after)
            if any(f.elements & g.elements for g in self.faults):
                return False
            self.faults.append(f)
        problems = self.service.problems(*self.sent(self.req))
        if problems and self.service.style(self.service, problems)[0] >= 500:
            for f in self.faults:
                f.causes.add("input_triggered_server_error")
        return bool(problems)

    @staticmethod
    def sent(req):
        return req.method, req.target(), req.headers, (req.payload() or "").encode()

    def label(self):
        s = self.service
        what = " + ".join(f.label for f in self.faults) or self.kind
        return f"{self.family} {self.number} {s.domain}/{s.resource} {s.op} {'telling' if self.tells else 'opaque'}:{self.style} [{what}]" + (f" with {self.context}" if self.context else "")

    # --- the server

    def answer(self, method, target, headers, body, count):
        """(status, header, text, whether it is a pass)"""
        s = self.service
        if self.context == "served spec" and method == "GET" and target == "/openapi.json":
            return 200, {"Content-Type": "application/json"}, json.dumps(openapi.document(s)), True
        problems = s.problems(method, target, headers, body)
        if problems:
            return *s.style(s, problems), False
        luck = random.Random(f"{self.number}/{count}").random()
        if self.kind == "down" and method == s.method:
            return 500, {"Content-Type": "application/json"}, '{"message":"Internal error"}', False
        if self.kind == "flaky 5xx" and luck < self.number % 5 * 0.1 + 0.3:
            return self.number % 2 * 3 + 500, {"Content-Type": "text/plain"}, "upstream connect error" if self.number % 2 else "error", False
        if self.kind == "flaky 4xx" and method == s.method and luck < self.number % 4 * 0.1 + 0.35:
            code, text = [(404, "not found"), (409, "conflict, try again"), (400, "invalid state"), (422, "could not be processed")][self.number % 4]
            return code, {"Content-Type": "application/json"}, json.dumps({"error": text}), False
        if self.kind == "healthy" and method == s.method:
            return *odd(self.number, s), True
        status, h, text = s.success(method)
        return status, {"Content-Type": "application/json"} | h, text.decode(), True


def odd(n, s):
    """Answers that look wrong and are not."""
    J = {"Content-Type": "application/json"}
    return [(200, J, '{"errors":[],"error":null,"data":{"id":7}}'), (200, J, "[]"), (204, {}, ""), (202, J, '{"status":"pending","failed_count":0,"error_rate":0.0}'),
            (200, J, '{"data":[{"level":"error","message":"disk failed on node 3","code":500}],"total":1}'), (200, {"Content-Type": "text/plain"}, "OK"), (200, {}, '{"id":1}'), (201, {"Location": "/x/1"}, ""),
            (200, J, '{"name":"Error handling for beginners","status":"failed_payment_retry","warnings":["deprecated field ignored"]}'), (200, {"Content-Type": "application/json; charset=utf-8"}, '{"success":true,"message":"No errors found","result":null}'),
            (207, J, '{"results":[{"status":200},{"status":201}]}'), (200, {"Content-Type": "text/csv"}, "id,error\n1,none\n")][n % 12]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            while n := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(n)
                self.rfile.readline()
            self.rfile.readline()
        srv = self.server
        with srv.lock:
            srv.count += 1
            status, head, text, ok = srv.case.answer(self.command, self.path, list(self.headers.items()), body, srv.count)
            srv.seen.append((self.command, self.path, list(self.headers.items()), body, ok))
        raw = text.encode()
        lines = [f"HTTP/1.1 {status} {styles.TITLE.get(status, 'OK')}"] + [f"{k}: {v}" for k, v in head.items()] + ([f"Content-Length: {len(raw)}"] if status != 204 else [])
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode() + (b"" if self.command == "HEAD" or status == 204 else raw))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = do_QUERY = handle_any

    def log_message(self, *a):
        pass


def serve(case):
    srv = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    srv.daemon_threads = True
    srv.case, srv.lock, srv.count, srv.seen = case, threading.Lock(), 0, []
    threading.Thread(target=srv.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return srv


def curl(req, port):
    words = ["curl"] + ([] if req.method == ("POST" if req.payload() is not None else "GET") else ["-X", req.method]) + [f"http://127.0.0.1:{port}{req.target()}"]
    for k, v in req.headers:
        words += ["-H", f"{k}: {v}"]
    if req.payload() is not None:
        words += ["--data-raw", req.payload()]
    return shlex.join(words)


# --- running and judging

def run(case, engine):
    srv = serve(case)
    port = srv.server_port
    with tempfile.TemporaryDirectory() as home:
        env = {"PATH": os.environ["PATH"], "HOME": home, "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config", "LANG": "C.UTF-8"}

        def call(*args):
            return subprocess.run([engine, *args], env=env, cwd=home, capture_output=True, text=True, timeout=120)
        args = ["diagnose", "--curl", curl(case.req, port), "--json", "--show-secrets", "--quiet"]
        if case.req.method not in ("GET", "HEAD"):
            args.append("--allow-writes")
        if case.context == "good":
            args += ["--good-curl", curl(case.other, port)]
        if case.context == "history":
            call("send", "--curl", curl(case.good if case.number % 2 else case.other, port))
        if case.context == "spec":
            with open(home + "/openapi.json", "w") as f:
                json.dump(openapi.document(case.service), f)
            args += ["--spec", home + "/openapi.json"]
        try:
            out = call(*args)
            report = json.loads(out.stdout)
        except (ValueError, subprocess.TimeoutExpired) as e:
            report = {"verdict": {"outcome": "crash", "culprits": [], "summary": str(e) + (out.stderr[-300:] if isinstance(e, ValueError) else "")}, "probes": [], "cost": {"probes": 0}}
        result = judge(case, report, srv)
        result["repair"] = replay(report["verdict"].get("repair"), srv, env)
        result["minimal"] = minimal(case, report["verdict"].get("minimal"), srv, env)
        srv.shutdown(), srv.server_close()
    result["report"] = report
    return result


def fits(c, f):
    e = c["element"]
    if e.startswith("header:"):  # names of header fields have no case
        return c["cause"] in f.causes and e.lower() in [x.lower() for x in f.elements]
    return c["cause"] in f.causes and (e in f.elements or f.anywhere and any(e.startswith(x) for x in f.elements))


def judge(case, report, srv):
    v = report["verdict"]
    found = [c for c in v["culprits"] if c["standing"] != "suspected"] or v["culprits"]
    res = {"label": case.label(), "probes": report["cost"]["probes"], "tells": case.tells, "kind": case.kind, "found": [(c["element"], c["cause"], c["standing"]) for c in found], "outcome": v["outcome"]}
    if not case.faults:
        client = [c for c in found if c["standing"] != "suspected" and not c["element"] in ("server", "tcp", "timeout")]
        odd_ok = v["outcome"] in ("passing", "flaky", "inconclusive") or case.kind == "down" and not client
        res["verdict"] = "accused" if client and v["outcome"] not in ("passing", "flaky") else "right" if odd_ok and (v["outcome"] != "inconclusive") else "undecided"
        return res
    if not found or v["outcome"] in ("inconclusive", "crash"):
        res["verdict"] = "crash" if v["outcome"] == "crash" else "undecided"
        return res
    strange = [c for c in found if not any(fits(c, f) for f in case.faults)]
    missed = [f for f in case.faults if not any(fits(c, f) for c in found)]
    if strange:
        res["verdict"] = "wrong confirmed" if any(c["standing"] == "confirmed" for c in strange) else "wrong"
    else:
        res["verdict"] = "half" if missed else "right"
    return res


def replay(repair, srv, env):
    """What the server says of the repaired request, sent by the real curl."""
    if not repair:
        return None
    n = len(srv.seen)
    subprocess.run(["bash", "-c", repair["curl"] + " -s -o /dev/null --max-time 20"], env=env, capture_output=True)
    return len(srv.seen) > n and srv.seen[-1][4]


def minimal(case, small, srv, env):
    """Whether the minimal request fails for the reason of the original one."""
    if not small or not case.faults:
        return None
    n = len(srv.seen)
    subprocess.run(["bash", "-c", small["curl"] + " -s -o /dev/null --max-time 20"], env=env, capture_output=True)
    if len(srv.seen) == n:
        return False
    whole = {(p.where, p.path, p.kind) for p in case.service.problems(*case.sent(case.req))}
    return any((p.where, p.path, p.kind) in whole for p in case.service.problems(*srv.seen[-1][:4]))


def totals(results):
    faulty = [x for x in results if x["kind"] in ("fault", "two faults")]

    def line(name, xs):
        if not xs:
            return
        n = {v: sum(x["verdict"] == v for x in xs) for v in ("right", "half", "wrong", "wrong confirmed", "undecided", "crash")}
        ps = [x["probes"] for x in xs]
        rep, mini = [x["repair"] for x in xs if x["repair"] is not None], [x["minimal"] for x in xs if x["minimal"] is not None]
        print(f"{name:11} {len(xs):4}  right {n['right']:4} ({100 * n['right'] / len(xs):4.1f} %)  half {n['half']:3}  wrong {n['wrong'] + n['wrong confirmed']:3} (confirmed {n['wrong confirmed']})  undecided {n['undecided']:3}"
              + (f"  crash {n['crash']}" if n["crash"] else "") + f"  probes {statistics.median(ps):g}/{statistics.mean(ps):.1f}  repairs {sum(rep)}/{len(rep)}  minimal {sum(mini)}/{len(mini)}")
    line("all", faulty)
    line("telling", [x for x in faulty if x["tells"]])
    line("opaque", [x for x in faulty if not x["tells"]])
    line("two faults", [x for x in faulty if x["kind"] == "two faults"])
    for kind in ("healthy", "flaky 5xx", "flaky 4xx", "down"):
        xs = [x for x in results if x["kind"] == kind]
        print(f"{kind:11} {len(xs):4}  accused {sum(x['verdict'] == 'accused' for x in xs)}  undecided {sum(x['verdict'] == 'undecided' for x in xs)}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("family", choices=["train", "test"])
    p.add_argument("-n", type=int, default=400)
    p.add_argument("--from", dest="first", type=int, default=0)
    p.add_argument("--only", default="")
    p.add_argument("--case", type=int)
    p.add_argument("--show", action="store_true")
    p.add_argument("--serve", action="store_true")
    p.add_argument("--json")
    a = p.parse_args()
    if a.family == "test" and (a.case is not None or a.show or a.json or a.only):
        sys.exit("of TEST there are totals only")
    engine = os.path.abspath(os.environ.get("CULPRIT", "culprit"))
    if a.case is not None:
        case = Case(a.family, a.case)
        print(case.label())
        srv = serve(case)
        print(curl(case.req, srv.server_port))
        if a.serve:
            threading.Event().wait()
        x = run(case, engine)
        print(json.dumps(x.pop("report"), indent=1)), print(x)
        return
    numbers = [n for n in range(a.first, a.first + a.n) if a.only in Case(a.family, n).label()]
    results = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for n, x in zip(numbers, pool.map(lambda n: run(Case(a.family, n), engine), numbers)):
            results.append(x)
            if a.show and x["verdict"] != "right":
                print(f"{x['verdict']:15} {x['label']}  {x['outcome']} {x['found'][:2]} {x['probes']}")
            if a.json:
                with open(a.json, "a") as f:
                    f.write(json.dumps({"n": n} | x) + "\n")
    totals(results)


if __name__ == "__main__":
    main()
