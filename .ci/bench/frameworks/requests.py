"""Renders cases.py as curl commands for the servers that run."""
import copy
import json
import os
import shlex
from urllib.parse import quote, parse_qsl

from cases import BASES, CASES, SPECS

RUN = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")) + "/culprit-bench/frameworks/run"


def cases():
    ports = json.load(open(RUN + "/ports.json"))
    png = RUN + "/pixel.png"
    open(png, "wb").write(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    for c in CASES:
        server, method, path, headers, body = copy.deepcopy(BASES[c["base"]])
        direct = f"http://127.0.0.1:{ports[server]}"
        at = f"http://127.0.0.1:{ports[server + '.' + c['how'] if c['how'] else server]}"
        flags = []
        if c.get("good"):
            flags += ["--good-curl", render(at, method, path, headers, body, [], png)]
        if c.get("spec"):
            flags += ["--spec", SPECS.get(c["spec"], RUN + "/github.json")]
        yield {**c, "curl": render(at, method, path, headers, body, c["faults"], png), "good": render(at if not c.get("flaky") else direct, method, path, headers, body, [], png),
               "flags": flags, "telling": not (c["how"] in ("empty", "json", "html", "code", "trace") or c.get("terse"))}


def render(at, method, path, headers, body, faults, png):
    headers, body, raw = dict(headers), copy.deepcopy(body), []
    for f in faults:
        if f[0] in ("set", "del", "ren"):
            *to, last = [p.replace("~1", "/") for p in f[1].split("/")[1:]]
            obj = body
            for k in to:
                obj = obj[int(k) if isinstance(obj, list) else k]
            last = int(last) if isinstance(obj, list) else last
            if f[0] == "set":
                obj[last] = f[2]
            elif f[0] == "del":
                del obj[last]
            else:  # in its place
                items = [(f[2] if k == last else k, v) for k, v in obj.items()]
                obj.clear()
                obj.update(items)
        elif f[0] == "q":
            where, _, query = path.partition("?")
            pairs = [(k, v) for k, v in parse_qsl(query) if k != f[1] or f[2] is not None]
            pairs = [(k, f[2] if k == f[1] else v) for k, v in pairs] + ([(f[1], f[2])] if f[2] is not None and f[1] not in dict(pairs) else [])
            path = where + ("?" + "&".join(f"{k}={quote(v, safe='-')}" for k, v in pairs) if pairs else "")
        elif f[0] == "h":
            headers.pop(f[1], None)
            if f[2] is not None:
                headers[f[1]] = f[2]
        elif f[0] == "path":
            path = f[1]
        elif f[0] == "method":
            method = f[1]
        elif f[0] == "raw":
            raw.append(f[1:])
        elif f[0] == "form":
            names = [k for k, _ in body[1]]
            if f[2] is None:
                body[1][:] = [x for x in body[1] if x[0] != f[1]]
            elif f[1] in names:
                body[1][names.index(f[1])] = (f[1], f[2])
            else:
                body[1].insert(0, (f[1], f[2]))
    words = ["curl"] + (["-X", method] if method != ("GET" if body is None else "POST") else []) + [at + path]
    for k, v in headers.items():
        words += ["-H", f"{k}: {v}"]
    if isinstance(body, tuple):
        for k, v in body[1]:
            words += ["-F", f"{k}={v.replace('FILE', png)}"]
    elif body is not None:
        text = json.dumps(body, ensure_ascii=False)
        for old, new in raw:
            assert old in text, (old, text)
            text = text.replace(old, new, 1)
        words += ["-d", text]
    return " ".join(shlex.quote(w) for w in words)
