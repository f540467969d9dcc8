"""Renders cases.py as curl commands for the servers that run."""
import json
import os
import re

from cases import BASES, CASES, SOFT

RUN = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")) + "/culprit-bench/services/run"


def cases():
    ports, values = json.load(open(RUN + "/ports.json")), json.load(open(RUN + "/values.json"))
    for c in CASES:
        good = bad = BASES[c["base"]]
        for old, new in c["faults"]:
            assert old in bad, (c["name"], old)
            bad = bad.replace(old, new, 1)

        def fill(text, how):
            def at(m):
                n = m[1]
                if n in values: return values[n]
                return ("https" if n == "icinga" and not how else "http") + f"://127.0.0.1:{ports[n + '.' + how if how else n]}" if n in ports else m[0]
            return re.sub(r"\$(\w+)", at, text)
        good, bad = fill(good, "" if c.get("flaky") else c["how"]), fill(bad, c["how"])
        flags = ["--good-curl", good] if c.get("good_curl") else []
        soft = SOFT.get(c["base"])
        if soft: flags += ["--expect", soft]
        yield {**c, "curl": bad, "good": good, "flags": flags, "telling": not (c.get("terse") or c["how"]), "ok": soft or ""}
