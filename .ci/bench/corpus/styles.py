"""How servers say no: in the words and shapes of many frameworks, or hardly at all.

A style takes (service, problems, status) and returns (status, header, text). A telling style names the place; each has the
phrases of its framework. TRAIN and TEST share no style, telling or opaque."""

import json

STATUS = {"route": 404, "id": 404, "method": 405, "auth": 401, "accept": 406, "ctype": 415, "parse": 400, "header": 400, "match": 412}
TITLE = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict",
         412: "Precondition Failed", 415: "Unsupported Media Type", 422: "Unprocessable Entity", 428: "Precondition Required", 500: "Internal Server Error"}


def status_of(s, p):
    if p.where == "match" and p.kind == "required":
        return 428
    return STATUS.get(p.where, s.status if p.where == "body" else 400)


# --- places

def dotted(p):
    return ".".join(map(str, p.path))


def bracket(p):
    return "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in p.path).lstrip(".")


def pointer(p):
    return "".join(f"/{x}" for x in p.path)


def pascal(p):
    return "".join(f"[{x}]" if isinstance(x, int) else "." + x[:1].upper() + x[1:] for x in p.path).lstrip(".")


def php(p):
    return str(p.path[0]) + "".join(f"[{x}]" for x in p.path[1:]) if p.path else ""


def nest(problems, say, index=True):
    """{"items": [{}, {"qty": ["…"]}]}, as DRF and marshmallow lay it out."""
    root = {}
    for p in problems:
        at = root
        for x in p.path[:-1]:
            at = at.setdefault(x, {})
            if isinstance(at, list):
                break
        if isinstance(at, dict):
            at.setdefault(p.path[-1] if p.path else "non_field_errors", []).append(say(p))

    def lay(x):
        if isinstance(x, list):
            return x
        if index and x and all(isinstance(k, int) for k in x):
            return [lay(x[i]) if i in x else {} for i in range(max(x) + 1)]
        return {str(k): lay(v) for k, v in x.items()}
    return lay(root)


# --- phrases

def phrase(words):
    def say(p):
        t = words.get(p.kind) or words["*"]
        i = dict(p.info)
        name = str(p.path[-1]) if p.path else "body"
        return t.format(f=name, v=p.value if not isinstance(p.value, (dict, list)) else "…", allowed=", ".join(map(str, i.get("allowed", []))), quoted=", ".join(f"'{x}'" for x in i.get("allowed", [])),
                        min=i.get("min", ""), max=i.get("max", ""), type=i.get("type", ""), form=i.get("form", ""), rx=i.get("rx", ""), n=i.get("n", ""), other=i.get("other", ""), op={"<": "after", "<=": "on or after"}.get(i.get("op"), ""))
    return say


JAVA = phrase({"required": "must not be null", "unknown": "Unrecognized field \"{f}\"", "type": "Cannot deserialize value as {type}", "enum": "must be one of [{allowed}]", "listed": "must be a valid {form}", "min": "must be greater than or equal to {min}",
               "max": "must be less than or equal to {max}", "maxlen": "size must be between 0 and {max}", "minitems": "size must be between {min} and {max}", "maxitems": "size must be between {min} and {max}", "pattern": "must match \"{rx}\"", "format": "must be a well-formed {form}",
               "decimals": "numeric value out of bounds (<10 digits>.<{n} digits> expected)", "blank": "must not be blank", "order": "must be {op} {other}", "sum": "must equal the sum of {other}", "sum100": "{other} must add up to 100", "needs": "requires {other}", "*": "is invalid"})
DJANGO = phrase({"required": "This field is required.", "unknown": "Unexpected field.", "type": "A valid {type} is required.", "enum": "\"{v}\" is not a valid choice.", "listed": "\"{v}\" is not a valid choice.", "min": "Ensure this value is greater than or equal to {min}.",
                 "max": "Ensure this value is less than or equal to {max}.", "maxlen": "Ensure this field has no more than {max} characters.", "minitems": "Ensure this field has at least {min} elements.", "maxitems": "Ensure this field has no more than {max} elements.",
                 "pattern": "This value does not match the required pattern.", "format": "Enter a valid {form}.", "decimals": "Ensure that there are no more than {n} decimal places.", "blank": "This field may not be blank.", "order": "Must be {op} {other}.", "sum": "Does not match the sum of {other}.", "*": "Invalid value."})
PYDANTIC = phrase({"required": "Field required", "unknown": "Extra inputs are not permitted", "type": "Input should be a valid {type}", "enum": "Input should be {quoted}", "listed": "Input should be a valid {form}", "min": "Input should be greater than or equal to {min}", "max": "Input should be less than or equal to {max}",
                   "maxlen": "String should have at most {max} characters", "blank": "String should have at least 1 character", "minitems": "List should have at least {min} items after validation", "maxitems": "List should have at most {max} items after validation", "pattern": "String should match pattern '{rx}'",
                   "format": "Input should be a valid {form}", "decimals": "Decimal input should have no more than {n} decimal places", "order": "Value error, must be {op} {other}", "sum": "Value error, must equal the sum of {other}", "sum100": "Value error, {other} must add up to 100", "needs": "Value error, {f} needs {other}", "*": "Value error, invalid"})
AJV = phrase({"required": "must have required property '{f}'", "unknown": "must NOT have additional properties", "type": "must be {type}", "enum": "must be equal to one of the allowed values", "listed": "must be equal to one of the allowed values", "min": "must be >= {min}", "max": "must be <= {max}", "maxlen": "must NOT have more than {max} characters",
              "blank": "must NOT have fewer than 1 characters", "minitems": "must NOT have fewer than {min} items", "maxitems": "must NOT have more than {max} items", "pattern": "must match pattern \"{rx}\"", "format": "must match format \"{form}\"", "decimals": "must be multiple of 0.01", "order": "must be {op} {other}", "*": "must be valid"})
ZOD = phrase({"required": "Required", "unknown": "Unrecognized key(s) in object: '{f}'", "type": "Expected {type}", "enum": "Invalid enum value. Expected {quoted}, received '{v}'", "listed": "Invalid {form}", "min": "Number must be greater than or equal to {min}", "max": "Number must be less than or equal to {max}", "maxlen": "String must contain at most {max} character(s)",
              "blank": "String must contain at least 1 character(s)", "minitems": "Array must contain at least {min} element(s)", "maxitems": "Array must contain at most {max} element(s)", "pattern": "Invalid", "format": "Invalid {form}", "decimals": "Number must be a multiple of 0.01", "order": "must be {op} {other}", "*": "Invalid input"})
ZOD_CODES = {"required": "invalid_type", "type": "invalid_type", "unknown": "unrecognized_keys", "enum": "invalid_enum_value", "listed": "invalid_string", "min": "too_small", "max": "too_big", "maxlen": "too_big", "blank": "too_small", "minitems": "too_small", "maxitems": "too_big", "pattern": "invalid_string", "format": "invalid_string", "decimals": "not_multiple_of"}
RAILS = phrase({"required": "can't be blank", "unknown": "is not permitted", "type": "is not a {type}", "enum": "is not included in the list", "listed": "is not a valid {form}", "min": "must be greater than or equal to {min}", "max": "must be less than or equal to {max}", "maxlen": "is too long (maximum is {max} characters)", "blank": "can't be blank",
                "minitems": "is too short (minimum is {min})", "maxitems": "is too long (maximum is {max})", "pattern": "is invalid", "format": "is not a valid {form}", "decimals": "has too many decimal places", "order": "must be {op} {other}", "sum": "does not equal the sum of {other}", "*": "is invalid"})
LARAVEL = phrase({"required": "The {f} field is required.", "unknown": "The {f} field is prohibited.", "type": "The {f} field must be {type}.", "enum": "The selected {f} is invalid.", "listed": "The selected {f} is invalid.", "min": "The {f} field must be at least {min}.", "max": "The {f} field must not be greater than {max}.", "maxlen": "The {f} field must not be greater than {max} characters.",
                  "blank": "The {f} field is required.", "minitems": "The {f} field must have at least {min} items.", "maxitems": "The {f} field must not have more than {max} items.", "pattern": "The {f} field format is invalid.", "format": "The {f} field must be a valid {form}.", "decimals": "The {f} field must have 0-{n} decimal places.", "order": "The {f} field must be a date after or equal to {other}.", "*": "The {f} field is invalid."})
DOTNET = phrase({"required": "The {f} field is required.", "unknown": "The property {f} is not expected.", "type": "The JSON value could not be converted to System.{type}.", "enum": "The value '{v}' is not valid for {f}.", "listed": "The value '{v}' is not valid for {f}.", "min": "The field {f} must be between {min} and {max}.", "max": "The field {f} must be between {min} and {max}.",
                 "maxlen": "The field {f} must be a string with a maximum length of {max}.", "blank": "The {f} field is required.", "minitems": "The field {f} must be an array with a minimum length of {min}.", "maxitems": "The field {f} must be an array with a maximum length of {max}.", "pattern": "The field {f} must match the regular expression '{rx}'.", "format": "The {f} field is not a valid {form}.",
                 "order": "{f} must be {op} {other}.", "*": "The value for {f} is invalid."})
PROSE = phrase({"required": "{f} is required", "unknown": "unknown field {f}", "type": "{f} must be of type {type}", "enum": "{f} must be one of {allowed}", "listed": "{f} is not a valid {form}", "min": "{f} must be at least {min}", "max": "{f} must be at most {max}", "maxlen": "{f} is longer than {max} characters", "blank": "{f} must not be empty", "minitems": "{f} needs at least {min} entries",
                "maxitems": "{f} takes at most {max} entries", "pattern": "{f} does not match {rx}", "format": "{f} is not a valid {form}", "decimals": "{f} has more than {n} decimals", "order": "{f} must be {op} {other}", "sum": "{f} is not the sum of {other}", "sum100": "the {other} of {f} must add up to 100", "needs": "{f} needs {other}", "*": "{f} is invalid"})
BRIEF = phrase({"required": "missing", "unknown": "unexpected", "*": "invalid"})


def general(p):
    """What is wrong outside of the fields, in a sentence."""
    where, kind = p.where, p.kind
    if where == "header":
        return f"Missing required header: {p.path[0]}" if kind == "required" else f"Invalid value of header {p.path[0]}, supported: {', '.join(p.info.get('allowed', []))}"
    return {"route": "No such endpoint", "id": "The requested resource does not exist", "method": f"Method not allowed, use {', '.join(p.info.get('allow', []))}",
            "auth": "Authentication credentials were not provided" if kind == "missing" else "Invalid or unknown credentials", "accept": "Not acceptable; available: application/json",
            "ctype": f"Unsupported content type '{p.value}', expected {p.info.get('offered')}", "match": "If-Match header is required" if kind == "required" else "The entity tag does not match",
            "parse": "Malformed request body: " + p.info.get("error", "")}[where]


def headers_for(s, p, status):
    h = {}
    if p.where == "method" and status == 405:
        h["Allow"] = ", ".join(p.info["allow"])
    if p.where == "auth" and status == 401 and s.auth == "basic":
        h["WWW-Authenticate"] = 'Basic realm="api"'
    if p.where == "auth" and status == 401 and s.auth == "bearer":
        h["WWW-Authenticate"] = 'Bearer realm="api"' if p.kind == "missing" else 'Bearer realm="api", error="invalid_token"'
    return h


def telling(fields_of, other, kind="application/json", status=None, one=False):
    """A style from two functions: the body for problems of fields, and the body for everything else."""
    def answer(s, problems, _=None):
        p = problems[0]
        code = status_of(s, p)
        if p.where in ("body", "query"):
            code = status or code
            body = fields_of(s, problems[:1] if one else problems, code)
        else:
            body = other(s, general(p), code)
        return code, {"Content-Type": kind} | headers_for(s, p, code), body if isinstance(body, str) else json.dumps(body)
    return answer


def items(of):
    return lambda s, ps, code: [of(p) for p in ps]


def first_up(t):
    return t[:1].upper() + t[1:]


def stamp(s):
    return "2026-11-22T10:00:00.000+00:00"


def jackson(s, ps, c):
    """Jackson speaks of what cannot be bound; the rest is the validator's."""
    p = ps[0]
    chain = " (through reference chain: com.acme." + s.singular().title() + "Dto" + "".join(f"->java.util.ArrayList[{x}]" if isinstance(x, int) else f'["{x}"]' for x in p.path) + ")"
    if p.where == "body" and p.kind in ("type", "unknown", "enum"):
        what = {"type": f"Cannot deserialize value of type `{p.info.get('type', '')}` from {'String' if isinstance(p.value, str) else 'Array value' if isinstance(p.value, list) else 'Object value' if isinstance(p.value, dict) else 'Number'} value",
                "enum": f"Cannot deserialize value of type `com.acme.{str(p.path[-1]).title()}` from String \"{p.value}\": not one of the values accepted for Enum class: [{', '.join(p.info.get('allowed', []))}]", "unknown": f"Unrecognized field \"{p.path[-1] if p.path else ''}\" (class com.acme.{s.singular().title()}Dto), not marked as ignorable"}[p.kind]
        return {"status": c, "message": "JSON parse error: " + what + chain}
    return {"status": c, "message": f"{bracket(p)}: {JAVA(p)}"}


TELLING_TRAIN = {
    "spring": telling(lambda s, ps, c: {"timestamp": stamp(s), "status": c, "error": TITLE[c], "message": f"Validation failed for object='{s.singular()}Request'. Error count: {len(ps)}", "path": "/" + "/".join(s.path()),
                      "errors": [{"codes": ["Invalid." + dotted(p)], "objectName": s.singular() + "Request", "field": bracket(p), "rejectedValue": p.value, "defaultMessage": JAVA(p), "bindingFailure": p.kind == "type"} for p in ps]},
                      lambda s, m, c: {"timestamp": stamp(s), "status": c, "error": TITLE[c], "message": m, "path": "/" + "/".join(s.path())}),
    "jackson": telling(jackson, lambda s, m, c: {"status": c, "message": m}, one=True),
    "drf": telling(lambda s, ps, c: nest(ps, DJANGO), lambda s, m, c: {"detail": m}, status=400),
    "fastapi": telling(lambda s, ps, c: {"detail": [{"type": p.kind, "loc": [p.where, *p.path], "msg": PYDANTIC(p), "input": p.value} for p in ps]}, lambda s, m, c: {"detail": m}, status=422),
    "ajv": telling(lambda s, ps, c: {"errors": [{"instancePath": pointer(p._replace(path=p.path[:-1])) if p.kind in ("required", "unknown") else pointer(p), "keyword": {"unknown": "additionalProperties", "min": "minimum", "max": "maximum"}.get(p.kind, p.kind),
                   "params": {"missingProperty": p.path[-1]} if p.kind == "required" else {"additionalProperty": p.path[-1]} if p.kind == "unknown" else {"allowedValues": p.info["allowed"]} if p.kind == "enum" else {}, "message": AJV(p)} for p in ps]}, lambda s, m, c: {"errors": [{"message": m}]}),
    "fastify": telling(lambda s, ps, c: {"statusCode": 400, "code": "FST_ERR_VALIDATION", "error": "Bad Request", "message": {"query": "querystring"}.get(ps[0].where, "body") + (pointer(ps[0]._replace(path=ps[0].path[:-1])) if ps[0].kind in ("required", "unknown") else pointer(ps[0])) + " " + AJV(ps[0])}, lambda s, m, c: {"statusCode": c, "error": TITLE[c], "message": m}, status=400, one=True),
    "zod": telling(lambda s, ps, c: {"success": False, "error": {"name": "ZodError", "issues": [{"code": ZOD_CODES.get(p.kind, "custom"), "path": list(p.path[:-1] if p.kind == "unknown" else p.path), "message": ZOD(p)} | ({"keys": [p.path[-1]]} if p.kind == "unknown" else {}) for p in ps]}}, lambda s, m, c: {"success": False, "error": {"message": m}}, status=400),
    "go-validator": telling(lambda s, ps, c: {"error": "\n".join(f"Key: 'Create{s.singular().title()}Request.{pascal(p)}' Error:Field validation for '{pascal(p).split('.')[-1]}' failed on the '{ {'enum': 'oneof', 'maxlen': 'max', 'format': p.info.get('form', ''), 'pattern': 'regexp'}.get(p.kind, p.kind)}' tag" for p in ps)}, lambda s, m, c: {"error": m}, status=400),
    "jsonapi": telling(lambda s, ps, c: {"errors": [{"status": str(c), "title": "Invalid attribute", "detail": PROSE(p), "source": {"parameter": dotted(p)} if p.where == "query" else {"pointer": pointer(p)}} for p in ps]}, lambda s, m, c: {"errors": [{"status": str(c), "title": TITLE[c], "detail": m}]}, "application/vnd.api+json"),
    "problem": telling(lambda s, ps, c: {"type": "https://api.example.com/problems/validation-error", "title": "Your request is not valid.", "status": c, "errors": [{"detail": PROSE(p), **({"parameter": dotted(p)} if p.where == "query" else {"pointer": "#" + pointer(p)})} for p in ps]}, lambda s, m, c: {"type": "about:blank", "title": TITLE[c], "status": c, "detail": m}, "application/problem+json"),
    "stripe": telling(lambda s, ps, c: {"error": {"type": "invalid_request_error", "code": "parameter_missing" if ps[0].kind == "required" else "parameter_unknown" if ps[0].kind == "unknown" else "parameter_invalid", "param": php(ps[0]), "message": PROSE(ps[0])}}, lambda s, m, c: {"error": {"type": "invalid_request_error", "message": m}}, status=400, one=True),
    "plain": telling(lambda s, ps, c: "; ".join(f"{bracket(p)}: {PROSE(p)}" for p in ps), lambda s, m, c: m, "text/plain; charset=utf-8"),
    "name only": telling(lambda s, ps, c: {"code": "VALIDATION_ERROR", "fields": [{"name": dotted(p), "reason": BRIEF(p)} for p in ps]}, lambda s, m, c: {"code": TITLE[c].upper().replace(" ", "_"), "message": m}),
    "sentence": telling(lambda s, ps, c: {"success": False, "msg": first_up(PROSE(ps[0])) + "."}, lambda s, m, c: {"success": False, "msg": m}, one=True),
}

TELLING_TEST = {
    "rails": telling(lambda s, ps, c: {"errors": {dotted(p): [RAILS(p)] for p in ps}}, lambda s, m, c: {"error": m, "status": c}, status=422),
    "rails-full": telling(lambda s, ps, c: {"errors": [str(p.path[-1] if p.path else "Base").replace("_", " ").capitalize() + " " + RAILS(p) for p in ps]}, lambda s, m, c: {"errors": [m]}, status=422),
    "laravel": telling(lambda s, ps, c: {"message": LARAVEL(ps[0]) + (f" (and {len(ps) - 1} more error)" if len(ps) > 1 else ""), "errors": {dotted(p): [LARAVEL(p)] for p in ps}}, lambda s, m, c: {"message": m}, status=422),
    "google": telling(lambda s, ps, c: {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": f"Invalid value at '{bracket(ps[0])}'", "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": bracket(p), "description": PROSE(p)} for p in ps]}]}}, lambda s, m, c: {"error": {"code": c, "message": m, "status": TITLE[c].upper().replace(" ", "_")}}, status=400),
    "aws": telling(lambda s, ps, c: {"__type": "ValidationException", "message": f"{len(ps)} validation error{'s' * (len(ps) > 1)} detected: " + "; ".join(f"Value {json.dumps(p.value) if p.value is None else repr(p.value)} at '{dotted(p)}' failed to satisfy constraint: Member {JAVA(p)}" for p in ps)}, lambda s, m, c: {"__type": TITLE[c].replace(" ", "") + "Exception", "message": m}, "application/x-amz-json-1.1", status=400),
    "odata": telling(lambda s, ps, c: {"error": {"code": "InvalidInput", "message": "The request is invalid.", "target": pointer(ps[0]).lstrip("/"), "details": [{"code": "Invalid", "target": pointer(p).lstrip("/"), "message": PROSE(p)} for p in ps]}}, lambda s, m, c: {"error": {"code": TITLE[c].replace(" ", ""), "message": m}}, status=400),
    "aspnet": telling(lambda s, ps, c: {"type": "https://tools.ietf.org/html/rfc9110#section-15.5.1", "title": "One or more validation errors occurred.", "status": 400, "errors": {("$." + dotted(p) if p.kind == "type" else pascal(p)): [DOTNET(p)] for p in ps}, "traceId": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"}, lambda s, m, c: {"type": "about:blank", "title": TITLE[c], "status": c, "detail": m}, "application/problem+json", status=400),
    "joi": telling(lambda s, ps, c: {"statusCode": 400, "error": "Bad Request", "message": f'"{bracket(ps[0])}" ' + {"required": "is required", "unknown": "is not allowed"}.get(ps[0].kind, AJV(ps[0])), "validation": {"source": "payload" if ps[0].where == "body" else "query", "keys": [dotted(ps[0])]}}, lambda s, m, c: {"statusCode": c, "error": TITLE[c], "message": m}, status=400, one=True),
    "nestjs": telling(lambda s, ps, c: {"statusCode": 400, "message": [(f"property {dotted(p)} should not exist" if p.kind == "unknown" else f"{dotted(p)} should not be empty" if p.kind == "required" else f"{dotted(p)} {AJV(p)}") for p in ps], "error": "Bad Request"}, lambda s, m, c: {"statusCode": c, "message": m, "error": TITLE[c]}, status=400),
    "symfony": telling(lambda s, ps, c: {"type": "https://symfony.com/errors/validation", "title": "Validation Failed", "detail": "\n".join(f"{bracket(p)}: {JAVA(p)}" for p in ps), "violations": [{"propertyPath": bracket(p), "title": JAVA(p), "parameters": {}} for p in ps]}, lambda s, m, c: {"title": TITLE[c], "status": c, "detail": m}, "application/problem+json", status=422),
    "github": telling(lambda s, ps, c: {"message": "Validation Failed", "errors": [{"resource": s.singular().title(), "field": dotted(p), "code": "missing_field" if p.kind == "required" else "invalid"} for p in ps], "documentation_url": "https://docs.example.com/rest"}, lambda s, m, c: {"message": m, "status": str(c)}, status=422),
    "marshmallow": telling(lambda s, ps, c: {"code": 422, "status": "Unprocessable Entity", "errors": {"json" if ps[0].where == "body" else "query": nest(ps, DJANGO, index=False)}}, lambda s, m, c: {"code": c, "message": m, "status": TITLE[c]}, status=422),
    "html": telling(lambda s, ps, c: f"<!doctype html><html><head><title>{c} {TITLE[c]}</title></head><body><h1>{TITLE[c]}</h1><ul>" + "".join(f"<li>{PROSE(p)}</li>" for p in ps) + "</ul></body></html>", lambda s, m, c: f"<html><body><h1>{TITLE[c]}</h1><p>{m}</p></body></html>", "text/html; charset=utf-8"),
    "salesforce": telling(lambda s, ps, c: [{"message": PROSE(p), "errorCode": "REQUIRED_FIELD_MISSING" if p.kind == "required" else "INVALID_FIELD" if p.kind == "unknown" else "FIELD_INTEGRITY_EXCEPTION", "fields": [str(p.path[-1])] if p.path else []} for p in ps], lambda s, m, c: [{"message": m, "errorCode": TITLE[c].upper().replace(" ", "_")}], status=400),
    "graphql-ish": telling(lambda s, ps, c: {"data": None, "errors": [{"message": PROSE(p), "path": [s.singular()], "extensions": {"code": "BAD_USER_INPUT", "argumentName": dotted(p)}} for p in ps]}, lambda s, m, c: {"errors": [{"message": m, "extensions": {"code": TITLE[c].upper().replace(" ", "_")}}]}, status=400),
}


def opaque(text, kind="application/json", flat=None, fields=None):
    """A style that says the same whatever is wrong; flat: one status for everything, fields: one for fields only."""
    def answer(s, problems, _=None):
        p = problems[0]
        code = flat or (fields if fields and p.where in ("body", "query") else status_of(s, p))
        body = text(s, code) if callable(text) else text
        return code, ({"Content-Type": kind} if body else {}) | (headers_for(s, p, code) if not flat else {}), body
    return answer


def nginx(s, c):
    return f"<html>\r\n<head><title>{c} {TITLE[c]}</title></head>\r\n<body>\r\n<center><h1>{c} {TITLE[c]}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"


OPAQUE_TRAIN = {
    "empty": opaque(""), "empty 400": opaque("", flat=400), "fixed sentence": opaque('{"message":"The request could not be processed."}', fields=422), "generic code": opaque('{"error":{"code":"E1002","message":"Validation failed"}}', fields=400),
    "status text": opaque(lambda s, c: TITLE[c], "text/plain"), "nginx page": opaque(nginx, "text/html"), "all 404": opaque('{"error":"not found"}', flat=404), "all 500": opaque('{"status":500,"error":"Internal Server Error"}', flat=500), "bad request": opaque('{"error":"Bad Request"}', flat=400),
}
OPAQUE_TEST = {
    "ok false": opaque('{"ok":false}', flat=400), "errno": opaque('{"errno":1004,"errmsg":"param error"}', flat=400), "text": opaque("Invalid request\n", "text/plain", fields=422), "soft": opaque('{"success":false,"data":null}', flat=200), "request id": opaque('{"message":"Invalid input","requestId":"7f9c1e20"}', fields=400),
    "tomcat page": opaque(lambda s, c: f"<!doctype html><html lang=\"en\"><head><title>HTTP Status {c} – {TITLE[c]}</title></head><body><h1>HTTP Status {c} – {TITLE[c]}</h1><hr class=\"line\" /><h3>Apache Tomcat/10.1.18</h3></body></html>", "text/html;charset=utf-8"), "hidden 404": opaque("", flat=404), "crash": opaque("Internal Server Error", "text/plain", fields=500), "localised": opaque('{"fehler":"Die Anfrage ist ungültig."}', flat=400),
}


def choose(r, family):
    """A style of the family: (name, whether it tells, the style)."""
    tells = r.random() < 0.52
    table = (TELLING_TRAIN if tells else OPAQUE_TRAIN) if family == "train" else (TELLING_TEST if tells else OPAQUE_TEST)
    name = r.choice(sorted(table))
    return name, tells, table[name]
