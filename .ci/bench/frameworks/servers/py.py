"""Servers of Python's frameworks (Debian's packages): /usr/bin/python3 py.py flask|drf|fastapi|aiohttp|falcon PORT"""
import itertools
import logging
import sys

name, port = sys.argv[1], int(sys.argv[2])
ids = itertools.count(1001)
logging.disable(logging.CRITICAL)


def flask_():
    from flask import Flask, jsonify, request
    from marshmallow import RAISE, Schema, ValidationError, fields, validate

    class Item(Schema):
        code = fields.Str(required=True, validate=validate.Regexp(r"^[A-Z]{2}-\d+$"))
        qty = fields.Int(required=True, strict=True, validate=validate.Range(min=1, max=99))
        price = fields.Decimal(places=2)

    class Ticket(Schema):
        class Meta:
            unknown = RAISE

        subject = fields.Str(required=True, validate=validate.Length(max=40))
        email = fields.Email(required=True)
        priority = fields.Str(validate=validate.OneOf(["low", "normal", "urgent"]))
        due = fields.Date()
        opened_at = fields.DateTime()
        customer_id = fields.UUID()
        billable = fields.Bool(truthy={True}, falsy={False})
        items = fields.List(fields.Nested(Item))

    app = Flask(__name__)

    @app.post("/api/v2/tickets")
    def create():
        try:
            Ticket().load(request.get_json())
        except ValidationError as e:
            return jsonify(code=422, status="Unprocessable Entity", errors={"json": e.messages}), 422
        return jsonify(id=next(ids)), 201

    @app.get("/api/v2/tickets")
    def index():
        args = request.args
        try:
            page = int(args.get("page", "1"))
            assert page > 0 and args.get("status", "open") in ("open", "closed")
        except (ValueError, AssertionError):
            return jsonify(code=400, status="Bad Request"), 400
        return jsonify(page=page, tickets=[])

    app.run("127.0.0.1", port)


def drf():
    from django.conf import settings
    settings.configure(DEBUG=False, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x", INSTALLED_APPS=["rest_framework"],
                       MIDDLEWARE=["django.middleware.common.CommonMiddleware"], REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]})
    import django
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.urls import path
    from rest_framework import authentication, exceptions, permissions, serializers, views
    from rest_framework.response import Response

    class User:
        is_authenticated = True

    class Token(authentication.BaseAuthentication):
        def authenticate(self, request):
            words = authentication.get_authorization_header(request).decode().split()
            if not words or words[0].lower() != "token":
                return None
            if len(words) != 2:
                raise exceptions.AuthenticationFailed("Invalid token header. Token string should not contain spaces.")
            if words[1] != "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b":
                raise exceptions.AuthenticationFailed("Invalid token.")
            return User(), words[1]

        def authenticate_header(self, request):
            return "Token"

    class Author(serializers.Serializer):
        name = serializers.CharField(max_length=30)
        email = serializers.EmailField()

    class Article(serializers.Serializer):
        title = serializers.CharField(max_length=50)
        body = serializers.CharField()
        status = serializers.ChoiceField(["draft", "published"])
        published = serializers.DateTimeField(required=False)
        word_count = serializers.IntegerField(min_value=0)
        score = serializers.DecimalField(max_digits=4, decimal_places=2)
        slug = serializers.SlugField()
        authors = Author(many=True)
        tags = serializers.ListField(child=serializers.CharField(max_length=12), max_length=4)

    class Articles(views.APIView):
        authentication_classes = [Token]
        permission_classes = [permissions.IsAuthenticated]

        def post(self, request):
            Article(data=request.data).is_valid(raise_exception=True)
            return Response({"id": next(ids)}, 201)

        def get(self, request):
            return Response({"count": 0, "results": []})

    global urlpatterns
    urlpatterns = [path("api/articles/", Articles.as_view())]
    from wsgiref.simple_server import WSGIRequestHandler, make_server
    WSGIRequestHandler.log_message = lambda *a: None
    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()


def fastapi():
    from datetime import date, datetime
    from enum import Enum
    from typing import List, Optional
    import uvicorn
    from fastapi import FastAPI, File, Form, Header, Path, Query, UploadFile
    from pydantic import BaseModel, EmailStr, Field, HttpUrl, StrictBool, conint

    class Role(str, Enum):
        admin = "admin"
        editor = "editor"

    class Address(BaseModel):
        street: str
        zip: str = Field(regex=r"^\d{5}$")
        country: str = Field(min_length=2, max_length=2)

    class User(BaseModel):
        email: EmailStr
        name: str = Field(max_length=30)
        age: conint(strict=True, ge=18)
        role: Role
        born: Optional[date]
        site: Optional[HttpUrl]
        active: StrictBool = True
        addresses: List[Address]

        class Config:
            extra = "forbid"

    app = FastAPI()

    @app.post("/users/", status_code=201)
    def create(user: User, x_request_source: str = Header(...)):
        return {"id": next(ids), "email": user.email}

    @app.get("/users/{user_id}")
    def get(user_id: int = Path(ge=1)):
        return {"id": user_id}

    @app.get("/events")
    def events(since: datetime, limit: int = Query(20, ge=1, le=100), kind: Optional[Role] = None):
        return {"events": []}

    @app.post("/documents")
    def upload(file: UploadFile = File(...), title: str = Form(...), pages: int = Form(...)):
        return {"id": next(ids)}

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical")


def aiohttp_():
    from aiohttp import web

    async def create(request):
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType()
        try:
            b = await request.json()
            assert isinstance(b["sensor"], str) and isinstance(b["value"], (int, float)) and b["unit"] in ("C", "F", "K")
            assert isinstance(b["at"], int) and b["at"] < 10_000_000_000
            assert all(isinstance(v, str) for v in b.get("labels", {}).values())
        except Exception:
            raise web.HTTPBadRequest()
        return web.json_response({"id": next(ids)}, status=201)

    async def latest(request):
        if request.headers.get("X-Auth-Token") != "aio-5521-xx":
            raise web.HTTPForbidden()
        try:
            int(request.query["window"])
        except (KeyError, ValueError):
            raise web.HTTPBadRequest()
        return web.json_response({"sensor": request.match_info["id"], "value": 20.5})

    app = web.Application()
    app.add_routes([web.post("/readings", create), web.get(r"/sensors/{id:[a-z]+-\d+}/latest", latest)])
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


def falcon_():
    import falcon
    from falcon.media.validators import jsonschema
    from wsgiref.simple_server import WSGIRequestHandler, make_server
    schema = {"type": "object", "required": ["plate", "from", "to"], "additionalProperties": False, "properties": {
        "plate": {"type": "string", "pattern": "^[A-Z]{1,3}-[A-Z]{1,2} \\d{1,4}$"}, "from": {"type": "string", "format": "date-time"}, "to": {"type": "string"},
        "zone": {"enum": ["A", "B", "C"]}, "minutes": {"type": "integer", "maximum": 240}, "contact": {"type": "object", "required": ["phone"], "properties": {"phone": {"type": "string"}, "sms": {"type": "boolean"}}}}}

    class Permits:
        @jsonschema.validate(schema)
        def on_post(self, req, resp):
            resp.media, resp.status = {"id": next(ids)}, 201

        def on_get(self, req, resp):
            req.get_param_as_int("limit", required=True, min_value=1, max_value=50)
            req.get_param_as_date("day")
            req.get_header("X-Operator", required=True)
            resp.media = {"permits": []}

    app = falcon.App()
    app.add_route("/permits", Permits())
    WSGIRequestHandler.log_message = lambda *a: None
    make_server("127.0.0.1", port, app).serve_forever()


{"flask": flask_, "drf": drf, "fastapi": fastapi, "aiohttp": aiohttp_, "falcon": falcon_}[name]()
