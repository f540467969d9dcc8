"""py.py NAME PORT: one of the Python servers."""
import json
import re
import sys
from wsgiref.simple_server import WSGIServer, WSGIRequestHandler, make_server
from socketserver import ThreadingMixIn

name, port = sys.argv[1], int(sys.argv[2])


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *a): pass


def wsgi(app): make_server("127.0.0.1", port, app, Threads, Quiet).serve_forever()


def django():
    from django.conf import settings
    settings.configure(DEBUG=False, ROOT_URLCONF="urls", ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="x", USE_TZ=True, LOGGING_CONFIG=None, APPEND_SLASH=True, MIDDLEWARE=["django.middleware.common.CommonMiddleware"])
    import django as d, types
    d.setup()
    from django import forms
    from django.core.wsgi import get_wsgi_application
    from django.http import JsonResponse
    from django.urls import path
    from django.views.decorators.http import require_POST

    class Visit(forms.Form):
        visitor = forms.CharField(max_length=60)
        email = forms.EmailField()
        arrival = forms.DateTimeField()
        floor = forms.IntegerField(min_value=0, max_value=12)
        badge = forms.ChoiceField(choices=[(x, x) for x in ("guest", "contractor", "press")])
        host = forms.UUIDField()
        car = forms.RegexField(r"^[A-Z0-9-]{4,10}$", required=False)

    @require_POST
    def visits(request):
        form = Visit(request.POST)
        return JsonResponse({"id": 31}, status=201) if form.is_valid() else JsonResponse({"errors": form.errors}, status=400)
    urls = types.ModuleType("urls")
    urls.urlpatterns = [path("visits/", visits)]
    sys.modules["urls"] = urls
    wsgi(get_wsgi_application())


def pyramid():
    from cerberus import Validator
    from pyramid.config import Configurator
    from pyramid.httpexceptions import HTTPBadRequest
    schema = {"site": {"type": "string", "regex": "[A-Z]{2}-[0-9]{3}", "required": True}, "logged_by": {"type": "string", "required": True},
              "species": {"type": "list", "minlength": 1, "required": True, "schema": {"type": "dict", "schema": {
                  "taxon": {"type": "string", "required": True}, "count": {"type": "integer", "min": 1, "required": True}, "sex": {"allowed": ["m", "f", "unknown"]}, "certain": {"type": "boolean"}}}},
              "weather": {"type": "dict", "schema": {"wind_bft": {"type": "integer", "min": 0, "max": 12}, "celsius": {"type": "float"}}}, "habitat": {"type": "string", "allowed": ["forest", "wetland", "meadow", "urban"]}}

    def observe(request):
        try: body = request.json_body
        except ValueError as e: raise HTTPBadRequest(str(e))
        v = Validator(schema)
        if not isinstance(body, dict) or not v.validate(body):
            request.response.status = 400
            return {"status": "error", "errors": v.errors}
        request.response.status = 201
        return {"id": 5}

    with Configurator() as c:
        c.add_route("o", "/observations", request_method="POST")
        c.add_view(observe, route_name="o", renderer="json")
        wsgi(c.make_wsgi_app())


def tornado():
    import asyncio
    import voluptuous as v
    import tornado.web as w
    date = v.Datetime("%Y-%m-%d")
    schema = v.Schema({v.Required("course"): v.Match(r"^[A-Z]{2,4}\d{3}$"), v.Required("term"): v.In(["spring", "summer", "autumn"]), v.Required("credits"): v.All(int, v.Range(min=1, max=30)), v.Required("starts"): date,
                       v.Required("students"): [{v.Required("id"): int, v.Required("email"): v.Email(), "auditor": bool}], "room": str, "online": bool})

    class Enrol(w.RequestHandler):
        def post(self):
            try: schema(json.loads(self.request.body))
            except ValueError as e: raise w.HTTPError(400, reason="Bad JSON")
            except v.MultipleInvalid as e:
                self.set_status(400)
                return self.finish({"message": str(e)})
            self.set_status(201); self.finish({"id": 1})

    class Courses(w.RequestHandler):  # tornado's own: a missing argument is a page of 400
        def get(self):
            year = self.get_argument("year")
            if not year.isdigit(): raise w.HTTPError(400)
            self.finish({"courses": []})

    async def main():
        w.Application([("/enrolments", Enrol), ("/courses", Courses)]).listen(port, "127.0.0.1")
        await asyncio.Event().wait()
    asyncio.run(main())


def restful():
    from flask import Flask
    from flask_restful import Api, Resource, inputs, reqparse
    app = Flask(__name__)
    api = Api(app)
    p = reqparse.RequestParser(bundle_errors=True)
    p.add_argument("title", required=True, help="title cannot be blank", location="json")
    p.add_argument("priority", type=int, choices=(1, 2, 3, 4), required=True, location="json")
    p.add_argument("due", type=inputs.date, location="json")
    p.add_argument("assignee", type=inputs.regex(r"^@[a-z0-9_]+$"), location="json")
    p.add_argument("X-Workspace", required=True, location="headers")
    q = reqparse.RequestParser()
    q.add_argument("done", type=inputs.boolean, location="args")
    q.add_argument("since", type=inputs.datetime_from_iso8601, location="args")
    q.add_argument("limit", type=inputs.int_range(1, 100), location="args")

    class Tasks(Resource):
        def post(self): p.parse_args(); return {"id": 8}, 201
        def get(self): q.parse_args(); return []
    api.add_resource(Tasks, "/api/tasks")
    wsgi(app)


def webargs():
    from bottle import Bottle, HTTPResponse
    from webargs import fields, validate
    from webargs.bottleparser import BottleParser
    parser = BottleParser()
    app = Bottle()
    order = {"table": fields.Int(required=True, validate=validate.Range(1, 60), strict=True), "covers": fields.Int(required=True), "at": fields.DateTime(required=True),
             "dishes": fields.List(fields.Nested({"dish": fields.Str(required=True), "qty": fields.Int(required=True, strict=True, validate=validate.Range(1)), "notes": fields.Str()}), required=True, validate=validate.Length(1)),
             "channel": fields.Str(validate=validate.OneOf(["dine-in", "takeaway", "delivery"]), required=True), "tip": fields.Decimal()}

    @parser.error_handler
    def fail(e, req, schema, *, error_status_code, error_headers): raise HTTPResponse(json.dumps(e.messages), status=422, headers={"Content-Type": "application/json"})

    @app.post("/orders")
    @parser.use_args(order, location="json")
    def make(args): return HTTPResponse('{"id": 2}', 201, {"Content-Type": "application/json"})

    @app.get("/orders")
    @parser.use_args({"day": fields.Date(required=True), "status": fields.Str(validate=validate.OneOf(["open", "paid", "void"])), "page": fields.Int(validate=validate.Range(1))}, location="query")
    def show(args): return {"orders": []}
    wsgi(app)


def spyne():
    from spyne import Application, ComplexModel, Date, Decimal, Integer, Iterable, ServiceBase, Unicode, rpc, Array
    from spyne.protocol.soap import Soap11
    from spyne.server.wsgi import WsgiApplication

    class Line(ComplexModel):
        __namespace__ = "urn:customs"
        code = Unicode(pattern=r"\d{8}", min_occurs=1, nillable=False)
        weight = Decimal(gt=0, min_occurs=1)
        origin = Unicode(pattern="[A-Z]{2}", min_occurs=1)
        quantity = Integer(min_occurs=1)

    class Customs(ServiceBase):
        @rpc(Unicode(min_occurs=1, nillable=False), Date(min_occurs=1, nillable=False), Unicode(values=["import", "export", "transit"], min_occurs=1), Array(Line, min_occurs=1), _returns=Unicode)
        def declare(ctx, reference, arrival, procedure, lines): return "ok"
    wsgi(WsgiApplication(Application([Customs], "urn:customs", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())))


globals()[name]()
