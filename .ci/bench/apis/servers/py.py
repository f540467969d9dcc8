"""The servers of Python: py.py NAME PORT."""
import sys

NAME, PORT = sys.argv[1], int(sys.argv[2])


def quart():
    """Quart with WTForms, whose messages are in French."""
    from quart import Quart, request
    from werkzeug.datastructures import MultiDict
    from wtforms import BooleanField, DateField, FieldList, Form, FormField, IntegerField, StringField
    from wtforms.i18n import DefaultTranslations, get_translations
    from wtforms.validators import AnyOf, DataRequired, Email, InputRequired, Length, NumberRange, Optional, Regexp

    class Translated(Form):
        class Meta:
            locales = ["fr"]

    class Visit(Translated):
        nom = StringField(validators=[DataRequired(), Length(2, 40)])
        arrivee = DateField(validators=[InputRequired()])
        personnes = IntegerField(validators=[InputRequired(), NumberRange(1, 12)])
        tarif = StringField(validators=[AnyOf(["plein", "reduit", "groupe"])])
        tel = StringField(validators=[Optional(), Regexp(r"^\+33\d{9}$")])
        guide = BooleanField()
        remarque = StringField(validators=[Length(max=60)])

    app = Quart("visits")

    @app.post("/visites")
    async def visit():
        form = Visit(MultiDict(await request.form))
        return ({"visite": 3}, 201) if form.validate() else ({"erreurs": form.errors}, 400)

    app.run("127.0.0.1", PORT, use_reloader=False)


def starlette():
    """Starlette with pydantic 1, as services before FastAPI's days are."""
    import uvicorn
    from datetime import date
    from decimal import Decimal
    from enum import Enum
    from pydantic import BaseModel, Extra, Field, HttpUrl, ValidationError, conint, constr, validator
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse, PlainTextResponse
    from starlette.routing import Route

    class Kind(str, Enum):
        solar = "solar"
        wind = "wind"
        hydro = "hydro"

    class Meter(BaseModel):
        serial: constr(regex=r"^[A-Z]{2}\d{6}$")
        phase: conint(ge=1, le=3)

    class Plant(BaseModel):
        class Config:
            extra = Extra.forbid
        name: constr(min_length=3, max_length=40)
        kind: Kind
        peak_kw: Decimal = Field(gt=0)
        online: date
        meters: list[Meter] = Field(min_items=1)
        site: HttpUrl = None
        location: tuple[float, float]
        grid: bool = True

        @validator("location")
        def inside(cls, v):
            if not -90 <= v[0] <= 90: raise ValueError("latitude must be between -90 and 90")
            return v

    async def plants(request):
        if request.headers.get("content-type", "").split(";")[0] != "application/json": return PlainTextResponse("unsupported media type", 415)
        try: data = await request.json()
        except ValueError: return JSONResponse({"detail": "body is not JSON"}, 400)
        try: Plant(**data) if isinstance(data, dict) else Plant.parse_obj(data)
        except ValidationError as e: return JSONResponse({"detail": e.errors()}, 422)
        return JSONResponse({"plant": 1}, 201)

    async def production(request):
        class Q(BaseModel):
            plant: int
            day: date
            step: constr(regex="^(15m|1h)$") = "1h"
        try: Q(**request.query_params)
        except ValidationError as e: return PlainTextResponse(str(e), 400)
        return JSONResponse({"kwh": [1.5]})

    uvicorn.run(Starlette(routes=[Route("/plants", plants, methods=["POST"]), Route("/production", production)]), host="127.0.0.1", port=PORT, log_level="warning")


def cherrypy():
    """CherryPy: pages of HTML, parameters by the names of arguments."""
    import cherrypy

    class Auction:
        @cherrypy.expose
        @cherrypy.tools.allow(methods=["GET", "HEAD"])
        @cherrypy.tools.json_out()
        def lots(self, sale, page="1", currency="EUR"):
            if not page.isdigit(): raise cherrypy.HTTPError(400, "page is not a number")
            if currency not in ("EUR", "CHF", "GBP"): raise cherrypy.HTTPError(400)
            if sale != "spring-2025": raise cherrypy.HTTPError(404)
            return [{"lot": 14}]

        @cherrypy.expose
        @cherrypy.tools.allow(methods=["POST"])
        @cherrypy.tools.json_in()
        @cherrypy.tools.json_out()
        def bids(self):
            b = cherrypy.request.json
            try:
                assert set(b) <= {"lot", "bidder", "amount", "limit", "phone"}
                int(b["lot"] + 0), b["bidder"].upper()
                amount, limit = b["amount"] * 1.0, b.get("limit", b["amount"]) * 1.0
                assert amount % 10 == 0 and limit >= amount
            except (KeyError, TypeError, AttributeError, AssertionError): raise cherrypy.HTTPError(400)
            return {"bid": 9}

    cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": PORT, "log.screen": False, "request.show_tracebacks": False, "engine.autoreload.on": False})
    cherrypy.quickstart(Auction())


{"quart": quart, "starlette": starlette, "cherrypy": cherrypy}[NAME]()
