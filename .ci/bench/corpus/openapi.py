"""The OpenAPI document that a service would publish."""


def schema(s, flds):
    props, required = {}, []
    for f in flds:
        one = schema(s, f.kids) if f.kids else f.type.schema()
        name = s.spell(f.name)
        props[name] = {"type": "array", "items": one, "minItems": f.many[0], "maxItems": f.many[1]} if f.many else one
        if f.required:
            required.append(name)
    out = {"type": "object", "properties": props}
    if required:
        out["required"] = required
    if s.strict:
        out["additionalProperties"] = False
    return out


def document(s):
    op = {"operationId": s.op + s.singular().title(), "parameters": [], "responses": {"200": {"description": "as asked"}, str(s.status): {"description": "not valid"}}}
    if s.op == "list":
        op["parameters"] = [{"name": s.spell(f.name), "in": "query", "required": f.required, "schema": f.type.schema()} for f in s.query]
    if s.version:
        op["parameters"].append({"name": s.version[0], "in": "header", "required": True, "schema": {"type": "string", "enum": [s.version[1]]}})
    if s.idem:
        op["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "format": "uuid"}})
    if not s.bodyless:
        body = schema(s, s.body)
        for w in reversed(s.wrap):
            body = {"type": "object", "properties": {w: body}, "required": [w]}
        op["requestBody"] = {"required": True, "content": {"application/x-www-form-urlencoded" if s.enc == "form" else "application/json": {"schema": body}}}
    path = s.path()
    if s.id in path:
        path = path[:-1] + ["{id}"]
        op["parameters"].append({"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
    doc = {"openapi": "3.0.3", "info": {"title": s.domain, "version": "1"}, "paths": {"/" + "/".join(path): {s.method.lower(): op}}}
    if s.auth:
        scheme = {"bearer": {"type": "http", "scheme": "bearer"}, "basic": {"type": "http", "scheme": "basic"}, "key": {"type": "apiKey", "in": "header", "name": s.keyname}}[s.auth]
        doc |= {"components": {"securitySchemes": {"main": scheme}}, "security": [{"main": []}]}
    return doc
