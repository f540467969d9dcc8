"""subset.py IN OUT PATH…: the paths of an OpenAPI document with all that they refer to."""
import json
import sys

doc, paths = json.load(open(sys.argv[1])), sys.argv[3:]
out = {k: doc[k] for k in ("openapi", "info", "servers", "security") if k in doc}
out["paths"], out["components"] = {p: doc["paths"][p] for p in paths}, {}
todo = [out["paths"]]
while todo:
    at = todo.pop()
    for v in at.values() if isinstance(at, dict) else at:
        if isinstance(v, (dict, list)):
            todo.append(v)
    ref = at.get("$ref") if isinstance(at, dict) else None
    if isinstance(ref, str):
        _, _, kind, name = ref.split("/")
        if name not in out["components"].setdefault(kind, {}):
            out["components"][kind][name] = doc["components"][kind][name]
            todo.append(out["components"][kind][name])
json.dump(out, open(sys.argv[2], "w"))
