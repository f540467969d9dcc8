"""documents.py OUT FIGMA DOCKER DATADOG: the paths that the bench uses of three documents, with all they refer to, as JSON."""
import json
import sys

import yaml

KEEP = {"figma": ["/v1/files/{file_key}/comments", "/v2/webhooks", "/v1/images/{file_key}"],
        "docker": ["/containers/json", "/volumes/create", "/networks/create", "/containers/{id}/stop", "/containers/create"],
        "datadog": ["/api/v1/events", "/api/v1/downtime", "/api/v1/metrics"]}


def subset(doc, paths):
    out = {k: v for k, v in doc.items() if k not in ("paths", "components", "definitions", "parameters", "responses", "tags", "servers")}
    out["paths"] = {p: doc["paths"][p] for p in paths}
    todo = [out["paths"]]
    if "components" in doc:
        out["components"] = {"securitySchemes": doc["components"].get("securitySchemes", {})}
    while todo:
        at = todo.pop()
        todo += [v for v in (at.values() if isinstance(at, dict) else at) if isinstance(v, (dict, list))]
        ref = at.get("$ref") if isinstance(at, dict) else None
        if isinstance(ref, str):
            *where, name = ref.split("/")[1:]
            src, dst = doc, out
            for k in where:
                src, dst = src[k], dst.setdefault(k, {})
            if name not in dst:
                dst[name] = src[name]
                todo.append(src[name])
    return out


for name, file in zip(KEEP, sys.argv[2:]):
    doc = subset(yaml.load(open(file), Loader=yaml.CSafeLoader), KEEP[name])
    if name == "docker":
        doc["basePath"] = "/"
    json.dump(doc, open(f"{sys.argv[1]}/{name}.json", "w"), default=str)
