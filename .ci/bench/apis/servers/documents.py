"""documents.py OUT PAGERDUTY ASANA OKTA ORY K8S: the paths that the bench uses of five documents, with all they refer to, as JSON."""
import json
import sys

import yaml

KEEP = {"pagerduty": ["/incidents", "/maintenance_windows"], "asana": ["/tasks", "/projects", "/tasks/{task_gid}"],
        "okta": ["/api/v1/users", "/api/v1/groups", "/api/v1/eventHooks"], "ory": ["/admin/identities", "/admin/recovery/code", "/admin/clients"],
        "k8s": ["/api/v1/namespaces/{namespace}/services", "/api/v1/namespaces/{namespace}/pods", "/api/v1/namespaces/{namespace}/configmaps"]}


class Loader(yaml.CSafeLoader):
    """A date stays a string."""


Loader.yaml_implicit_resolvers = {k: [x for x in v if x[0] != "tag:yaml.org,2002:timestamp"] for k, v in yaml.CSafeLoader.yaml_implicit_resolvers.items()}


def key(at, k): return int(k) if isinstance(at, list) else k.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")


def subset(doc, paths):
    out = {k: v for k, v in doc.items() if k not in ("paths", "components", "definitions", "parameters", "responses", "tags", "servers") and not k.startswith("x-")}
    out["paths"] = {p: doc["paths"][p] for p in paths}
    todo = [out["paths"]]
    if "components" in doc: out["components"] = {"securitySchemes": doc["components"].get("securitySchemes", {})}
    while todo:
        at = todo.pop()
        todo += [v for v in (at.values() if isinstance(at, dict) else at) if isinstance(v, (dict, list))]
        ref = at.get("$ref") if isinstance(at, dict) else None
        if not isinstance(ref, str): continue
        where = ref.split("/")[1:]
        src, dst = doc, out
        if len(where) > 3 or where[0] == "paths":  # into the middle of something: as it is
            for k in where: src = src[key(src, k)]
            at.pop("$ref"), at.update(src), todo.append(at)
            continue
        for k in where[:-1]: src, dst = src[k], dst.setdefault(k, {})
        name = key(src, where[-1])
        if name not in dst:
            dst[name] = src[name]
            todo.append(src[name])
    return out


def plain(at):
    """Without the examples, which Prism would answer with whatever they are; an answer of PagerDuty's has none that fits its own schema."""
    if isinstance(at, dict): return {k: plain(v) for k, v in at.items() if k not in ("example", "examples") or isinstance(v, dict) and "type" in v}
    return [plain(v) for v in at] if isinstance(at, list) else at


for name, file in zip(KEEP, sys.argv[2:]):
    doc = subset(yaml.load(open(file), Loader=Loader), KEEP[name])
    if name in ("pagerduty", "okta"): doc = plain(doc)
    if name == "k8s": doc.pop("basePath", None), doc.update(host="127.0.0.1")
    json.dump(doc, open(f"{sys.argv[1]}/{name}.json", "w"), default=str)
