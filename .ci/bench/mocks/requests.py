"""Renders cases.py as curl commands for the servers that run."""
import copy
import json
import os
import shlex
from urllib.parse import parse_qsl, quote

from cases import BASES, CASES, SERVERS

RUN = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")) + "/culprit-bench/mocks/run"
HERE = os.path.dirname(os.path.abspath(__file__))


def cases():
    ports = json.load(open(RUN + "/ports.json"))
    open(RUN + "/pixel.png", "wb").write(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))
    open(RUN + "/large.png", "wb").write(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100)
    open(RUN + "/page.txt", "wb").write(b"Invoice 4711\n")
    for c in CASES:
        server = BASES[c["base"]][0]
        direct = f"http://127.0.0.1:{ports[server]}"
        at = f"http://127.0.0.1:{ports[server + '.' + c['how'] if c['how'] else server]}"
        flags = ["--good-curl", render(at, c["base"], c["also"])] if c.get("known") else []
        if c.get("spec"):
            flags += ["--spec", HERE + "/servers/" + c["spec"] if c["spec"].endswith((".json", ".yaml")) else f"{RUN}/{c['spec']}.json"]
        yield {**c, "curl": render(at, c["base"], c["faults"]), "good": render(direct if c.get("flaky") else at, c["base"], []), "flags": flags,
               "telling": not (c["how"] or c.get("terse") or SERVERS[server] == "terse")}


def render(at, base, faults):
    server, method, path, headers, body = copy.deepcopy(BASES[base])
    raw = []
    for f in faults:
        op, key, to = (*f, None)[:3]
        if op in ("set", "del", "ren"):
            *way, last = [p.replace("~1", "/") for p in key.split("/")[1:]]
            obj = body
            for k in way:
                obj = obj[int(k) if isinstance(obj, list) else k]
            last = int(last) if isinstance(obj, list) else last
            if op == "set": obj[last] = to
            elif op == "del": del obj[last]
            else:  # in its place
                items = [(to if k == last else k, v) for k, v in obj.items()]
                obj.clear()
                obj.update(items)
        elif op == "q":
            where, _, query = path.partition("?")
            pairs = [(k, to if k == key else v) for k, v in parse_qsl(query, keep_blank_values=True) if k != key or to is not None]
            if to is not None and key not in dict(pairs): pairs.append((key, to))
            path = where + ("?" + "&".join(f"{k}={quote(v, safe='-:,')}" for k, v in pairs) if pairs else "")
        elif op == "h":
            headers.pop(key, None)
            if to is not None: headers[key] = to
        elif op == "path": path = key
        elif op == "method": method = key
        elif op == "raw": raw.append((key, to))
        elif op == "body": body = key
        elif op in ("form", "renform"):
            pairs = body[1]
            if op == "renform": pairs[:] = [(to if k == key else k, v) for k, v in pairs]
            elif to is None: pairs[:] = [x for x in pairs if x[0] != key]
            elif key in dict(pairs): pairs[:] = [(k, to if k == key else v) for k, v in pairs]
            else: pairs.append((key, to))
    words = ["curl"] + (["-X", method] if method != ("GET" if body is None else "POST") else []) + [at + path]
    for k, v in headers.items():
        words += ["-H", f"{k}: {v}"]
    if isinstance(body, tuple) and body[0] == "multipart":
        for k, v in body[1]:
            words += ["-F", f"{k}={v.replace('RUN', RUN)}"]
    elif body is not None:
        if isinstance(body, tuple): text = "&".join(quote(k, safe="[]") + "=" + quote(v, safe="@:/ ").replace(" ", "+") for k, v in body[1])
        else: text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
        for old, new in raw:
            assert old in text, (old, text)
            text = text.replace(old, new, 1)
        words += ["-d", text]
    return " ".join(shlex.quote(w) for w in words)
