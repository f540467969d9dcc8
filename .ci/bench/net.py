#!/usr/bin/env python3
"""Judges culprit on infra or edge: CULPRIT=path ./net.py BENCH [--check] [SUBSTRING]

BENCH/cases.py has CASES, a list of dicts; vars.json, which up.py wrote, what stands for {name} in them.
--check sends every request, and its fix, with real curl alone: is the case what it says it is?
"""
import json, os, re, shlex, shutil, statistics, subprocess, sys, tempfile, urllib.parse, urllib.request
from fnmatch import fnmatchcase

sys.dont_write_bytecode = True
BENCH = sys.argv[1]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), BENCH))
import cases  # noqa: E402

CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "culprit-bench", BENCH)
WRITES = re.compile(r"-X ?(PUT|POST|PATCH|DELETE|MKCOL)|--request (PUT|POST|PATCH|DELETE)|(^| )(-d|--data|--json|-F|-T|--form|--data-\w+)[ =']")
WITH_VALUE = set("-X -H -d -u -b -F -x -A -e -m -T -o -w --request --header --data --data-raw --data-binary --data-urlencode --user --cookie --form --proxy "
                 "--user-agent --referer --max-time --connect-timeout --cacert --cert --key --resolve --connect-to --aws-sigv4 --json --upload-file --max-redirs "
                 "--tls-max --proxy-user --url --proxy-header --ciphers --retry --url-query --oauth2-bearer --noproxy".split())


def fill(text, values):
    return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), text)


def shell(command, dns=None, timeout=40):
    if dns:
        conf = tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False)
        conf.write(f"nameserver {dns}\noptions timeout:2 attempts:1\n")
        conf.close()
        command = ["unshare", "-m", "bash", "-c", f"mount --bind {conf.name} /etc/resolv.conf; {command}"]
    try:
        return subprocess.run(command if dns else ["bash", "-c", command], capture_output=True, text=True, errors="replace", timeout=timeout, cwd=WORK)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "timeout")


def curl(command, case, values):
    """Whether real curl is answered as it should be, and the status."""
    extra = ("" if " -m " in command else " -m 15") + " -s -S -w '\\n%{http_code} %{num_redirects}'"
    r = shell(command + extra, values.get("dns") if case.get("dns") else None)
    body, _, last = r.stdout.rpartition("\n")
    status = int((last.split() or ["0"])[0] or 0) if last[:3].isdigit() else 0
    good = r.returncode == 0 and 200 <= status < 400 if not case.get("status") else status in case["status"]
    if case.get("ok"):
        good = good and re.search(case["ok"], body) is not None
    if case.get("not"):
        good = good and re.search(case["not"], body) is None
    return good, status or f"curl {r.returncode}"


def leaves(value, path=""):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from leaves(v, f"{path}/{k}")
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from leaves(v, f"{path}/{i}")
    else:
        yield "body:" + path, json.dumps(value)


def elements(command):
    """The elements of a curl command, by the names that culprit gives them; good enough to see what else was touched."""
    try:
        words = shlex.split(command.replace("$'", "'"))[1:]
    except ValueError:
        return {}
    e, data, form, url, method, get, i = {}, [], 0, "", "", False, 0
    while i < len(words):
        w, v = words[i], None
        if w.startswith("-") and not w.startswith("--") and len(w) > 2 and w[:2] in WITH_VALUE:
            w, v = w[:2], w[2:]
        elif w.startswith("--") and "=" in w:
            w, _, v = w.partition("=")
        elif w in WITH_VALUE and i + 1 < len(words):
            i += 1
            v = words[i]
        i += 1
        if not w.startswith("-"):
            url = w
        elif w == "--url":
            url = v
        elif w in ("-X", "--request"):
            method = v
        elif w in ("-H", "--header"):
            k, _, val = v.partition(":")
            e["header:" + k.strip().rstrip(";").title()] = val.strip()
        elif w in ("-A", "--user-agent"):
            e["header:User-Agent"] = v
        elif w in ("-b", "--cookie"):
            e.update(("cookie:" + c.strip().partition("=")[0], c.strip().partition("=")[2]) for c in v.split(";"))
        elif w in ("-u", "--user"):
            e["auth"] = v
        elif w in ("-G", "--get"):
            get = True
        elif w in ("-F", "--form"):
            e["multipart:" + v.partition("=")[0]] = v.partition("=")[2]
        elif w.startswith("--data") or w in ("-d", "--json", "-T"):
            data.append(v)
            if w == "--json":
                e["header:Content-Type"] = "application/json"
        elif v is not None and w not in ("-m", "--max-time"):
            e["option:" + w] = v
    if "header:Cookie" in e:
        e.update(("cookie:" + c.strip().partition("=")[0], c.strip().partition("=")[2]) for c in e.pop("header:Cookie").split(";"))
    u = urllib.parse.urlsplit(url if "://" in url else "http://" + url)
    e["url.scheme"], e["url.host"], e["url.port"] = u.scheme, u.hostname or "", str(u.port or "")
    e.update((f"url.path[{n}]", s) for n, s in enumerate(u.path.strip("/").split("/")))
    text = "&".join(data)
    query = u.query + ("&" + text if get else "")
    e.update(("query:" + k, v) for k, v in urllib.parse.parse_qsl(query, keep_blank_values=True))
    e["method"] = method or ("POST" if data and not get else "GET")
    if data and not get:
        try:
            e.update(leaves(json.loads(text)))
        except ValueError:
            pairs = urllib.parse.parse_qsl(text, keep_blank_values=True) if "=" in text and text[:1] not in "<{[" else []
            e.update(("form:" + k, v) for k, v in pairs) if pairs else e.update(body=text)
    return e


def alternatives(text):
    return [set(group.split()) for group in text.split("+")] if text else []


def named(culprits, key, groups):
    """Every group has one of the culprits in it, each pattern may end in *."""
    return all(any(any(c.get(key, "") == p or fnmatchcase(c.get(key, "").lower().replace("[", "("), p.lower().replace("[", "(")) for p in group)
                   for c in culprits) for group in groups)


def untouched(before, after, groups):
    a, b = elements(before), elements(after)
    own = {k for k in a for g in groups for p in g if fnmatchcase(k.lower().replace("[", "("), p.lower().replace("[", "("))}
    rest = [k for k in a if k not in own and not k.startswith("option:") and not (k == "auth" and "auth" in str(groups))]
    return 1.0 if not rest else sum(a[k] == b.get(k) for k in rest) / len(rest)


def judge(case, report, command, values):
    """What is right and wrong about one report."""
    v = report.get("verdict") or {}
    culprits = v.get("culprits") or []
    firm = [c for c in culprits if c.get("standing") in ("confirmed", "isolated", "named_by_server")]
    out = {"id": case["id"], "unfair": case.get("unfair", ""), "kind": case["kind"], "outcome": v.get("outcome", "none"), "cause": v.get("cause", ""), "probes": report.get("cost", {}).get("probes", 0),
           "elements": [c.get("element") for c in culprits], "standing": [c.get("standing") for c in culprits], "summary": v.get("summary", "")[:160],
           "unsafe": report.get("cost", {}).get("unsafe", 0)}
    if case["kind"] == "healthy":
        out["result"] = "right" if v.get("outcome") == "passing" and not culprits else "accused"
        return out
    causes, places = alternatives(case["causes"]), alternatives(case["elements"])
    if case["kind"] == "withheld":  # nothing that writes may have gone out; a true name for the culprit, or none
        fits = not firm or named(firm[:1], "cause", causes) and named(firm[:1], "element", places)
        out["result"] = "right" if fits and not out["unsafe"] and not report.get("arrived") else "wrong"
        return out
    shown = culprits[:max(1, len(causes), len(places))] or [{"cause": v.get("cause", ""), "element": ""}]
    fits = named(shown + [{"cause": v.get("cause", "")}] if len(causes) == 1 else shown, "cause", causes) and (not places or named(shown, "element", places))
    if fits:
        out["result"] = "right"
    elif not culprits and v.get("outcome") in ("inconclusive", None, "none", "passing") or not culprits and not v.get("cause"):
        out["result"] = "undecided"
    else:
        out["result"] = "wrong" if firm or v.get("outcome") in ("isolated", "flaky") else "undecided" if v.get("outcome") == "inconclusive" else "wrong"
        out["confirmed_wrong"] = any(c.get("standing") == "confirmed" for c in culprits) and not named([c for c in culprits if c.get("standing") == "confirmed"], "element", places)
    fix = (v.get("repair") or {}).get("curl")
    if fix:
        out["repair"], out["repair_status"] = curl(fix, case, values)
        out["untouched"] = round(untouched(command, fix, places), 2)
    small = (v.get("minimal") or {}).get("curl")
    if small and culprits:
        passes, status = curl(small, case, values)
        there, whole = elements(small), elements(command)
        keeps = [any(fnmatchcase(k.lower().replace("[", "("), p.lower().replace("[", "(")) for k in there) for g in places for p in g
                 if any(fnmatchcase(k.lower().replace("[", "("), p.lower().replace("[", "(")) for k in whole)]
        out["minimal"] = not passes and (not keeps or any(keeps))
        mended = swap(small, (v.get("repair") or {}).get("diff") or [])
        if mended:
            out["minimal_mended"], _ = curl(mended, case, values)
    return out


def swap(command, diff):
    """The command with each change of the diff put in as text; "" where that cannot be done so simply."""
    if not diff:
        return ""
    for d in diff:
        a, b = d.get("from"), d.get("to")
        if not isinstance(a, (str, int, float)) or not isinstance(b, (str, int, float)) or str(a) == "":
            return ""
        forms = [(str(a), str(b)), (json.dumps(a), json.dumps(b)), (urllib.parse.quote(str(a)), urllib.parse.quote(str(b)))]
        hit = next(((x, y) for x, y in forms if command.count(x) == 1), None)
        if not hit:
            return ""
        command = command.replace(*hit)
    return command


def diagnose(case, command, values):
    home = tempfile.mkdtemp(dir=WORK)
    args = [os.environ["CULPRIT"], "diagnose", "--curl", command, "--json", "--quiet", "--show-secrets"]
    if case.get("consent", bool(WRITES.search(command.replace("-G", "")) and " -G" not in command)):
        args.append("--allow-writes")
    args += shlex.split(fill(case.get("flags", ""), values))
    if case.get("good"):
        args += ["--good-curl", fill(case["good"], values)]
    text = f"cd {home} && HOME={home} XDG_STATE_HOME={home} XDG_CONFIG_HOME={home} XDG_DATA_HOME={home} " + " ".join(shlex.quote(a) for a in args)
    r = shell(text, values.get("dns") if case.get("dns") else None, timeout=240)
    shutil.rmtree(home, ignore_errors=True)
    try:
        return json.loads(r.stdout)
    except ValueError:
        return {"verdict": {"outcome": "none", "summary": (r.stderr or "no report")[-160:]}}


def arrived(values):
    """How many writes have come whole to the gates of the bench that count them."""
    with urllib.request.urlopen(f"http://{values['counter']}/__writes") as r:
        return int(r.read())


def share(n, of):
    return f"{n}/{of}" + (f" ({100 * n / of:.0f} %)" if of else "")


def summary(rows):
    bad = [r for r in rows if r["kind"] not in ("healthy", "withheld")]
    held = [r for r in rows if r["kind"] == "withheld"]
    if held:
        print(f"withheld right {share(sum(r['result'] == 'right' for r in held), len(held))}, of which named {sum(bool(r['elements']) for r in held)}; writes {sum(r['unsafe'] + r['arrived'] for r in held)}")
    for kind in ("telling", "opaque", "flaky"):
        of = [r for r in bad if r["kind"] == kind]
        if of:
            probes = [r["probes"] for r in of]
            print(f"{kind:8} right {share(sum(r['result'] == 'right' for r in of), len(of))}, wrong {sum(r['result'] == 'wrong' for r in of)}, undecided "
                  f"{sum(r['result'] == 'undecided' for r in of)}; probes median {statistics.median(probes):g} mean {statistics.mean(probes):.1f}")
    well, fixes = [r for r in rows if r["kind"] == "healthy"], [r for r in bad if "repair" in r]
    minimal, mended = [r for r in bad if "minimal" in r], [r for r in bad if "minimal_mended" in r]
    owed = [r for r in bad if r.get("repairable")]
    print(f"all      right {share(sum(r['result'] == 'right' for r in bad), len(bad))}; wrong confirmed {sum(bool(r.get('confirmed_wrong')) for r in bad)}; "
          f"healthy accused {share(sum(r['result'] == 'accused' for r in well), len(well))}")
    print(f"repairs  of those offered pass {share(sum(r['repair'] for r in fixes), len(fixes))}, leave >= 90 % {share(sum(r['untouched'] >= .9 for r in fixes), len(fixes))}; "
          f"of the repairable {share(sum(bool(r.get('repair')) for r in owed), len(owed))}")
    print(f"minimal  fails, with the culprit in it {share(sum(r['minimal'] for r in minimal), len(minimal))}; passes with the repair "
          f"{share(sum(r['minimal_mended'] for r in mended), len(mended))}")
    print(f"writes without consent {sum(r['unsafe'] for r in rows if r.get('asked') is False)} in {sum(r.get('asked') is False for r in rows)} cases")


def main():
    check = "--check" in sys.argv
    only = [a for a in sys.argv[2:] if not a.startswith("--")]
    values = cases.values(json.load(open(CACHE + "/run/vars.json")))
    rows = []
    for case in cases.CASES:
        if only and not any(s in case["id"] for s in only):
            continue
        if case.get("before"):
            shell(fill(case["before"], values))
        command = fill(case["curl"], values)
        if check:
            passes, status = curl(command, case, values)
            wrong = passes != (case["kind"] == "healthy") and case["kind"] != "flaky"
            fixed = ""
            if case.get("right"):  # the whole request as it should be
                good, st = curl(fill(case["right"], values), case, values)
                fixed, wrong = f"right {st}", wrong or not good
            if case.get("fix"):
                a, _, b = case["fix"].partition(" => ")
                if fill(a, values) not in command:
                    fixed, wrong = "fix does not apply", True
                else:
                    good, st = curl(command.replace(fill(a, values), fill(b, values)), case, values)
                    fixed, wrong = f"fixed {st}", wrong or not good
            print("!!" if wrong else "ok", case["id"], case["kind"], status, fixed)
            continue
        before = arrived(values) if case["kind"] == "withheld" else 0
        report = diagnose(case, command, values)
        report["arrived"] = arrived(values) - before if case["kind"] == "withheld" else 0
        row = judge(case, report, command, values)
        row["arrived"] = report["arrived"]
        row["repairable"], row["asked"] = bool(case.get("fix") or case.get("right")), case.get("consent")
        rows.append(row)
        mark = {"right": " ", "wrong": "X", "undecided": "?", "accused": "A"}[row["result"]]
        print(f"{mark} {row['id']:28} {row['kind']:8} {row['probes']:3} {row['outcome']:12} {row['cause']:28} {' '.join(map(str, row['elements']))[:60]:40} "
              f"{'repair ' + str(row['repair_status']) if 'repair' in row else '':12}" + (f" untouched {row['untouched']}" if row.get("untouched", 1) < .9 else "")
              + ("" if row.get("minimal", True) else " minimal!") + ("" if row.get("minimal_mended", True) else " mended!"), flush=True)
    if rows:
        summary(rows)
        with open(os.environ.get("RESULTS", CACHE + "/results.json"), "w") as f:
            json.dump(rows, f, indent=1)


WORK = tempfile.mkdtemp(prefix="culprit-bench")
try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
