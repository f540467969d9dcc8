"""The servers that Python runs: py.py NAME PORT."""
import json, sys, traceback
from typing import List, Optional
from wsgiref.simple_server import WSGIRequestHandler, make_server

name, port = sys.argv[1], int(sys.argv[2])
WSGIRequestHandler.log_message = lambda *a: None


def wsme():  # tariffs of energy: WSME on Pecan, as OpenStack's services
    import datetime
    import pecan
    import wsme.types as w
    from pecan import rest
    from wsmeext.pecan import wsexpose

    class Band(w.Base):
        label = w.wsattr(w.text, mandatory=True)
        starts_hour = w.wsattr(w.IntegerType(0, 23), mandatory=True)
        price = w.wsattr(float, mandatory=True)

    class Tariff(w.Base):
        code = w.wsattr(w.StringType(4, 12), mandatory=True)
        name = w.wsattr(w.text, mandatory=True)
        region = w.wsattr(w.Enum(str, "north", "south", "islands"), mandatory=True)
        valid_from = w.wsattr(datetime.date, mandatory=True)
        valid_to = datetime.date
        currency = w.Enum(str, "EUR", "SEK", "DKK")
        standing_charge = w.wsattr(float, mandatory=True)
        green = bool
        max_power_kw = w.IntegerType(1, 63)
        bands = w.wsattr([Band], mandatory=True)
        meter_types = [w.Enum(str, "smart", "legacy", "prepaid")]
        contact = w.text

    class Tariffs(rest.RestController):
        @wsexpose(Tariff, body=Tariff, status_code=201)
        def post(self, tariff):
            return tariff

        @wsexpose([Tariff], w.IntegerType(1, 100), w.Enum(str, "north", "south", "islands"))
        def get_all(self, limit=20, region=None):
            return []

    class V1(object):
        tariffs = Tariffs()

    class Root(object):
        v1 = V1()

    return pecan.make_app(Root(), debug=False, wsme={"debug": False})


def cattrs():  # hiring: attrs and cattrs, whose exceptions are shown as Python prints them
    import attr
    import cattr
    from cattr.gen import make_dict_structure_fn

    @attr.define
    class Bank:
        iban: str = attr.field(validator=attr.validators.matches_re(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}"))
        holder: str

    @attr.define
    class Job:
        title: str
        department: str = attr.field(validator=attr.validators.in_(["sales", "care", "it", "finance"]))
        grade: int = attr.field(validator=[attr.validators.ge(1), attr.validators.le(12)])
        hours: float
        manager: Optional[str] = None

    @attr.define
    class Dependant:
        name: str
        born: int

    @attr.define
    class Hire:
        first_name: str
        last_name: str
        personal_number: str = attr.field(validator=attr.validators.matches_re(r"\d{8}-\d{4}"))
        email: str
        start: str = attr.field(validator=attr.validators.matches_re(r"\d{4}-\d{2}-\d{2}"))
        salary: int
        job: Job
        bank: Bank
        dependants: List[Dependant]
        equipment: List[str]
        probation_months: int = 6
        remote: bool = False

    def strict(cls):  # the text of a number is none, and names that are not known are refused
        return make_dict_structure_fn(cls, c, _cattrs_forbid_extra_keys=True)
    c = cattr.GenConverter(detailed_validation=True)
    def exact(v, t):
        if not isinstance(v, t if t is not float else (int, float)) or isinstance(v, bool) is not (t is bool):
            raise TypeError(f"expected {t.__name__}, got {type(v).__name__}: {v!r}")
        return v
    for t in (int, float, str, bool):
        c.register_structure_hook(t, exact)
    for cls in (Bank, Job, Dependant, Hire):
        c.register_structure_hook(cls, strict(cls))

    def lines(e, at=""):
        for x in getattr(e, "exceptions", ()):
            yield from lines(x, "; ".join(getattr(x, "__notes__", ())))
        if not getattr(e, "exceptions", ()):
            yield f"{type(e).__name__}: {e.args[0] if e.args else e}" + (f" ({at})" if at else "")

    def app(env, start):
        def say(status, doc):
            start(status, [("Content-Type", "application/json")])
            return [json.dumps(doc).encode()]
        body = env["wsgi.input"].read(int(env.get("CONTENT_LENGTH") or 0))
        if env["PATH_INFO"] != "/hr/hires":
            return say("404 Not Found", {"error": "no such resource"})
        if env["REQUEST_METHOD"] != "POST":
            return say("405 Method Not Allowed", {"error": "only POST"})
        if env.get("CONTENT_TYPE", "").split(";")[0] != "application/json":
            return say("415 Unsupported Media Type", {"error": "send application/json"})
        try:
            c.structure(json.loads(body), Hire)
        except json.JSONDecodeError as e:
            return say("400 Bad Request", {"error": str(e)})
        except Exception as e:
            return say("400 Bad Request", {"error": str(e).split("\n")[0], "details": list(lines(e))})
        return say("201 Created", {"employee": "E004418"})
    return app


def relay():  # a name server's port 53 on an address of its own: relay PORT ADDRESS
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((sys.argv[3], 53))
    asked, back = {}, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    import select
    while True:
        for k in select.select([s, back], [], [])[0]:
            data, who = k.recvfrom(4096)
            if k is s:
                asked[data[:2]] = who
                back.sendto(data, ("127.0.0.1", port))
            elif data[:2] in asked:
                s.sendto(data, asked.pop(data[:2]))


if name == "relay":
    relay()
make_server("127.0.0.1", port, {"wsme": wsme, "cattrs": cattrs}[name](), handler_class=WSGIRequestHandler).serve_forever()
