"""Types of fields: what a good value is, how a server checks it, how people get it wrong.

A type yields good(r), check(v, lenient) -> None or (kind, info), and wrong(r, v) -> [(label, value, causes)].
Causes are short here: t type, f format, v value; many mistakes are fairly called by two of them."""

import collections
import datetime
import re

Problem = collections.namedtuple("Problem", "where path kind info value")

GIVEN = {"train": "Anna Bilal Chloé Dmitri Elena Farid Greta Hiro Ines Jonas".split(),
         "test": "Karim Lotte Marek Nadia Oskar Priya Quentin Rosa Sven Tomoko".split()}
FAMILY = {"train": "Adler Brandt Castro Dubois Eriksen Fischer Garcia Haddad".split(),
          "test": "Ivanova Jensen Kowalski Lindqvist Moreau Novak Okafor Petit".split()}
CITY = {"train": "Lyon Hamburg Porto Leeds Turin Malmö".split(), "test": "Bergen Gdańsk Nantes Graz Utrecht Cork".split()}
WORDS = {"train": "spring blue harbour annual review sample north light garden early team value report".split(),
         "test": "autumn copper bridge weekly update draft river stone market late group price survey".split()}
CC = "DE FR US GB NL ES IT PL SE AT CH PT".split()
CUR = "EUR USD GBP CHF SEK PLN JPY CAD".split()
LANG = "de en fr es it nl pl sv".split()
LOCALE = "de-DE en-GB en-US fr-FR es-ES nl-NL pt-BR".split()
TZ = "Europe/Berlin Europe/Paris America/New_York Asia/Tokyo Australia/Sydney America/Chicago".split()
NAMES_OF = {"DE": "Germany", "FR": "France", "US": "USA", "GB": "United Kingdom", "NL": "Netherlands", "ES": "Spain",
            "IT": "Italy", "PL": "Poland", "SE": "Sweden", "AT": "Austria", "CH": "Switzerland", "PT": "Portugal"}
ISO3 = dict(zip(CC, "DEU FRA USA GBR NLD ESP ITA POL SWE AUT CHE PRT".split()))


class Type:
    """A type by a table's row; most are strings with a regular expression."""

    def __init__(self, name, args, family):
        self.name, self.args, self.family = name, args, family

    def words(self, r, n):
        return " ".join(r.choice(WORDS[self.family]) for _ in range(n)).capitalize()


class Int(Type):
    json, form = "integer", "int32"

    def __init__(self, *a):
        super().__init__(*a)
        self.lo, self.hi = (int(x) for x in self.args.split(".."))

    def good(self, r):
        hi = min(self.hi, max(self.lo + 3, r.choice([9, 40, 200, 5000, 90000])))
        return r.randint(self.lo, max(self.lo, hi))

    def check(self, v, lenient):
        if lenient and isinstance(v, str) and re.fullmatch(r"-?\d+", v):
            v = int(v)
        if isinstance(v, bool) or not isinstance(v, int):
            if isinstance(v, float) and v == int(v) and lenient:
                v = int(v)
            else:
                return "type", {"type": "integer"}
        if v < self.lo:
            return "min", {"min": self.lo, "max": self.hi}
        if v > self.hi:
            return "max", {"min": self.lo, "max": self.hi}

    def wrong(self, r, v):
        yield "number as string", str(v), "t"
        yield "number with words", f"{v} {r.choice(['pcs', 'min', 'units', 'x'])}", "tf"
        yield "decimal for integer", v + 0.5, "tvf"
        yield "null", None, "tv"
        if v > 999:
            yield "thousands separator", f"{v:,}", "tf"
        yield "over the maximum", self.hi + r.choice([1, 5, max(2, self.hi)]), "v"
        yield "under the minimum", self.lo - r.choice([1, 1, 3]), "v"

    def schema(self):
        return {"type": "integer", "minimum": self.lo, "maximum": self.hi}


class Dec(Type):
    """A number with at most n decimals, not negative."""
    json, form = "number", "double"

    def __init__(self, *a):
        super().__init__(*a)
        self.n = int(self.args or 2)

    def good(self, r):
        return round(r.uniform(1, r.choice([9, 90, 900])) + 10 ** -self.n, self.n)

    def fix(self, x):
        return round(x, self.n)

    def check(self, v, lenient):
        if lenient and isinstance(v, str) and re.fullmatch(r"-?\d+(\.\d+)?", v):
            v = float(v)
        if isinstance(v, bool) or not isinstance(v, (int, float)):
            return "type", {"type": "number"}
        if v < 0:
            return "min", {"min": 0}
        if not lenient and abs(v * 10 ** self.n - round(v * 10 ** self.n)) > 1e-4:
            return "decimals", {"n": self.n}

    def wrong(self, r, v):
        s = f"{v:.{self.n}f}"
        yield "number as string", s, "t"
        yield "decimal comma", s.replace(".", ","), "tf"
        yield "with currency", r.choice(["€ ", "$", "EUR "]) + s, "tf"
        yield "negative", -v, "v"
        yield "too many decimals", round(round(v, self.n) + 10 ** -(self.n + 1) * 5, self.n + 1), "fv"
        yield "null", None, "tv"
        yield "object for number", {"value": self.fix(v)}, "t"

    def schema(self):
        return {"type": "number", "minimum": 0, "multipleOf": float(10 ** -self.n)}


class Ranged(Dec):
    """A number between two bounds: a fraction, a latitude, a longitude."""
    bounds = {"frac": (0, 1), "lat": (-90, 90), "lng": (-180, 180)}

    def __init__(self, name, args, family):
        super().__init__(name, "3" if name == "frac" else "5", family)
        self.lo, self.hi = self.bounds[name]

    def good(self, r):
        return round(r.uniform(0.05, 0.95), 2) if self.name == "frac" else round(r.uniform(35, 60) if self.name == "lat" else r.uniform(95, 150), 4)

    def check(self, v, lenient):
        if lenient and isinstance(v, str) and re.fullmatch(r"-?\d+(\.\d+)?", v):
            v = float(v)
        if isinstance(v, bool) or not isinstance(v, (int, float)):
            return "type", {"type": "number"}
        if v < self.lo:
            return "min", {"min": self.lo, "max": self.hi}
        if v > self.hi:
            return "max", {"min": self.lo, "max": self.hi}

    def wrong(self, r, v):
        yield "number as string", str(v), "t"
        yield "decimal comma", str(v).replace(".", ","), "tf"
        if self.name == "frac":
            yield "percent for fraction", round(v * 100), "v"
            yield "percent sign", f"{round(v * 100)}%", "tf"
        elif self.name == "lat":
            yield "out of range", round(v + 90, 4), "v"
            yield "micro degrees", int(v * 1e6), "v"
        else:
            yield "out of range", round(v + 180, 4), "v"
            yield "degrees in words", f"{v}° E", "tf"
        yield "null", None, "tv"

    def schema(self):
        return {"type": "number", "minimum": self.lo, "maximum": self.hi}


class Epoch(Int):
    def __init__(self, name, args, family):
        super().__init__(name, "1000000000..4102444800", family)

    def good(self, r):
        return 1760000000 + r.randint(0, 30000000)

    def wrong(self, r, v):
        yield "milliseconds", v * 1000, "v"
        yield "date for epoch", datetime.datetime.fromtimestamp(v, datetime.timezone.utc).strftime("%Y-%m-%d"), "tf"
        yield "epoch as words", "yesterday", "tf"


class Bool(Type):
    json, form = "boolean", "boolean"

    def good(self, r):
        return r.random() < 0.5

    def check(self, v, lenient):
        if lenient and v in ("true", "false", 0, 1, "0", "1"):
            return None
        if not isinstance(v, bool):
            return "type", {"type": "boolean"}

    def wrong(self, r, v):
        yield "boolean as string", str(v).lower(), "t"
        yield "Python boolean", str(v), "t"
        yield "yes or no", "yes" if v else "no", "tv"
        yield "one or zero", int(v), "t"
        yield "Y or N", "Y" if v else "N", "tv"
        yield "null", None, "tv"

    def schema(self):
        return {"type": "boolean"}


class Enum(Type):
    json, form = "string", "enum"
    stale = "legacy_default other custom auto type_2 na".split()

    def __init__(self, *a):
        super().__init__(*a)
        self.values = self.args.split()

    def good(self, r):
        return r.choice(self.values)

    def check(self, v, lenient):
        if not isinstance(v, str):
            return "type", {"type": "string"}
        if v not in self.values and not (lenient and v.lower() in [x.lower() for x in self.values]):
            return "enum", {"allowed": self.values}

    def wrong(self, r, v):
        if v.lower() != v.upper():
            yield "case slip", v.capitalize() if v.islower() else v.lower(), "v"
            yield "shouted", v.upper() if v != v.upper() else v.capitalize(), "v"
            yield "typo", typo(r, v), "v"
            yield "plural", v + "s" if not v.endswith("s") else v[:-1], "v"
        if "_" in v:
            yield "hyphen for underscore", v.replace("_", "-"), "v"
            yield "label for value", v.replace("_", " ").title(), "v"
            yield "camel for snake", camel(v), "v"
        yield "space around", r.choice([v + " ", " " + v]), "v"
        yield "stale value", r.choice(self.stale), "v"
        yield "empty", "", "v"
        yield "number for enum", r.randint(1, 4), "tv"
        yield "array for one", [v], "t"

    def schema(self):
        return {"type": "string", "enum": self.values}


class Str(Type):
    """Free text with a maximum, or a string with a pattern; rows of PATTERNS make the rest."""
    json, form = "string", "string"

    def __init__(self, *a):
        super().__init__(*a)
        self.max = int(self.args) if self.args and self.args.isdigit() else 2000

    def good(self, r):
        s = self.words(r, r.randint(2, 4))
        return s[:self.max].strip()

    def check(self, v, lenient):
        if not isinstance(v, str):
            return None if lenient and isinstance(v, (int, float)) else ("type", {"type": "string"})
        if not v.strip() and not lenient:
            return "blank", {}
        if len(v) > self.max:
            return "maxlen", {"max": self.max}

    def wrong(self, r, v):
        yield "empty", "", "v"
        yield "only blanks", "  ", "v"
        if self.max < 150:
            yield "too long", (v + " ") * (self.max // len(v) + 1), "v"
        yield "number for string", r.randint(10, 9999), "t"
        yield "array for one", [v], "t"
        yield "null", None, "tv"
        yield "object for string", {"value": v}, "t"

    def schema(self):
        return {"type": "string", "minLength": 1, "maxLength": self.max}


class Pattern(Str):
    """A string whose form is checked by an expression, or by a list of codes."""

    def __init__(self, name, args, family):
        super().__init__(name, None, family)
        self.args = args
        self.form, self.rx, self.make, self.breaks = PATTERNS[name]
        if name == "code":
            self.rx = "".join({"A": "[A-Z]", "a": "[a-z]", "9": r"\d"}.get(c, re.escape(c)) for c in args)
        if name == "digits":
            self.rx = r"\d{%s}" % args
        if name == "upper":
            self.rx = r"[A-Z0-9 ]{1,%s}" % args
        if name == "csv":
            one = "(" + "|".join(map(re.escape, args.split())) + ")"
            self.rx = one + "(," + one + ")*"

    def good(self, r):
        return self.make(self, r)

    def check(self, v, lenient):
        if not isinstance(v, str):
            return "type", {"type": "string"}
        w = v.strip().lower() if lenient and self.name in ("email", "slug", "uuid", "hex") else v
        ok = w in self.rx if isinstance(self.rx, list) else re.fullmatch(self.rx, w)
        if ok and self.name in ("date", "dt", "month") and not calendar(w):
            ok = False
        if not ok:
            if isinstance(self.rx, list):
                return "listed", {"form": self.form}
            return ("pattern", {"rx": "^" + self.rx + "$"}) if self.form == "pattern" else ("format", {"form": self.form})

    def wrong(self, r, v):
        for label, w in self.breaks(self, r, v):
            yield label, w, "fv" if isinstance(w, str) else "tf"
        if r.random() < 0.25:
            yield "blank at the end", v + " ", "fv"
        if r.random() < 0.15:
            yield "empty", "", "fv"
        if r.random() < 0.1:
            yield "null", None, "tvf"

    def schema(self):
        if isinstance(self.rx, list):
            return {"type": "string", "enum": self.rx} if r_short(self.rx) else {"type": "string"}
        known = {"date": "date", "dt": "date-time", "uuid": "uuid", "email": "email", "url": "uri", "https": "uri", "ip": "ipv4", "host": "hostname"}
        return {"type": "string", "format": known[self.name]} if self.name in known else {"type": "string", "pattern": "^" + self.rx + "$"}


def r_short(values):
    return len(values) <= 20


def calendar(s):
    try:
        datetime.date.fromisoformat((s + "-01")[:10] if len(s) == 7 else s[:10])
        return True
    except ValueError:
        return False


def typo(r, s):
    i = r.randrange(max(1, len(s) - 1))
    return r.choice([s[:i] + s[i + 1:], s[:i + 1] + s[i:], s[:i] + s[i + 1:i + 2] + s[i:i + 1] + s[i + 2:]]) if len(s) > 3 else s + s[-1]


def camel(s):
    p = [x for x in s.split("_") if x] or [s]
    return p[0] + "".join(x[:1].upper() + x[1:] for x in p[1:])


def digits(r, n):
    return "".join(r.choice("123456789") for _ in range(n))


def letters(r, n, of="ABCDEFGHKLMNPRSTUVWXYZ"):
    return "".join(r.choice(of) for _ in range(n))


def hexes(r, n):
    return letters(r, n, "0123456789abcdef")


def day(r):
    return datetime.date(2027, 1, 1) + datetime.timedelta(days=r.randrange(360))


def good_code(t, r):
    return "".join({"A": letters(r, 1), "a": letters(r, 1, "bcdfghkmnp"), "9": digits(r, 1)}.get(c, c) for c in t.args)


def good_uuid(t, r):
    return f"{hexes(r, 8)}-{hexes(r, 4)}-4{hexes(r, 3)}-a{hexes(r, 3)}-{hexes(r, 12)}"


def good_dt(t, r):
    return f"{day(r)}T{r.randint(6, 20):02}:{r.choice([0, 15, 30, 45]):02}:00" + r.choice(["Z", "Z", "Z", ".000Z"])


def wrong_date(t, r, v):
    y, m, d = v[:4], v[5:7], v[8:10]
    yield "day first", f"{d}/{m}/{y}"
    yield "German date", f"{d}.{m}.{y}"
    yield "month first", f"{m}/{d}/{y}"
    yield "slashes", f"{y}/{m}/{d}"
    yield "no zeros", f"{y}-{int(m)}-{r.randint(1, 9)}"
    yield "date-time for date", v + "T00:00:00Z"
    yield "compact", y + m + d
    yield "no such day", f"{y}-02-30"
    yield "epoch for date", 1780000000


def wrong_dt(t, r, v):
    yield "blank for T", v[:10] + " " + v[11:19]
    yield "no zone", v[:19]
    yield "date for date-time", v[:10]
    yield "no seconds, no zone", v[:16]
    yield "day first", f"{v[8:10]}/{v[5:7]}/{v[:4]} {v[11:16]}"
    yield "epoch", 1780000000
    yield "epoch milliseconds", 1780000000000
    yield "zone in words", v[:19] + " UTC"
    yield "no such hour", v[:11] + "25" + v[13:]
    yield "asctime", "Mon, 03 May 2027 10:00:00 GMT"


def wrong_code(t, r, v):
    if v != v.lower():
        yield "lower case", v.lower()
    elif v != v.upper():
        yield "upper case", v.upper()
    if "-" in v:
        yield "blank for hyphen", v.replace("-", " ", 1)
        yield "no hyphen", v.replace("-", "")
        yield "underscore for hyphen", v.replace("-", "_")
    elif "_" not in v and "." not in v:
        cut = next((i for i in range(1, len(v)) if v[i].isdigit() != v[i - 1].isdigit()), len(v) // 2)
        yield "hyphen too many", v[:cut] + "-" + v[cut:]
        yield "blank inside", v[:cut] + " " + v[cut:]
    yield "cut short", v[:-1]
    yield "one too long", v + v[-1]
    if "0" not in v and any(c.isdigit() for c in v):
        i = next(i for i, c in enumerate(v) if c.isdigit())
        yield "letter O for zero", v[:i] + "O" + v[i + 1:]
    yield "hash before", "#" + v


def wrong_phone(t, r, v):
    n = v[3:]
    yield "national", "0" + n
    yield "double zero", "00" + v[1:]
    yield "no plus", v[1:]
    yield "blanks", v[:3] + " " + n[:3] + " " + n[3:]
    yield "brackets", f"{v[:3]} (0) {n[:3]}-{n[3:]}"
    yield "slash", "0" + n[:3] + "/" + n[3:]
    yield "letters", v[:-2] + "xx"


def wrong_email(t, r, v):
    u, h = v.split("@")
    yield "no at", u + "." + h
    yield "at in words", f"{u}(at){h}"
    yield "two ats", f"{u}@@{h}"
    yield "no top domain", f"{u}@{h.split('.')[0]}"
    yield "comma for dot", v.replace(".", ",")
    yield "blank inside", u + " @" + h
    yield "angle brackets", f"{u.title()} <{v}>"
    yield "two addresses", f"{v};info@{h}"


def wrong_uuid(t, r, v):
    yield "no hyphens", v.replace("-", "")
    yield "cut short", v[:-1]
    yield "braces", "{" + v + "}"
    yield "not hexadecimal", v[:-1] + "g"
    yield "integer id", r.randint(1, 99999)
    yield "urn", "urn:uuid:" + v
    yield "prefixed", "id_" + v.replace("-", "")


def wrong_url(t, r, v):
    yield "no scheme", v.split("://")[1]
    yield "one slash", v.replace("://", ":/")
    yield "blank inside", v + "/my file"
    yield "backslashes", v.replace("/", "\\")
    yield "www only", "www." + v.split("://")[1]
    if t.name == "https":
        yield "http for https", v.replace("https", "http")


def texts(*pairs):
    """Breaks that are simple functions of the good value."""
    return lambda t, r, v: [(n, f(v)) for n, f in pairs if f(v) != v]


def listed(values, *pairs):
    return values, lambda t, r: r.choice(values), texts(*pairs)


def row(form, rx, make, breaks):
    return form, rx, make, breaks


PATTERNS = {
    "code": row("pattern", "", good_code, wrong_code),
    "digits": row("pattern", "", lambda t, r: digits(r, int(t.args)), lambda t, r, v: [("too short", v[:-1]), ("too long", v + "1"), ("blanks", v[:4] + " " + v[4:]), ("hyphens", v[:3] + "-" + v[3:]), ("number for digits", int(v))]),
    "uuid": row("uuid", r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", good_uuid, wrong_uuid),
    "email": row("email", r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[A-Za-z]{2,}", lambda t, r: f"{letters(r, 1, 'abcdefgh')}.{r.choice(FAMILY[t.family]).lower()}@{r.choice(['example.com', 'example.org', 'mail.example.net'])}", wrong_email),
    "phone": row("phone", r"\+[1-9]\d{7,14}", lambda t, r: r.choice(["+49", "+33", "+44", "+31"]) + digits(r, 9), wrong_phone),
    "date": row("date", r"\d{4}-\d\d-\d\d", lambda t, r: str(day(r)), wrong_date),
    "dt": row("date-time", r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", good_dt, wrong_dt),
    "month": row("year-month", r"\d{4}-(0[1-9]|1[0-2])", lambda t, r: str(day(r))[:7], texts(("month first", lambda v: v[5:] + "/" + v[:4]), ("whole date", lambda v: v + "-01"), ("no zero", lambda v: v[:5] + "13"))),
    "hhmm": row("time", r"([01]\d|2[0-3]):[0-5]\d", lambda t, r: f"{r.randint(7, 21):02}:{r.choice(['00', '15', '30'])}", texts(("am and pm", lambda v: f"{int(v[:2]) % 12 or 12}:{v[3:]} " + ("am" if int(v[:2]) < 12 else "pm")), ("with seconds", lambda v: v + ":00"), ("no such hour", lambda v: "24" + v[2:]), ("dot", lambda v: v.replace(":", ".")), ("hour only", lambda v: v[:2]))),
    "dur": row("duration", r"P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?", lambda t, r: r.choice(["PT15M", "PT1H", "P1D", "PT30S", "PT2H30M", "P7D"]), lambda t, r, v: [("unit letter", r.choice(["15m", "1h", "30s"])), ("clock", "00:15:00"), ("seconds", 900), ("no T", v.replace("T", "") if "T" in v else v.lower()), ("in words", "15 minutes")]),
    "cur": row("currency", *listed(CUR, ("lower case", str.lower), ("sign", lambda v: {"EUR": "€", "USD": "$", "GBP": "£"}.get(v, "€")), ("name", lambda v: {"EUR": "Euro", "USD": "US Dollar", "GBP": "Pounds"}.get(v, "Euro")), ("cut short", lambda v: v[:2]), ("sign and code", lambda v: v + "$"))),
    "curl": row("currency", *listed([c.lower() for c in CUR], ("upper case", str.upper), ("sign", lambda v: "€"), ("name", lambda v: "euro"))),
    "cc": row("country", *listed(CC, ("lower case", str.lower), ("name", lambda v: NAMES_OF[v]), ("three letters", lambda v: ISO3[v]), ("UK", lambda v: "UK" if v == "GB" else v))),
    "lang": row("language", *listed(LANG, ("upper case", str.upper), ("name", lambda v: {"de": "German", "fr": "French"}.get(v, "English")), ("locale", lambda v: v + "-" + v.upper()), ("three letters", lambda v: {"de": "deu", "fr": "fra", "es": "spa", "it": "ita"}.get(v, "eng")))),
    "locale": row("locale", *listed(LOCALE, ("underscore", lambda v: v.replace("-", "_")), ("lower case", str.lower), ("language only", lambda v: v[:2]), ("swapped", lambda v: v[3:] + "-" + v[:2]))),
    "tz": row("time zone", *listed(TZ, ("abbreviation", lambda v: {"A": "EST", "E": "CET"}.get(v[0], "CET")), ("offset", lambda v: "GMT+1"), ("lower case", str.lower), ("blank", lambda v: v.replace("/", " / ")), ("city only", lambda v: v.split("/")[1]), ("typo", lambda v: v[:-2] + v[-1]), ("backslash", lambda v: v.replace("/", "\\")))),
    "slug": row("slug", r"[a-z0-9]+(-[a-z0-9]+)*", lambda t, r: "-".join(r.choice(WORDS[t.family]) for _ in range(2)), texts(("capitals and blanks", lambda v: v.replace("-", " ").title()), ("underscore", lambda v: v.replace("-", "_")), ("capitals", str.title), ("slash before", lambda v: "/" + v), ("hyphen at end", lambda v: v + "-"), ("umlaut", lambda v: v + "-größe"))),
    "url": row("url", r"https?://[\w.-]+\.[a-z]{2,}(/[^\s\\]*)?", lambda t, r: f"https://cdn.example.com/{r.choice(WORDS[t.family])}/{r.randint(10, 99)}.jpg", wrong_url),
    "https": row("https url", r"https://[\w.-]+\.[a-z]{2,}(/[^\s\\]*)?", lambda t, r: f"https://app.example.org/{r.choice(WORDS[t.family])}/{r.randint(10, 99)}", wrong_url),
    "host": row("hostname", r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", lambda t, r: f"{r.choice(WORDS[t.family])}.example.net", texts(("with scheme", lambda v: "https://" + v), ("underscore", lambda v: "my_" + v), ("blank", lambda v: v.replace(".", " ", 1)), ("slash at end", lambda v: v + "/"), ("with port", lambda v: v + ":8080"))),
    "ip": row("ipv4", r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}", lambda t, r: f"192.168.{r.randint(1, 254)}.{r.randint(1, 254)}", texts(("octet too large", lambda v: ".".join(v.split(".")[:3] + ["256"])), ("one octet less", lambda v: v.rsplit(".", 1)[0]), ("with prefix", lambda v: v + "/24"), ("comma", lambda v: v.replace(".", ",", 1)), ("a host", lambda v: "localhost"))),
    "cidr": row("cidr", r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}", lambda t, r: f"10.{r.randint(0, 250)}.0.0/16", texts(("no prefix", lambda v: v.split("/")[0]), ("mask for prefix", lambda v: v.split("/")[0] + "/255.255.0.0"), ("backslash", lambda v: v.replace("/", "\\")))),
    "mac": row("mac", r"([0-9A-F]{2}:){5}[0-9A-F]{2}", lambda t, r: ":".join(hexes(r, 2).upper() for _ in range(6)), texts(("hyphens", lambda v: v.replace(":", "-")), ("lower case", str.lower), ("no colons", lambda v: v.replace(":", "")), ("cut short", lambda v: v[:-3]), ("dots", lambda v: v.replace(":", ".")))),
    "semver": row("semantic version", r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", lambda t, r: f"{r.randint(0, 4)}.{r.randint(0, 20)}.{r.randint(0, 9)}", lambda t, r, v: [("v before", "v" + v), ("two numbers", v.rsplit(".", 1)[0]), ("number for version", 1.2), ("four numbers", v + ".0")]),
    "hex": row("colour", r"#[0-9a-fA-F]{6}", lambda t, r: "#" + hexes(r, 6), texts(("no hash", lambda v: v[1:]), ("name", lambda v: "red"), ("short", lambda v: v[:4]), ("rgb", lambda v: "rgb(12,120,200)"), ("0x", lambda v: "0x" + v[1:]))),
    "hash": row("pattern", r"[0-9a-f]{64}", lambda t, r: hexes(r, 64), texts(("cut short", lambda v: v[:40]), ("prefixed", lambda v: "sha256:" + v), ("upper case", str.upper))),
    "zip": row("pattern", r"\d{5}", lambda t, r: digits(r, 5), lambda t, r, v: [("too short", v[1:]), ("number for postal code", int(v)), ("country before", "D-" + v), ("blank inside", v[:3] + " " + v[3:]), ("too long", v + "1")]),
    "iban": row("iban", r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", lambda t, r: r.choice(["DE89370400440532013000", "FR1420041010050500013M02606", "GB29NWBK60161331926819", "NL91ABNA0417164300"]), texts(("groups of four", lambda v: " ".join(v[i:i + 4] for i in range(0, len(v), 4))), ("lower case", str.lower), ("no country", lambda v: v[4:]), ("hyphens", lambda v: v[:4] + "-" + v[4:]), ("cut short", lambda v: v[:12]))),
    "bic": row("bic", r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", lambda t, r: r.choice(["DEUTDEFF", "BNPAFRPP", "NWBKGB2L", "ABNANL2AXXX"]), texts(("lower case", str.lower), ("cut short", lambda v: v[:7]), ("blank", lambda v: v[:4] + " " + v[4:]))),
    "vin": row("pattern", r"[A-HJ-NPR-Z0-9]{17}", lambda t, r: letters(r, 11, "ABCDEFGHJKLMNPRSTUVWXYZ123456789") + digits(r, 6), texts(("letter O", lambda v: "O" + v[1:]), ("cut short", lambda v: v[:-1]), ("lower case", str.lower), ("hyphen", lambda v: v[:3] + "-" + v[3:]))),
    "isbn": row("isbn", r"97[89]\d{10}", lambda t, r: "978" + digits(r, 10), texts(("hyphens", lambda v: f"{v[:3]}-{v[3]}-{v[4:8]}-{v[8:12]}-{v[12]}"), ("ten digits", lambda v: v[3:]), ("prefix", lambda v: "ISBN " + v), ("cut short", lambda v: v[:-1]))),
    "iata": row("pattern", r"[A-Z]{3}", lambda t, r: r.choice("FRA CDG LHR AMS MUC JFK".split()), texts(("lower case", str.lower), ("city", lambda v: "Frankfurt"), ("ICAO", lambda v: "ED" + v[:2]))),
    "upper": row("pattern", "", lambda t, r: r.choice(WORDS[t.family]).upper() + " " + digits(r, 3), texts(("lower case", str.lower), ("sign", lambda v: v + " *"), ("too long", lambda v: (v + " ") * 4))),
    "file": row("pattern", r"[\w-]+\.[a-z0-9]{2,4}", lambda t, r: r.choice(WORDS[t.family]) + "-01.png", texts(("with path", lambda v: "C:\\img\\" + v), ("no extension", lambda v: v[:-4]), ("blank", lambda v: "my " + v))),
    "mime": row("media type", r"[a-z]+/[a-z0-9.+-]+", lambda t, r: r.choice(["image/png", "image/jpeg", "application/pdf"]), texts(("extension", lambda v: v.split("/")[1]), ("dot before", lambda v: "." + v.split("/")[1]), ("upper case", str.upper), ("blank", lambda v: v.replace("/", " / ")))),
    "token": row("pattern", r"[A-Za-z0-9_-]{6,40}", lambda t, r: letters(r, 12, "abcdefghkmnpABCDEFG23456789"), texts(("cut short", lambda v: v[:3]), ("bad sign", lambda v: v + "=!"))),
    "word": row("pattern", r"[\w -]{2,40}", lambda t, r: r.choice(WORDS[t.family]), texts(("one letter", lambda v: v[:1]), ("asterisk", lambda v: v + "*"))),
    "csv": row("list", "", lambda t, r: ",".join(r.sample(t.args.split(), 2)), texts(("semicolons", lambda v: v.replace(",", ";")), ("blanks", lambda v: v.replace(",", ", ")), ("brackets", lambda v: "[" + v + "]"), ("trailing comma", lambda v: v + ","), ("quotes", lambda v: '"' + v + '"'))),
    "dstr": row("decimal", r"\d+\.\d{2}", lambda t, r: f"{r.uniform(1, 900):.2f}", lambda t, r, v: [("number for decimal string", float(v)), ("comma", v.replace(".", ",")), ("one decimal", v[:-1]), ("with currency", "EUR " + v), ("no decimals", v[:-3])]),
}
FREE = {"given": lambda t, r: r.choice(GIVEN[t.family]), "family": lambda t, r: r.choice(FAMILY[t.family]),
        "name": lambda t, r: r.choice(GIVEN[t.family]) + " " + r.choice(FAMILY[t.family]),
        "city": lambda t, r: r.choice(CITY[t.family]), "street": lambda t, r: r.choice(WORDS[t.family]).title() + f" Street {r.randint(1, 99)}",
        "text": lambda t, r: t.words(r, 8) + "."}


class Free(Str):
    def good(self, r):
        return FREE[self.name](self, r)


def make(name, args, family):
    special = {"int": Int, "dec": Dec, "frac": Ranged, "lat": Ranged, "lng": Ranged, "epoch": Epoch, "bool": Bool, "enum": Enum, "str": Str}
    cls = special.get(name) or (Pattern if name in PATTERNS else Free)
    return cls(name, args, family)
