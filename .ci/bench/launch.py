"""What starts the servers of a bench on free ports of loopback, below CACHE (the first argument)."""
import json, os, shutil, socket, subprocess, sys, time, urllib.error, urllib.request

CACHE = os.path.abspath(sys.argv[1])
RUN, ROOT, NPM = CACHE + "/run", CACHE + "/root", CACHE + "/npm/node_modules/.bin/"
LIB = f"{ROOT}/usr/lib/x86_64-linux-gnu"
PIDS, TAKEN = [], []


def fresh():
    """An empty RUN with the certificates of the bench in RUN/pki."""
    shutil.rmtree(RUN, ignore_errors=True)
    os.makedirs(RUN + "/log")
    os.makedirs(RUN + "/pki")
    os.chmod(RUN, 0o755)
    subprocess.run([sys.executable, os.path.dirname(os.path.abspath(__file__)) + "/pki.py", RUN + "/pki"], check=True, stderr=subprocess.DEVNULL)


def port():
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    TAKEN.append(s)
    return s.getsockname()[1]


def write(name, text):
    os.makedirs(os.path.dirname(f"{RUN}/{name}"), exist_ok=True)
    with open(f"{RUN}/{name}", "w") as f:
        f.write(text)
    return f"{RUN}/{name}"


def start(name, *cmd, cwd=None, **env):
    log = open(f"{RUN}/log/{name}.log", "wb")
    env = {**os.environ, "LD_LIBRARY_PATH": f"{LIB}:{ROOT}/lib/x86_64-linux-gnu:{LIB}/varnish:{ROOT}/usr/lib/trafficserver", **env}
    PIDS.append((name, subprocess.Popen([str(c) for c in cmd], cwd=cwd or RUN, env=env, stdout=log, stderr=log,
                                        stdin=subprocess.DEVNULL, start_new_session=True).pid))
    with open(RUN + "/pids", "a") as f:
        f.write(f"{PIDS[-1][1]} {name}\n")


def ask(url, method="GET", body=None, **headers):
    r = urllib.request.Request(url, method=method, data=body.encode() if body is not None else None,
                               headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        return urllib.request.urlopen(r, timeout=20).read()
    except urllib.error.HTTPError as e:
        return e.read()


def seed(url, method="POST", body=None, **headers):
    for _ in range(60):
        try:
            return ask(url, method, body, **headers)
        except OSError:
            time.sleep(.25)
    print("no answer:", url)
