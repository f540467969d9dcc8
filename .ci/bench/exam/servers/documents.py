"""documents.py OUT PLAID LAUNCHDARKLY DOCUSIGN XSOAR: the paths that the exam uses, with all they refer to, as JSON."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../mocks/servers"))
sys.dont_write_bytecode = True
import yaml  # noqa: E402

argv, sys.argv = sys.argv, sys.argv[:2]
from documents import subset  # noqa: E402  (that of mocks: it has no files to read here)

KEEP = {"plaid": (2, ["/transactions/get"]), "plaidlink": (2, ["/link/token/create"]), "pay": (2, ["/payment_initiation/payment/create"]),
        "ld": (3, ["/api/v2/flags/{projectKey}", "/api/v2/metrics/{projectKey}"]),
        "docusign": (4, ["/v2.1/accounts/{accountId}/envelopes", "/v2.1/accounts/{accountId}/envelopes/{envelopeId}/views/recipient"]),
        "xsoar": (5, ["/incident"])}
docs = {}
for name, (at, paths) in KEEP.items():
    if argv[at] not in docs:
        docs[argv[at]] = json.load(open(argv[at])) if argv[at].endswith(".json") else yaml.load(open(argv[at]), Loader=yaml.CSafeLoader)
    if name == "docusign":  # what makes an envelope is a document of its own
        docs[argv[at]]["paths"][paths[0]].pop("post")
    if name in ("docusign", "xsoar"):  # their answers are documents of megabytes, some without end
        for path in paths:
            for op in docs[argv[at]]["paths"][path].values():
                if isinstance(op, dict) and name == "docusign":
                    op["responses"]["201" if "requestBody" in op else "200"] = {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}, "example": {"url": "https://demo.docusign.net/Signing/1"}}}}
                for r in (r for r in (op.get("responses", {}) if isinstance(op, dict) else {}).values() if isinstance(r, dict)):
                    r.pop("schema", None)
                    for media in r.get("content", {}).values():
                        media["schema"] = {"type": "object"}
    doc = subset(docs[argv[at]], paths)
    doc.pop("basePath", None)
    json.dump(doc, open(f"{argv[1]}/{name}.json", "w"), default=str)
