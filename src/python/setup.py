#!/usr/bin/env python3
# One Venv setup, version 1
"""Builds, syncs and checks the central venv, build/python/venv, from build/python/requirements.txt.

    python3 build/python/setup.py            build it, or bring it up to date
    python3 build/python/setup.py check      is it what the files say? every reason why not
    python3 build/python/setup.py lock       pin every package in build/python/requirements.lock
    python3 build/python/setup.py vendor     put their wheels into build/python/deps, for --offline
    python3 build/python/setup.py verify     would every script find what it imports?
    python3 build/python/setup.py pythons    the base Pythons of this machine

It needs Python 3.8 or newer and nothing else; uv is used where there is one, else pip. How a build
stays safe: everything happens in build/python/.new, which then takes the place of venv in two
renames. A build that fails or is killed leaves venv as it was; the next command clears up.
"""

import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, this is %d.%d.%d" % sys.version_info[:3])

import os

HERE = os.path.dirname(os.path.realpath(__file__))
# Modules of the repository must not stand in for the standard library's (queue.py, json.py).
if sys.path and os.path.realpath(sys.path[0] or ".") == HERE:
    del sys.path[0]
for _folder in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    if _folder in sys.path:
        sys.path.remove(_folder)

import json
import re
import signal
import subprocess
import time

SCHEMA = 1
OLDEST = (3, 8)
WINDOWS = os.name == "nt"
HOME = "build/python"
REQUIREMENTS = HOME + "/requirements.txt"
CONSTRAINTS = HOME + "/constraints.txt"
BUILD_CONSTRAINTS = HOME + "/build-constraints.txt"
LOCK = HOME + "/requirements.lock"
DEPS = HOME + "/deps"
RECORD = ".one-venv.json"
MARK = ".one-venv-building"
LOCK_MARK = "# One Venv lock, version 1"
# As long as "venv": a venv holds its own path in many places, and in Windows programs only a path
# of the same length can take the place of another.
NEW, OLD = ".new", ".old"
# A venv has these without anyone declaring them.
SEEDS = {"pip", "setuptools", "wheel"}
# What `check` finds and a build does not mend, or has mended before it looks.
NO_WORK = {"inconsistent", "returned", "runner-mode", "decisions", "wheelhouse-behind"}
SETUP_COMMAND = ("python" if WINDOWS else "python3") + " build/python/setup.py"
LOCK_COMMAND = SETUP_COMMAND + " lock"
CONSOLIDATE = "One Venv: Consolidate Requirements (in a terminal: one-venv consolidate)"


class Stop(Exception):
    """The end of a command, in words for a person; `text` is what the tool said, `lines` whom it names."""

    def __init__(self, message, code=1, text="", lines=(), names=()):
        Exception.__init__(self, message)
        self.code, self.text, self.lines, self.names = code, text, list(lines), list(names)


class Ended(KeyboardInterrupt):
    """A signal that asks us to end; `code` is the exit code that says so."""

    def __init__(self, number):
        KeyboardInterrupt.__init__(self)
        self.code = 128 + number


# ---- what is said -------------------------------------------------------------------------------


def mask(text):
    """The text without the user and password of any address in it."""
    # What is no secret stays: git@, and ${VARIABLES}, which are written and not expanded.
    harmless = r"(?!git@|(?:[\w.-]*:)?\$\{\w+\}(?::\$\{\w+\})?@)"
    return re.sub(r"(?i)\b([a-z][a-z0-9+.-]*://)" + harmless + r"[^\s/'\"<>]+@", r"\1****@", text)


def many(count, what):
    """`1 package`, `2 packages`."""
    return "%d %s%s" % (count, what, "" if count == 1 else "s")


class Voice:
    """Says what happens: lines for people, or one JSON object a line for programs."""

    def __init__(self, as_json=False, quiet=False):
        self.as_json, self.quiet = as_json, quiet
        self.at = "start"
        self.begun = time.time()
        self.secrets = {}  # what is never shown, and what stands for it
        self.counted = ""  # before the next line that is relayed

    def hide(self, root, paths):
        """Never shows what the ${VARIABLES} of these requirements files stand for."""
        from urllib.parse import quote

        for path in paths:
            for name in variables_in(os.path.join(root, path)):
                value = os.environ.get(name, "")
                if len(value) > 3:  # what is shorter would be found in every word
                    self.secrets.update({value: "${%s}" % name, quote(value, safe=""): "${%s}" % name})

    def mask(self, text):
        for value in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(value, self.secrets[value])
        return mask(text)

    def write(self, text):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def event(self, kind, **more):
        if self.as_json:
            self.write(json.dumps(dict({"schema": SCHEMA, "event": kind}, **more)))

    def say(self, text):
        """A line of ours that is no stage."""
        text = self.mask(text)
        if self.as_json:
            self.event("note", text=text)
        else:
            self.write("One Venv: " + text)

    def stage(self, name, text):
        """A new stage begins: python, venv, resolve, install, record, swap."""
        self.at = name
        if self.as_json:
            self.event("stage", stage=name, text=self.mask(text))
        elif not self.quiet:
            self.say(text)

    def relay(self, line):
        """A line that pip or uv wrote, whole."""
        line = self.mask(line)
        if self.as_json:
            self.event("output", text=line)
        else:
            self.write(self.counted + line)
        self.counted = ""

    def package(self, name, number, of):
        """The n-th package of m (None where nobody knows yet)."""
        self.event("package", stage=self.at, name=name, n=number, of=of)
        self.counted = "[%d/%d] " % (number, of) if of and number <= of else ""

    def failed(self, stop):
        message = self.mask(str(stop))
        lines = [dict(line, text=self.mask(line["text"])) for line in stop.lines]
        if self.as_json:
            text = self.mask(stop.text)
            self.event("failed", stage=self.at, message=message, text=text, names=stop.names, lines=lines)
            return
        sys.stderr.write("One Venv: %s\n" % message)
        for line in lines:
            sys.stderr.write("  %s:%d: %s\n" % (line["file"], line["line"], line["text"]))
        if len(stop.names) > 1:
            sys.stderr.write("To find the smallest change that mends it: one-venv consolidate --suggest\n")
        sys.stderr.flush()


# ---- processes ----------------------------------------------------------------------------------


def plain_environment(root):
    """The person's environment without what would lead pip, uv or Python to another place."""
    env = dict(os.environ)
    away = ["PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"]
    away += ["CONDA_PREFIX", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_REPORT"]
    away += ["PIP_DRY_RUN", "PIP_REQUIREMENT", "PIP_EDITABLE", "PIP_REQUIRE_VIRTUALENV"]
    away += ["UV_PYTHON", "UV_SYSTEM_PYTHON", "UV_VENV_CLEAR", "UV_WORKING_DIR", "UV_NO_EDITABLE"]
    for name in away:
        env.pop(name, None)
    own = os.path.join(os.path.realpath(root), "build", "python", "venv", "")
    path = env.get("PATH", os.defpath).split(os.pathsep)
    env["PATH"] = os.pathsep.join(p for p in path if not os.path.join(p, "").startswith(own))
    env.update(PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    env.update(UV_PYTHON_DOWNLOADS="never", PYTHONIOENCODING="utf-8")
    return env


def ask(words, root, timeout=30):
    """(exit code, output, errors) of a quick question; the code is None where it cannot run."""
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=plain_environment(root),
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        return None, "", "no answer within %d s" % timeout
    except (OSError, ValueError) as error:
        return None, "", getattr(error, "strerror", None) or str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def end(child, grouped):
    """Ends a child and, where it leads a group, everything that it started."""

    def send(number):
        try:
            os.killpg(child.pid, number) if grouped else child.send_signal(number)
        except (OSError, ValueError):
            pass

    if WINDOWS:
        subprocess.call(
            ["taskkill", "/T", "/F", "/PID", str(child.pid)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        steps = [(None, 5)]
    else:
        # On a terminal Ctrl-C has reached the child as well; elsewhere we pass it on.
        steps = [(signal.SIGINT if grouped else None, 2), (signal.SIGTERM, 1), (signal.SIGKILL, 5)]
    for number, seconds in steps:
        if number is not None:
            send(number)
        try:
            child.communicate(timeout=seconds)
            break
        except (subprocess.TimeoutExpired, ValueError):
            pass
    if grouped:
        send(signal.SIGKILL)


def run_tool(voice, words, env, root, lock=None, listen=None):
    """Runs pip or uv, relays every line, and returns (exit code, all that it said).

    `voice` None runs it unheard. The lock's file stays open in the child: a build whose setup.py
    was killed holds the lock until its installer has ended, too.
    """
    grouped = not WINDOWS and not sys.stdin.isatty()
    more = {"start_new_session": True} if grouped else {}
    if lock is not None and not WINDOWS:
        more["pass_fds"] = (lock,)
    try:
        child = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=root,
            env=env,
            **more
        )
    except OSError as error:
        raise Stop("%s does not start: %s" % (words[0], error.strerror or error))
    said = []
    try:
        for raw in child.stdout:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            said.append(line)
            if voice:
                if listen:
                    listen(line)
                voice.relay(line)
        code = child.wait()
    except BaseException:
        end(child, grouped)
        raise
    return code, "\n".join(said)


# ---- base Pythons -------------------------------------------------------------------------------

PROBE = """
import sys, json
try:
    from importlib.util import find_spec
    pip = find_spec("ensurepip") is not None and find_spec("venv") is not None
except Exception:
    pip = False
print(json.dumps([list(sys.version_info[:3]), sys.executable, sys.prefix, sys.base_prefix,
    getattr(getattr(sys, "implementation", None), "name", ""), pip]))
"""


def look_at(words, root):
    """What a Python says of itself (shims and venvs resolved to their base), or why it does not.

    Either {"path", "version", "minor", "implementation", "ensurepip"} or {"why"}.
    """
    code, out, err = ask(list(words) + ["-I", "-S", "-c", PROBE], root)
    if code != 0:
        lines = [line.strip() for line in (err or out).splitlines() if line.strip()]
        return {"why": "does not run (%s)" % (lines[0] if lines else "exit code %s" % code)}
    try:
        version, path, prefix, base, implementation, pip = json.loads(out)
    except ValueError:
        return {"why": "does not answer as Python does"}
    if prefix != base:  # a venv's Python: a venv is made from the Python it was made from
        names = ["python.exe"] if WINDOWS else ["python%d.%d" % tuple(version[:2]), "python3", "python"]
        folder = base if WINDOWS else os.path.join(base, "bin")
        found = [os.path.join(folder, n) for n in names if os.path.exists(os.path.join(folder, n))]
        if not found:
            return {"why": "is the Python of a venv whose base is gone"}
        path = found[0]
    return {
        "path": path,
        "version": ".".join(map(str, version)),
        "minor": "%d.%d" % tuple(version[:2]),
        "implementation": implementation,
        "ensurepip": pip,
    }


def is_new_enough(version):
    return tuple(int(part) for part in version.split(".")[:2]) >= OLDEST


def listed(folder):
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def on_path(root, wanted):
    """Programs named python, python3, python3.N on PATH and where they usually stand."""
    folders = plain_environment(root)["PATH"].split(os.pathsep)
    if not WINDOWS:
        folders += ["/usr/local/bin", "/opt/homebrew/bin", "/usr/bin"]  # editors start with a short PATH
    end_of_name = r"\.exe" if WINDOWS else ""
    pattern = re.compile(r"python(3(\.\d+)?)?" + end_of_name + "$", re.I)
    found = []
    for folder in dict.fromkeys(f for f in folders if f):
        found += [os.path.join(folder, name) for name in listed(folder) if pattern.match(name)]
    found = [path for path in found if os.path.isfile(path) and os.access(path, os.X_OK)]
    if sys.platform == "darwin" and not os.path.isdir("/Library/Developer/CommandLineTools"):
        # Without Apple's tools this one is a stub that opens a window when it is asked.
        found = [path for path in found if path != "/usr/bin/python3" or os.path.isdir("/Applications/Xcode.app")]
    if wanted:  # the telling name first, names of other versions not at all
        exact = re.compile(r"python%s(\.exe)?$" % re.escape(wanted), re.I)
        other = re.compile(r"python3\.\d+(\.exe)?$", re.I)
        first = [path for path in found if exact.match(os.path.basename(path))]
        found = first + [p for p in found if p not in first and not other.match(os.path.basename(p))]
    return found


def in_pyenv(wanted):
    if WINDOWS:
        home = os.environ.get("PYENV") or os.path.expanduser("~/.pyenv/pyenv-win")
        program = "python.exe"
    else:
        home = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
        program = os.path.join("bin", "python")
    versions = os.path.join(home, "versions")
    names = [name for name in listed(versions) if not wanted or (name + ".").startswith(wanted + ".")]
    found = [os.path.join(versions, name, program) for name in reversed(names)]
    return [path for path in found if os.path.isfile(path)]


def by_launcher(root, wanted):
    if not WINDOWS:
        return []
    code, out, _ = ask(["py", "-0p"], root)
    found = []
    for line in out.splitlines() if code == 0 else []:
        match = re.match(r"\s*-(?:V:)?(\S+?)(?:-\d+)?\s+(?:\*\s+)?(\S.*?)\s*$", line)
        if match and (not wanted or match.group(1).split("/")[-1] == wanted):
            found.append(match.group(2))
    return found


def by_uv(root, wanted):
    uv = find_uv(root)
    if not uv:
        return []
    words = [uv, "python", "list", "--only-installed", "--output-format", "json", "--no-config"]
    code, out, _ = ask(words, root)
    try:
        rows = json.loads(out) if code == 0 else []
    except ValueError:
        rows = []
    rows = [row for row in rows if not wanted or row["version"].startswith(wanted + ".")]
    return [row["path"] for row in rows if row.get("path")]


def candidates(root, wanted=None):
    """(where it was seen, path) of what may be a Python, the preferred first, each path once."""
    running = sys.executable
    seen = set()
    sources = [
        ("running this", lambda: [running] if running else []),
        ("PATH", lambda: on_path(root, wanted)),
        ("pyenv", lambda: in_pyenv(wanted)),
        ("py launcher", lambda: by_launcher(root, wanted)),
        ("uv", lambda: by_uv(root, wanted)),
    ]
    for source, find in sources:
        for path in find():
            if path not in seen:
                seen.add(path)
                yield source, path


def unusable(found, wanted=None):
    """Why a Python cannot be the base, or None."""
    if "why" in found:
        return found["why"]
    if not is_new_enough(found["version"]):
        return "is Python %s; 3.8 or newer is needed" % found["version"]
    if wanted and found["minor"] != wanted:
        return "is Python %s" % found["version"]
    return None


def decided_python(root):
    """The base Python (major.minor) that decisions.json names, or None."""
    path = os.path.join(root, "build", "python", "decisions.json")
    try:
        with open(path, encoding="utf-8-sig") as file:
            value = json.load(file)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Stop("build/python/decisions.json cannot be read: %s" % error)
    python = value.get("python") if isinstance(value, dict) else None
    if python is None:
        return None
    if not isinstance(python, str) or not re.match(r"\d+\.\d+$", python):
        raise Stop('build/python/decisions.json: "python" is %s, not a version like "3.11"' % json.dumps(python))
    return python


def choose_python(root, given, wanted):
    """The base Python: --python, else one of the wanted version, else the one that runs this."""
    if given and not re.match(r"3(\.\d+)?$", given):
        found = given_python(root, given)
        if wanted and found["minor"] != wanted:
            raise Stop(wrong_python(given, found["version"], wanted))
        return found
    if given and "." in given:
        if wanted and given != wanted:
            raise Stop(wrong_python(given, given, wanted))
        wanted = given
    seen = []
    for source, path in candidates(root, wanted):
        found = look_at([path], root)
        why = unusable(found, wanted)
        if why is None:
            return found
        seen.append("  %s (%s) %s" % (path, source, why))
    need = "Python %s" % wanted if wanted else "Python 3.8 or newer"
    why = " (decisions.json names it as the base Python)" if wanted and not given else ""
    raise Stop("no %s is on this machine%s. Seen:\n%s" % (need, why, "\n".join(seen) or "  nothing"))


def given_python(root, given):
    """The Python that --python names: a path, or a program on PATH."""
    import shutil

    path = given
    if os.path.isdir(given):
        names = ["Scripts/python.exe", "python.exe", "bin/python3", "bin/python"]
        path = next((os.path.join(given, n) for n in names if os.path.isfile(os.path.join(given, n))), given)
    elif not os.path.dirname(given):
        path = shutil.which(given, path=plain_environment(root)["PATH"])
    if not path or not os.path.exists(path):
        raise Stop("--python %s: there is no such Python" % given)
    found = look_at([os.path.abspath(path)], root)
    why = unusable(found)
    if why:
        raise Stop("--python %s %s" % (given, why))
    return found


def wrong_python(given, version, wanted):
    return "--python %s is Python %s, but the base Python of this repository is %s (decisions.json). %s" % (
        given,
        version,
        wanted,
        "To change that: " + CONSOLIDATE,
    )


def all_pythons(root):
    """Every Python seen, newest first, each program once, with why it cannot serve."""
    from concurrent.futures import ThreadPoolExecutor

    rows = list(candidates(root))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda row: look_at([row[1]], root), rows))
    result, seen = [], set()
    for (source, path), python in zip(rows, found):
        real = os.path.realpath(python.get("path", path))
        if real in seen:
            continue
        seen.add(real)
        why = unusable(python)
        result.append(
            {
                "path": python.get("path", path),
                "version": python.get("version"),
                "minor": python.get("minor"),
                "implementation": python.get("implementation"),
                "source": source,
                "usable": why is None,
                "why": why,
            }
        )
    key = lambda row: [int(n) for n in (row["version"] or "0").split(".")]
    return sorted(result, key=key, reverse=True)


# ---- pip and uv ---------------------------------------------------------------------------------


def find_uv(root):
    import shutil

    path = plain_environment(root)["PATH"]
    for folder in ("~/.local/bin", "~/.cargo/bin"):  # where its installer puts it
        path += os.pathsep + os.path.expanduser(folder)
    return shutil.which("uv", path=path)


def choose_installer(root, given):
    """{"name": "uv" or "pip", "path": uv's, "version"}: uv where there is one, else pip."""
    if given == "pip":
        return {"name": "pip"}
    uv = find_uv(root)
    if uv:
        code, out, err = ask([uv, "--version"], root)
        if code == 0:
            return {"name": "uv", "path": uv, "version": (out.split() + ["?", "?"])[1]}
        if given == "uv":
            raise Stop("%s does not run: %s" % (uv, err.strip() or "exit code %s" % code))
    elif given == "uv":
        raise Stop("there is no uv on this machine (PATH, ~/.local/bin, ~/.cargo/bin)")
    return {"name": "pip"}


def pip_settings():
    """What the person's pip is set up with, `[global]` and `[install]` of its files, then PIP_*."""
    import configparser

    env, home = os.environ, os.path.expanduser("~")
    named = env.get("PIP_CONFIG_FILE")
    name = "pip.ini" if WINDOWS else "pip.conf"
    if WINDOWS:
        files = [os.path.join(env.get("PROGRAMDATA", "C:\\ProgramData"), "pip", name)]
        user = [os.path.join(home, "pip", name), os.path.join(env.get("APPDATA", home), "pip", name)]
    else:
        config = env.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
        folders = (env.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
        files = [os.path.join(folder, "pip", name) for folder in folders if folder] + ["/etc/" + name]
        user = [os.path.join(home, ".pip", name), os.path.join(config, "pip", name)]
        if sys.platform == "darwin":
            files = ["/Library/Application Support/pip/" + name]
            own = os.path.join(home, "Library/Application Support/pip")
            user[1] = os.path.join(own if os.path.isdir(own) else config + "/pip", name)
    if named != os.devnull:
        files += user + ([named] if named else [])
    settings = {}
    for section in ("global", "install"):
        for path in files if named != os.devnull else []:
            parser = configparser.RawConfigParser()
            try:
                parser.read(path, encoding="utf-8")
            except (configparser.Error, ValueError, OSError):
                continue  # pip itself says what is wrong with it
            if parser.has_section(section):
                settings.update((k.replace("_", "-"), v) for k, v in parser.items(section) if v)
    for key, value in env.items():
        if key.startswith("PIP_") and value:
            settings[key[4:].lower().replace("_", "-")] = value
    return settings


def uv_has_index(root):
    """Has the person set up an index for uv itself? Then pip's is none of uv's business."""
    names = ("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
    if any(os.environ.get(name) for name in names):
        return True
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    if WINDOWS:
        config = os.environ.get("APPDATA", config)
    files = [os.path.join(config, "uv", "uv.toml"), "/etc/uv/uv.toml", "/etc/xdg/uv/uv.toml"]
    files += [os.path.join(root, "uv.toml"), os.environ.get("UV_CONFIG_FILE", "")]
    for path in files + [os.path.join(root, "pyproject.toml")]:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        if path.endswith("pyproject.toml"):
            at = text.find("[tool.uv")
            text = text[at:] if at >= 0 else ""
        if re.search(r"(?m)^\s*(index-url|extra-index-url|find-links|no-index)\s*=|\[\[.*index\]\]|^\s*index\s*=", text):
            return True
    return False


def uv_environment(root, env):
    """(environment, arguments) that hand the person's pip set-up on to uv, addresses unseen."""
    settings = pip_settings()
    words = []

    def hand_on(pip, uv, separator=" "):
        if settings.get(pip) and not env.get(uv):
            env[uv] = separator.join(settings[pip].split())

    if not uv_has_index(root):
        hand_on("index-url", "UV_DEFAULT_INDEX")
        hand_on("extra-index-url", "UV_INDEX")
        hand_on("find-links", "UV_FIND_LINKS", ",")
        if settings.get("no-index", "").lower() in ("1", "true", "yes", "on"):
            words.append("--no-index")
    hand_on("constraint", "UV_CONSTRAINT")
    hand_on("trusted-host", "UV_INSECURE_HOST")
    hand_on("cert", "SSL_CERT_FILE")
    hand_on("client-cert", "SSL_CLIENT_CERT")
    hand_on("timeout", "UV_HTTP_TIMEOUT")
    hand_on("proxy", "ALL_PROXY")
    if settings.get("pre", "").lower() in ("1", "true", "yes", "on") and not env.get("UV_PRERELEASE"):
        env["UV_PRERELEASE"] = "allow"
    return env, words


# ---- what a build rests on ----------------------------------------------------------------------


def digest(path):
    """sha256 of a file with its line ends as LF; None where there is none."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Stop("%s cannot be read: %s" % (path, error.strerror))
    return digest_of(data)


def digest_of(data):
    import hashlib

    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def included(root, path, seen, words="-r|-c|--requirement|--constraint"):
    """The files that `-r` and `-c` lines of `path` name, and theirs; paths relative to the root."""
    if path in seen:
        return seen
    seen.append(path)
    try:
        with open(os.path.join(root, *path.split("/")), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return seen
    for line in lines:
        match = re.match(r"\s*(?:%s)(?:\s+|=)?(\S+)" % words, line)
        if match and "://" not in match.group(1):
            other = os.path.join(root, os.path.dirname(path), match.group(1).strip("'\""))
            if os.path.isfile(other):
                included(root, os.path.relpath(other, root).replace(os.sep, "/"), seen, words)
    return seen


def variables_in(path):
    """The names of the ${VARIABLES} in a file, as pip and uv replace them."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return set(re.findall(r"\$\{([A-Z0-9_]+)\}", file.read()))
    except OSError:
        return set()


def must_be_text(root):
    """Stops where a requirements file is not UTF-8: pip and uv would each end in their own way."""
    for path in included(root, CONSTRAINTS, included(root, REQUIREMENTS, [])):
        try:
            with open(os.path.join(root, path), "rb") as file:
                data = file.read()
            data.decode("utf-8")
        except FileNotFoundError:
            pass
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise Stop("%s is not UTF-8 (line %d): save it as UTF-8" % (path, line))
        except OSError as error:
            raise Stop("%s cannot be read: %s" % (path, error.strerror))


def inputs(root, also=()):
    """{path: digest} of the files that decide what the venv holds."""
    paths = included(root, REQUIREMENTS, [])
    included(root, CONSTRAINTS, paths)
    paths += [BUILD_CONSTRAINTS] + sorted(also)
    return {path: digest(os.path.join(root, *path.split("/"))) for path in dict.fromkeys(paths)}


# ---- pinned packages, and the lock ----------------------------------------------------------------


def join_lines(text):
    """Lines without comments and blank ones; those that end in a backslash are joined, kept whole."""
    found, open_line = [], None
    for line in text.splitlines():
        comment = line.lstrip().startswith("#")
        if comment and open_line is None:
            continue
        # As pip has it, a comment ends a line that a backslash left open.
        whole = line if open_line is None else open_line if comment else open_line + "\n" + line
        open_line = whole if line.endswith("\\") and not comment else None
        if open_line is None and whole.strip():
            found.append(whole)
    if open_line is not None:
        found.append(open_line.rstrip("\\"))
    return found


def read_pins(text):
    """What a lock or uv's output pins, one entry a line.

    Each is {"name", "version", "marker", "folder", "text", "hashed"}: version None for what comes
    by address, name None for a folder that does not say it, text as it stands there.
    """
    entries = []
    for line in join_lines(text):
        line = line.rstrip("\\ \n")
        first = re.sub(r"\s+#.*", "", line.split("\n")[0]).rstrip("\\ ")
        body, _, marker = first.partition(" ;")
        body = re.sub(r"\s+--hash.*", "", body)
        entry = {"name": None, "version": None, "marker": marker.split(" --hash")[0].strip(), "folder": None}
        entry.update(text=line, hashed="--hash=" in line)
        match = re.match(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:==\s*(\S+)|@\s*(\S+))$", body.strip())
        place = re.sub(r"^(-e|--editable)\s+", "", body).strip()
        if match:
            entry.update(name=normal(match.group(1)), version=match.group(2))
            place = match.group(3) or ""
            if not place.startswith("file:"):
                place = ""
        if place:
            entry["folder"] = path_of_url(place) if place.startswith("file:") else place
        entries.append(entry)
    return entries


def folder_of(root, entry):
    """The real folder of an entry that is a folder of the repository, else None."""
    if entry["folder"] is None:
        return None
    path = os.path.realpath(os.path.join(root, entry["folder"].split("[")[0]))
    return path if os.path.isdir(path) else None


def metadata_files(root, folders):
    """The files in which projects declare what they need; paths relative to the root."""
    names = ("pyproject.toml", "setup.cfg", "setup.py")
    return [
        os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
        for folder in sorted(folders)
        for name in names
    ]


def this_platform():
    machine = os.environ.get("PROCESSOR_ARCHITECTURE", "?") if WINDOWS else os.uname().machine
    return "%s-%s" % (sys.platform, machine.lower())


def read_lock(root):
    """The lock as {"tool", "python", "platforms", "inputs", "entries"}, or None where there is none."""
    try:
        with open(at(root, "requirements.lock"), encoding="utf-8-sig") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Stop("%s cannot be read: %s" % (LOCK, error))
    lines = text.splitlines()
    if not lines or lines[0].strip() != LOCK_MARK:
        raise Stop("%s is not One Venv's (its first line is not `%s`); move it away" % (LOCK, LOCK_MARK))
    lock = {"inputs": {}, "tool": "", "python": "", "platforms": "", "text": text, "entries": read_pins(text)}
    for line in lines:
        match = re.match(r"# (tool|python|platforms): (.*)$", line)
        if match:
            lock[match.group(1)] = match.group(2).strip()
        match = re.match(r"# input: (.+) sha256:([0-9a-f]{64})$", line)
        if match:
            lock["inputs"][match.group(1)] = match.group(2)
    return lock


def why_behind(root, lock, python):
    """What a lock was made from that is otherwise now: input files, the Python (major.minor)."""
    now = inputs(root, lock["inputs"])
    why = [path for path in now if now[path] != lock["inputs"].get(path)]
    return why + (["Python %s instead of %s" % (python, lock["python"])] if python != lock["python"] else [])


def serves_here(lock):
    return lock["platforms"] == "all" or this_platform() in lock["platforms"].split()


def lock_mode(root, python, options):
    """(how the lock enters a build, the lock): none, install, renew, or constrain."""
    lock = read_lock(root)
    locked = options.locked or (bool(os.environ.get("CI")) and lock is not None)
    if lock is None:
        if locked:
            raise Stop("there is no %s; write it with: %s" % (LOCK, LOCK_COMMAND))
        return "none", None
    why = why_behind(root, lock, python)
    if not why:
        return ("install" if serves_here(lock) else "constrain"), lock
    if locked:
        raise Stop("%s does not fit (%s); renew it with: %s" % (LOCK, ", ".join(why), LOCK_COMMAND))
    return "renew", lock


# ---- a venv on disk -----------------------------------------------------------------------------


def at(root, *names):
    return os.path.join(root, "build", "python", *names)


def programs(venv):
    windows = os.path.join(venv, "Scripts")
    return windows if WINDOWS and os.path.isdir(windows) else os.path.join(venv, "bin")


def python_of(venv):
    return os.path.join(programs(venv), "python.exe" if WINDOWS else "python3")


def site_folders(venv):
    """The site-packages folders of a venv, each once."""
    if os.path.isdir(os.path.join(venv, "Lib", "site-packages")) and WINDOWS:
        return [os.path.join(venv, "Lib", "site-packages")]
    found = []
    for library in ("lib", "lib64"):
        if os.path.islink(os.path.join(venv, library)):
            continue
        for name in listed(os.path.join(venv, library)):
            folder = os.path.join(venv, library, name, "site-packages")
            if os.path.isdir(folder):
                found.append(folder)
    return found


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def packages(venv):
    """{name: version} of what stands in site-packages, from the names of the folders alone."""
    found = {}
    for folder in site_folders(venv):
        for entry in listed(folder):
            stem, dot, kind = entry.rpartition(".")
            if kind == "egg-link":
                name, version = stem, "develop"
            elif kind in ("dist-info", "egg-info") and not entry.startswith("~"):
                name, _, version = re.sub(r"-py\d+(\.\d+)?$", "", stem).partition("-")
            else:
                continue
            name = normal(name)
            found[name] = found[name] + ", " + version if name in found else version
    return found


def local_projects(venv):
    """{folder: name} of the packages that were installed from a folder (editable or not)."""
    found = {}
    for folder in site_folders(venv):
        for entry in listed(folder):
            if entry.endswith(".dist-info"):
                try:
                    with open(os.path.join(folder, entry, "direct_url.json"), encoding="utf-8") as file:
                        value = json.load(file)
                except (OSError, ValueError):
                    continue
                url = value.get("url", "")
                if "dir_info" in value and url.startswith("file:"):
                    found[path_of_url(url)] = normal(entry[: -len(".dist-info")].partition("-")[0])
    return found


def path_of_url(url):
    from urllib.parse import urlparse
    from urllib.request import url2pathname

    return os.path.realpath(url2pathname(urlparse(url).path))


def configuration(venv):
    """The keys of pyvenv.cfg, or None where there is none."""
    try:
        with open(os.path.join(venv, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def version_of(venv):
    """major.minor.micro as pyvenv.cfg states it, or None."""
    keys = configuration(venv) or {}
    match = re.match(r"\d+\.\d+(\.\d+)?", keys.get("version") or keys.get("version_info") or "")
    return match.group(0) if match else None


def read_record(venv):
    """What the build recorded in the venv, or None where nothing readable stands."""
    try:
        with open(os.path.join(venv, RECORD), encoding="utf-8") as file:
            record = json.load(file)
    except (OSError, ValueError):
        return None
    keys = {"venv", "python", "base", "stamp", "installer", "built", "locked", "inputs", "packages", "seeds", "findings"}
    sound = isinstance(record, dict) and record.get("schema") == SCHEMA and keys <= set(record)
    return record if sound else None


def counted(record):
    """How many packages a build installed, without those that every venv has."""
    return len(set(record["packages"]) - set(record["seeds"]))


def stamp(path):
    """[real path, size, time] of the base Python: where it changes, it is asked again."""
    try:
        real = os.path.realpath(path)
        status = os.stat(real)
    except OSError:
        return None
    return [real, status.st_size, int(status.st_mtime)]


# ---- health -------------------------------------------------------------------------------------


def health(root):
    """(reasons, record): every reason why the venv is not what the files say; none: healthy.

    Each reason is {"code", "message", "mend"}. Requirement syntax is not read: what stands on disk
    is compared with what the build recorded.
    """
    reasons = []

    def reason(code, message, mend=SETUP_COMMAND):
        reasons.append({"code": code, "message": message, "mend": mend})

    venv = at(root, "venv")
    builder = who_builds(root)
    if not os.path.isfile(at(root, "requirements.txt")):
        reason("no-requirements", "there is no %s" % REQUIREMENTS, CONSOLIDATE)
    wanted = None
    try:
        wanted = decided_python(root)
    except Stop as stop:
        reason("decisions", str(stop), CONSOLIDATE)
    mend_runner(root, reason)
    returned(root, reason)
    remains = [name for name in (NEW, OLD) if os.path.lexists(at(root, name))]
    if builder is None and remains:
        reason("half-built", "a build was broken off: %s is left over" % " and ".join(remains))
    if builder is not None and not os.path.lexists(venv):
        reason("building", "it is being built (%s)" % builder_text(builder), "wait for it")
        return reasons, None
    if os.path.islink(venv):
        reason("linked", "build/python/venv is a symbolic link; remove it, a folder is made in its place")
        return reasons, None
    if not os.path.isdir(venv):
        reason("no-venv", "there is no central venv")
        return reasons, None
    if configuration(venv) is None:
        message = "build/python/venv is not a virtual environment (no pyvenv.cfg)"
        reason("not-a-venv", message, SETUP_COMMAND + " clean")
        return reasons, None
    record = read_record(venv)
    if record is None:
        reason("no-record", "the venv was not built by setup.py, or its build did not end")
        return reasons, None
    check_place(root, venv, record, wanted, reason)
    now = inputs(root, list(record["inputs"]) + [LOCK])
    changed = [path for path in now if now[path] != record["inputs"].get(path)]
    if changed:
        reason("out-of-date", "changed since the build: %s" % ", ".join(changed))
    check_lock(root, record, reason)
    check_packages(venv, record, reason)
    check_wheelhouse(root, reason)
    for line in record["findings"]:
        reason("inconsistent", mask(line), "change %s, then %s" % (REQUIREMENTS, SETUP_COMMAND))
    return reasons, record


def mend_runner(root, reason):
    runner = at(root, "run.py")
    if not WINDOWS and os.path.isfile(runner) and not os.access(runner, os.X_OK):
        reason("runner-mode", "build/python/run.py is not executable")


def returned(root, reason):
    """Sources and environments that a plan removed, and that stand there again."""
    try:
        with open(at(root, "decisions.json"), encoding="utf-8-sig") as file:
            removed = json.load(file).get("removed", [])
        paths = [row["path"] for row in removed if isinstance(row, dict) and isinstance(row.get("path"), str)]
    except (OSError, ValueError, AttributeError, TypeError):
        return  # what is wrong with the file, decided_python says
    for path in dict.fromkeys(paths):
        inside = os.path.normpath(path.rstrip("/"))
        leads_on = inside == "." or os.path.isabs(inside) or inside.startswith("..")
        if not leads_on and os.path.lexists(os.path.join(root, inside)):
            reason("returned", "%s was removed by a plan, and is there again" % path, CONSOLIDATE)


EXPORTED = "# exported by One Venv"


def begin_git(root):
    """Two questions to git, begun: which environments it tracks, and which files are exported locks."""
    ways = (
        ["ls-files", "-z", "--", "pyvenv.cfg", "*/pyvenv.cfg", "conda-meta/history", "*/conda-meta/history"],
        ["grep", "-l", "-z", "-I", "--untracked", "-e", "^" + EXPORTED, "--", "*.txt", "*.lock", "*.in"],
    )
    started = []
    for words in ways:
        call = ["git", "-c", "core.fsmonitor=false"] + words
        try:
            started.append(
                subprocess.Popen(call, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            )
        except OSError:
            return []  # no git: nothing is tracked
    return started


def end_git(root, started):
    """What git's answers say against the repository: reasons, as `health` has them."""
    answers = []
    for child in started:
        out = child.communicate()[0]
        answers.append([os.fsdecode(path) for path in out.split(b"\0") if path] if child.returncode == 0 else [])
    reasons = []
    if not answers:
        return reasons
    for path in answers[0]:
        folder = os.path.dirname(path[: -len("/history")] if path.endswith("conda-meta/history") else path) or "."
        message = "git tracks the environment %s, which holds paths of one machine; it belongs into .gitignore" % folder
        mend = 'git rm -r -q --cached "%s"' % folder
        reasons.append({"code": "tracked-environment", "message": message, "mend": mend})
    lock = digest(at(root, "requirements.lock"))
    for path in answers[1]:
        origin, again = exported_from(os.path.join(root, path))
        if origin and origin != lock:
            message = "%s was exported from %s, which has changed since" % (path, LOCK)
            reasons.append({"code": "export-behind", "message": message, "mend": again or SETUP_COMMAND + " export"})
    return reasons


def exported_from(path):
    """(digest of the lock that a file was exported from, the command that renews it), None where it does not say."""
    origin = again = None
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            if file.readline().startswith(EXPORTED):
                for line in [file.readline() for _ in range(4)]:
                    match = re.match(r"# origin: \S+ sha256:(\S+)", line)
                    origin = match.group(1) if match else origin
                    match = re.match(r"# renew it with: (\S.*)", line)
                    again = match.group(1) if match else again
    except OSError:
        pass
    return origin, again


def check_place(root, venv, record, wanted, reason):
    """The interpreter and the folder are those that the build left."""
    version = version_of(venv) or record["python"]
    # On Windows the venv's python.exe is a program of its own, which only starts the base Python.
    if not os.path.exists(python_of(venv)) or (WINDOWS and not os.path.exists(record["base"])):
        reason("interpreter-gone", "the base Python %s is gone (%s)" % (version, record["base"]))
    elif record["stamp"] != stamp(python_of(venv)):
        found = look_at([python_of(venv)], root)
        if "why" in found:
            reason("interpreter-gone", "the venv's Python %s" % found["why"])
        elif found["minor"] != minor(version):
            message = "the base Python is now %s, the venv was built for %s"
            reason("wrong-python", message % (found["version"], version))
    if wanted and minor(version) != wanted:
        reason("wrong-python", "the venv has Python %s, decisions.json says %s" % (version, wanted))
    if record["venv"] != os.path.realpath(venv):
        reason("moved", "the folder has moved: the venv was built as %s" % record["venv"])


def check_lock(root, record, reason):
    try:
        lock = read_lock(root)
    except Stop as stop:
        return reason("lock", str(stop), "move it away")
    why = why_behind(root, lock, minor(record["python"])) if lock else []
    if why:
        reason("lock-behind", "%s does not fit any more: %s" % (LOCK, ", ".join(why)))


def minor(version):
    return ".".join(version.split(".")[:2])


def check_packages(venv, record, reason):
    """What stands in site-packages against what the build left there."""
    there, wanted = packages(venv), record["packages"]
    for name in sorted(set(wanted) - set(there)):
        reason("missing", "%s %s is missing" % (name, wanted[name]))
    for name in sorted(set(there) & set(wanted)):
        if there[name] != wanted[name] and name not in SEEDS:
            reason("version", "%s is %s, the build installed %s" % (name, there[name], wanted[name]))
    for name in sorted(set(there) - set(wanted) - SEEDS):
        reason("undeclared", "%s %s is in the venv, but not from a build" % (name, there[name]))


# ---- one builder at a time ----------------------------------------------------------------------


def open_lock(root):
    """A file to lock: the folder itself, so that no lock file is left; on Windows setup.py."""
    if WINDOWS:
        return os.open(at(root, "setup.py"), os.O_RDONLY)
    return os.open(at(root), os.O_RDONLY)


def try_lock(file):
    """True: ours. False: another's. None: this file system knows no locks."""
    if WINDOWS:
        import msvcrt

        os.lseek(file, 1 << 30, os.SEEK_SET)  # beyond the end: nobody is kept from reading
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    except OSError:
        return None


def who_builds(root):
    """The build that is going on now, as its mark says ({} where it has none yet), or None."""
    try:
        file = open_lock(root)
    except OSError:
        return None
    try:
        if try_lock(file) is not False:
            return None
    finally:
        os.close(file)
    try:
        with open(at(root, NEW, MARK), encoding="utf-8") as mark:
            return json.load(mark)
    except (OSError, ValueError):
        return {}


def builder_text(builder):
    if "pid" not in builder:
        return "another setup.py is at work"
    since = time.strftime("%H:%M:%S", time.localtime(builder.get("since", 0)))
    return "process %s on %s, since %s" % (builder["pid"], builder.get("host", "this machine"), since)


def take_lock(root, voice):
    """Waits until no other setup.py builds here, and says who does. Returns the file to keep open."""
    file = open_lock(root)
    tries = 0
    while try_lock(file) is False:
        tries += 1
        if tries == 2:  # the first time it may have been a mere `check`
            builder = who_builds(root) or {}
            voice.event("waiting", pid=builder.get("pid"), text=builder_text(builder))
            if not voice.as_json:
                voice.say("another build is going on (%s); waiting for it" % builder_text(builder))
        time.sleep(0.1)
    return file


# ---- files and folders --------------------------------------------------------------------------


def write_whole(path, text):
    """Writes a file so that after a power cut it is there whole, or as it was before."""
    temporary = path + ".part"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def sync_folder(path):
    if not WINDOWS:
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        except OSError:
            pass  # some file systems cannot sync a folder
        finally:
            os.close(file)


def remove_tree(path):
    """Removes a venv folder; killed meanwhile, it leaves what is no venv, and is known as ours.

    pyvenv.cfg goes first, our mark last.
    """
    import shutil
    import stat

    def again(function, name, _):
        os.chmod(name, stat.S_IWRITE | stat.S_IREAD)  # Windows keeps read-only files
        function(name)

    if os.path.islink(path) or not os.path.isdir(path):
        os.unlink(path)
        return
    mark = os.path.join(path, MARK)
    try:
        open(mark, "a").close()
        os.unlink(os.path.join(path, "pyvenv.cfg"))
    except OSError:
        pass  # no such file, or no room for the mark
    handler = {"onexc": again} if sys.version_info >= (3, 12) else {"onerror": again}
    for name in os.listdir(path):
        inner = os.path.join(path, name)
        if os.path.isdir(inner) and not os.path.islink(inner):
            shutil.rmtree(inner, **handler)
        elif name != MARK:
            try:
                os.unlink(inner)
            except PermissionError:
                again(os.unlink, inner, None)
    shutil.rmtree(path, **handler)


def is_ours(path):
    """A folder that a build of ours left: marked, a venv, or still empty."""
    if os.path.islink(path) or not os.path.isdir(path):
        return False
    names = set(os.listdir(path))
    return MARK in names or "pyvenv.cfg" in names or names <= {".gitignore", MARK + ".part"}


def clear_up(root, voice):
    """Repairs what a killed build left: the venv is put back, the half one is removed."""
    venv, new, old = at(root, "venv"), at(root, NEW), at(root, OLD)
    for path in (new, old):
        if os.path.lexists(path) and not is_ours(path):
            raise Stop("%s is in the way, and is not One Venv's: move it away" % path)
    if os.path.lexists(old) and not os.path.lexists(venv) and os.path.isfile(os.path.join(old, "pyvenv.cfg")):
        os.rename(old, venv)
        voice.say("a build was broken off; the venv from before it is back in place")
    for path in (old, new):
        if os.path.lexists(path):
            remove_tree(path)


def new_folder(root):
    """Makes build/python/.new, unseen by git and marked as half-built."""
    import socket

    new = at(root, NEW)
    os.mkdir(new)
    with open(os.path.join(new, ".gitignore"), "w") as file:
        file.write("*\n")
    mark = {"pid": os.getpid(), "host": socket.gethostname(), "since": int(time.time())}
    write_whole(os.path.join(new, MARK), json.dumps(mark))
    return new


def clone(source, target):
    """A copy of a venv in which files are hard links where they can be; only new files differ.

    Installers replace files and never write into them, except for .pth files and the like.
    """
    import shutil

    for entry in os.scandir(source):
        path = os.path.join(target, entry.name)
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), path)
        elif entry.is_dir():
            os.mkdir(path)
            clone(entry.path, path)
        elif entry.name in (RECORD, ".gitignore"):
            continue
        elif entry.name.endswith((".pth", ".egg-link", ".cfg")):
            shutil.copy2(entry.path, path)
        else:
            try:
                os.link(entry.path, path)
            except OSError:
                shutil.copy2(entry.path, path)


def settle(new, venv):
    """Makes the finished venv speak of its final path: programs, activate scripts, pyvenv.cfg.

    Of the path only the end is compared: what stands before it may be quoted in many ways.
    """
    before, after = [os.path.join("python", os.path.basename(path)).encode() for path in (new, venv)]
    changed = []
    files = [os.path.join(programs(new), name) for name in listed(programs(new))]
    for path in files + [os.path.join(new, "pyvenv.cfg")]:
        if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > 1 << 20:
            continue
        with open(path, "rb") as file:
            data = file.read()
        if before not in data:
            continue
        with open(path + ".part", "wb") as file:
            file.write(data.replace(before, after))
        os.chmod(path + ".part", os.stat(path).st_mode)
        os.replace(path + ".part", path)
        changed.append(path)
    correct_records(new, changed)


def correct_records(new, changed):
    """The digests that RECORD files hold of programs that `settle` has changed."""
    import base64
    import hashlib

    names = {}
    for path in changed:
        with open(path, "rb") as file:
            value = base64.urlsafe_b64encode(hashlib.sha256(file.read()).digest()).rstrip(b"=")
        names[os.path.basename(path)] = value.decode()
    for folder in site_folders(new) if names else []:
        for entry in listed(folder):
            record = os.path.join(folder, entry, "RECORD")
            if not entry.endswith(".dist-info") or not os.path.isfile(record):
                continue
            with open(record, encoding="utf-8", newline="") as file:
                text = file.read()

            def corrected(match):
                value = names.get(match.group(2))
                return match.group(1) + match.group(2) + ",sha256=" + value if value else match.group(0)

            pattern = r"(?m)^((?:\.\./)+(?:bin|Scripts)/)([^/,\r\n]+),sha256=[\w-]+"
            fixed = re.sub(pattern, corrected, text)
            if fixed != text:
                with open(record + ".part", "w", encoding="utf-8", newline="") as file:
                    file.write(fixed)
                os.replace(record + ".part", record)


def swap(root):
    """Puts the finished .new in the place of venv; what stood there is removed."""
    venv, new, old = at(root, "venv"), at(root, NEW), at(root, OLD)
    try:
        try:
            if os.path.lexists(venv):
                os.rename(venv, old)
            os.rename(new, venv)
        except BaseException:
            if os.path.lexists(old) and not os.path.lexists(venv):
                os.rename(old, venv)
            raise
    except PermissionError as error:
        if not WINDOWS:
            raise
        raise Stop("the venv is in use (%s): end the programs that run in it, then build again" % error)
    sync_folder(at(root))
    if os.path.lexists(old):
        remove_tree(old)


# ---- building -----------------------------------------------------------------------------------


def build(root, options, voice):
    """Builds or syncs the venv. Nothing to do: says so, without starting a process."""
    if not os.path.isfile(at(root, "requirements.txt")):
        raise Stop("there is no %s; it is written by %s" % (REQUIREMENTS, CONSOLIDATE))
    lock = take_lock(root, voice)
    try:
        mend_mode(at(root, "run.py"))
        clear_up(root, voice)
        reasons, record = health(root)
        codes = {reason["code"] for reason in reasons}
        if "not-a-venv" in codes or "linked" in codes:
            raise Stop(next(r["message"] for r in reasons if r["code"] in ("not-a-venv", "linked")))
        if record and not options.python and not codes - NO_WORK:
            finished(voice, root, record, reasons, changed=False)
            return 0
        return rebuild(root, options, voice, lock, record, codes)
    finally:
        os.close(lock)


def mend_mode(runner):
    try:
        mode = os.stat(runner).st_mode
        if not WINDOWS and mode & 0o111 != 0o111:
            os.chmod(runner, mode | 0o111)
    except OSError:
        pass


def rebuild(root, options, voice, lock, record, codes):
    begun = time.time()
    venv = at(root, "venv")
    wanted = decided_python(root)
    installer = choose_installer(root, options.installer)
    fresh = record is None or codes & {"interpreter-gone", "wrong-python", "moved", "no-record"}
    voice.stage("python", "choosing the base Python")
    if fresh or options.python:
        python = choose_python(root, options.python, wanted)
        fresh = fresh or os.path.realpath(python["path"]) != os.path.realpath(record["base"])
    else:
        version = version_of(venv) or record["python"]
        python = {"path": record["base"], "version": version, "minor": minor(version)}
    if not fresh and not codes - NO_WORK:
        finished(voice, root, record, health(root)[0], changed=False)
        return 0
    mode, pinned = lock_mode(root, python["minor"], options)
    if options.offline and (not os.path.isdir(at(root, "deps")) or pinned and not read_manifest(root)):
        raise Stop(no_wheelhouse())
    before = inputs(root, (record or {}).get("inputs", ()))
    must_be_text(root)
    damaged = codes & {"missing", "version", "undeclared"}
    new = at(root, NEW)
    try:
        new_folder(root)
        job = new_job(root, voice, lock, installer, options, python)
        job.update(new=new, program=python_of(new), work=os.path.join(new, ".one-venv-work"))
        os.mkdir(job["work"])
        job["preferred"] = preferred_pins(pinned, record)
        if not fresh:
            voice.stage("venv", "copying the venv, so that the one in use stays as it is")
            clone(venv, new)
            job["seeds"] = set(record["seeds"])
            if not synced(job, mode, pinned, damaged):
                voice.say("the venv was changed in ways that cannot be mended one by one; it is made anew")
                remove_tree(new)
                new_folder(root)
                os.mkdir(job["work"])
                python, fresh = look_at([record["base"]], root), True
                if "why" in python:
                    python = choose_python(root, None, job["python"])
        if fresh:
            make_venv(job, python)
            job["seeds"] = set(packages(new))
            fill(job, mode, pinned)
        findings = look_for_findings(job)
        voice.stage("record", "recording what was installed")
        made = make_record(job, python, before, findings, begun)
        settle(new, venv)
        remove_tree(job["work"])
        if hasattr(os, "sync"):
            os.sync()  # the record must not outlive a power cut that the packages did not
        if "lock" in job:
            write_whole(at(root, "requirements.lock"), job["lock"])
        write_whole(os.path.join(new, RECORD), json.dumps(made, indent=1) + "\n")
        os.unlink(os.path.join(new, MARK))
        sync_folder(new)
        voice.stage("swap", "putting the new venv in place")
        swap(root)
    except OSError as error:
        raise Stop("%s: %s" % (error.filename or at(root), error.strerror or error))
    finally:
        # Also after Ctrl-C; after SIGKILL the next command does it.
        if os.path.lexists(new):
            try:
                remove_tree(new)
            except OSError:
                pass
    reasons, record = health(root)
    finished(voice, root, record, reasons, changed=True)
    return 0


def new_job(root, voice, lock, installer, options, python):
    """What the steps of a build, a lock or a question share.

    `program` is the Python that pip runs in and uv looks at, `work` a folder for files of the
    moment, `new` the venv to fill (none for a question), `lock` the text of a new lock.
    """
    voice.hide(root, included(root, CONSTRAINTS, included(root, REQUIREMENTS, [])))
    there = [path for path in (CONSTRAINTS,) if os.path.isfile(os.path.join(root, path))]
    builds = BUILD_CONSTRAINTS if os.path.isfile(os.path.join(root, BUILD_CONSTRAINTS)) else None
    return {
        "root": root,
        "voice": voice,
        "handle": lock,
        "installer": installer,
        "offline": getattr(options, "offline", False),
        "python": python["minor"],
        "requirements": REQUIREMENTS,
        "constraints": there,
        "builds": builds,
        "preferred": {},
        "seeds": set(),
    }


def preferred_pins(pinned, record):
    """{name: version} to keep where they still fit: the lock's, else what the venv has."""
    if pinned:
        return {e["name"]: e["version"] for e in pinned["entries"] if e["version"] and not e["marker"]}
    return {n: v for n, v in record["packages"].items() if n not in record["seeds"]} if record else {}


def finished(voice, root, record, reasons, changed):
    for reason in reasons if not voice.as_json else []:
        voice.say("%s (%s)" % (reason["message"], reason["mend"]))
    seconds = round(time.time() - voice.begun, 2)
    count = counted(record)
    what = "built" if changed else "up to date"
    there = (what, record["python"], many(count, "package"), record["installer"])
    text = "the central venv is %s: Python %s, %s, by %s" % there
    if changed:
        text += ", in %.1f s" % seconds
        if not record["locked"]:
            voice.say("nothing is pinned: there is no requirements.lock (%s writes one)" % LOCK_COMMAND)
    voice.event(
        "done", changed=changed, healthy=not reasons, reasons=reasons, packages=count, seconds=seconds, text=text
    )
    if not voice.as_json:
        voice.say(text)


def tool(job, words, env, what, listen=None, heard=True):
    """Runs one call of pip or uv in the root; stops with its words where it fails."""
    voice = job["voice"] if heard else None
    code, text = run_tool(voice, words, env, job["root"], job["handle"], listen)
    if code != 0:
        raise failure(job, what, code, text)
    return text


def installer_environment(job):
    """(environment, arguments) for pip or uv: where packages come from."""
    root, uv = job["root"], job["installer"]["name"] == "uv"
    env = plain_environment(root)
    if not job["offline"]:
        return uv_environment(root, env) if uv else (env, [])
    for name in list(env):
        if re.match(r"(PIP|UV)_\w*(INDEX|FIND_LINKS)\w*$|UV_CONFIG_FILE$|UV_CONSTRAINT$", name):
            del env[name]
    env.update(PIP_CONFIG_FILE=os.devnull, UV_NO_CONFIG="1", UV_OFFLINE="1")
    return env, ["--no-index", "--find-links", DEPS]


def make_venv(job, python):
    """An empty venv with pip in .new."""
    voice, new, installer = job["voice"], job["new"], job["installer"]
    voice.stage("venv", "making a venv with Python %s (%s)" % (python["version"], python["path"]))
    env, words = installer_environment(job)
    if installer["name"] == "uv":
        call = [installer["path"], "venv", "--allow-existing", "--prompt", "venv", "--python", python["path"]]
        code, said = run_tool(None, call + ["--seed"] + words + [new], env, job["root"], job["handle"])
        if code == 0:
            return  # what it says then, how to activate .new, would only mislead
        # Its index may have no pip to give (a folder of wheels): Python brings one itself.
        tool(job, call + [new], env, "uv venv")
        if not python.get("ensurepip"):
            raise failure(job, "uv venv --seed", code, said)
        wheel = bundled_pip(job)
        if wheel:  # ensurepip would take 2 s for the same
            words = uv_words(job, "install", "--no-index", "--no-deps", wheel)
        else:
            words = [python_of(new), "-I", "-m", "ensurepip", "--default-pip"]
        tool(job, words, env, "ensurepip", heard=False)
        return
    if not python.get("ensurepip"):
        raise Stop(no_ensurepip(python))
    tool(job, [python["path"], "-I", "-m", "venv", "--prompt", "venv", new], env, "python -m venv")
    pip = packages(new).get("pip", "0")
    if [int(n) for n in re.findall(r"\d+", pip)[:2]] < [22, 3]:
        voice.stage("venv", "bringing pip %s up to date" % pip)
        tool(job, pip_words(job, "install", "--upgrade", *words, "pip"), env, "pip install --upgrade pip")


def bundled_pip(job):
    """The wheel of pip that Python brings along, or None where it is kept in some other way."""
    code = "import ensurepip, os, sysconfig; print(sysconfig.get_config_var('WHEEL_PKG_DIR') or "
    code += "os.path.join(os.path.dirname(ensurepip.__file__), '_bundled'))"
    folder = ask([job["program"], "-I", "-c", code], job["root"])[1].strip()
    wheels = [name for name in listed(folder) if re.match(r"pip-\d.*\.whl$", name)]
    return os.path.join(folder, wheels[-1]) if wheels else None


def no_ensurepip(python):
    text = "Python %s (%s) cannot make a venv with pip: it has no venv and ensurepip modules. "
    text = text % (python["version"], python["path"])
    if os.path.exists("/etc/debian_version"):
        return text + "Install them with: apt install python%s-venv" % python["minor"]
    return text + "Install a complete Python %s, or uv" % python["minor"]


def pip_words(job, command, *rest):
    quiet = ["--quiet"] if job["voice"].quiet else []
    words = [job["program"], "-I", "-m", "pip", command] + quiet
    return words + (["--progress-bar", "off"] if command == "install" else []) + list(rest)


def uv_words(job, command, *rest):
    quiet = ["--quiet"] if job["voice"].quiet else []
    return [job["installer"]["path"], "pip", command, "--python", job["program"]] + quiet + list(rest)


def is_uv(job):
    return job["installer"]["name"] == "uv"


def build_words(job, env):
    """How sdists are built: the build constraints and, for uv, which packages pip is set up to build.

    Where pip does not know build constraints, its environment says them.
    """
    path = job["builds"]
    if is_uv(job):
        settings = {} if job["offline"] else pip_settings()
        words = ["--build-constraints", path] if path else []
        for name in ("no-binary", "only-binary"):
            for value in settings.get(name, "").replace(",", " ").split():
                words += ["--" + name, value]
        return words
    if not path:
        return []
    if pip_version(job) >= [25, 3]:
        return ["--build-constraint", path]
    whole = os.path.join(job["root"], *path.split("/"))
    env["PIP_CONSTRAINT"] = (env.get("PIP_CONSTRAINT", "") + " " + whole).strip()
    return []


def pip_version(job):
    if "pip" in job:
        return job["pip"]
    venv = os.path.dirname(os.path.dirname(job["program"]))
    return [int(n) for n in re.findall(r"\d+", packages(venv).get("pip", "0"))[:2]]


def install(job, requirements, more=(), of=None):
    """One call of `pip install` or `uv pip install` (of so many packages); what fits stays."""
    env, words = installer_environment(job)
    words += build_words(job, env) + list(more)
    for path in requirements:
        words += ["-r", path]
    call = uv_words(job, "install", *words) if is_uv(job) else pip_words(job, "install", *words)
    tool(job, call, env, "%s install" % job["installer"]["name"], listener(job["voice"], of))


def limits(job, *more):
    return [word for path in job["constraints"] + list(more) for word in ("-c", path)]


def fill(job, mode, pinned):
    """Installs into the new venv: what the lock pins, else what requirements.txt leads to.

    Returns (names, folders) that belong there.
    """
    voice = job["voice"]
    if mode == "renew":
        voice.say("%s does not fit (%s); it is renewed" % (LOCK, ", ".join(why_behind(job["root"], pinned, job["python"]))))
        job["lock"] = make_lock(job)
        return install_entries(job, read_pins(job["lock"]))
    if mode == "install":
        return install_entries(job, pinned["entries"])
    if mode == "constrain":
        text = "%s was made by pip for %s, this is %s: its versions are kept where they fit"
        voice.say(text % (LOCK, pinned["platforms"], this_platform()))
    elif not packages_recorded(job):
        voice.stage("install", "installing with %s" % job["installer"]["name"])
        install(job, [plain_requirements(job)], limits(job))
        return None
    entries = resolve(job)
    pins = write_pins(job, {e["name"]: e["version"] for e in entries if e["version"]})
    voice.stage("install", "installing with %s" % job["installer"]["name"])
    install(job, [plain_requirements(job)], limits(job, pins))
    return belonging(job, entries)


def packages_recorded(job):
    """Is this the copy of a venv, in which what is no longer asked for must be found?"""
    return set(packages(job["new"])) - job["seeds"]


def belonging(job, entries):
    folders = {folder_of(job["root"], entry) for entry in entries} - {None}
    return {entry["name"] for entry in entries if entry["name"]}, folders


def install_entries(job, entries):
    """Installs what is pinned, and nothing that is not."""
    voice = job["voice"]
    if job["offline"]:
        entries = offline_entries(job["root"], entries)
    voice.stage("install", "installing %s with %s" % (many(len(entries), "pinned package"), job["installer"]["name"]))
    options = work_file(job, "options.txt", option_lines(job))
    # pip asks for a hash of every line once it has seen one; folders have none.
    parts = [[e for e in entries if e["hashed"]], [e for e in entries if not e["hashed"]]]
    if is_uv(job):
        parts = [entries]
    for number, part in enumerate(parts):
        if part:
            path = work_file(job, "pinned-%d.txt" % number, [entry["text"] for entry in part])
            install(job, [options, path] if os.path.getsize(options) else [path], ["--no-deps"], len(part))
    return belonging(job, entries)


def work_file(job, name, lines):
    path = os.path.join(job["work"], name)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)
    return path


OPTION = re.compile(r"\s*(?:-i|-f|--(?!hash|config-settings|requirement|constraint|editable)[a-z])")


def option_lines(job):
    """The lines of requirements.txt that are options (indexes and the like); offline none."""
    found = []
    for path in included(job["root"], job["requirements"], []) if not job["offline"] else []:
        with open(os.path.join(job["root"], path), encoding="utf-8", errors="replace") as file:
            found += [absolute_links(job["root"], path, line) for line in join_lines(file.read()) if OPTION.match(line)]
    return found


def absolute_links(root, path, line):
    """A `--find-links` to a folder beside the file that says so, which another file must name whole."""
    match = re.match(r"(\s*(?:-f|--find-links)[\s=]*)([^\s#]+)(.*)", line)
    beside = match and os.path.join(root, os.path.dirname(path), match.group(2))
    return match.group(1) + beside + match.group(3) if match and os.path.exists(beside) else line


def plain_requirements(job):
    """requirements.txt itself; offline a copy without its options, which could lead elsewhere."""
    if not job["offline"]:
        return job["requirements"]
    folder = os.path.dirname(os.path.join(job["root"], job["requirements"]))
    with open(os.path.join(job["root"], job["requirements"]), encoding="utf-8", errors="replace") as file:
        lines = [line for line in join_lines(file.read()) if not OPTION.match(line)]

    def whole(match):
        beside = os.path.join(folder, match.group(2))
        return match.group(1) + (beside if os.path.exists(beside) else match.group(2))

    nested = re.compile(r"(\s*(?:-r|-c|--requirement|--constraint)[\s=]*)([^\s#]+)")
    return work_file(job, "requirements.txt", [nested.sub(whole, line, 1) for line in lines])


def listener(voice, of):
    """Finds the names of packages in what pip and uv write, for those who show progress."""
    state = {"n": 0, "of": of}

    def listen(line):
        match = re.match(r"Installing collected packages: (.+)", line)
        if match:
            names = match.group(1).split(", ")
            voice.event("stage", stage="install", text="installing %d packages" % len(names), of=len(names))
            return
        match = re.match(r"Installed (\d+) packages?", line)
        if match:
            state["of"], state["n"] = int(match.group(1)), 0
            return
        match = re.match(r"(?:Collecting|Downloading| \+|\s*Building(?! wheels?\b| editable\b)) ([A-Za-z0-9][\w.-]*)", line)
        match = match or re.match(r"Processing .*?([A-Za-z0-9][\w.]*)-\d[^/\\]*\.(?:whl|tar\.gz|zip)\b", line)
        if match:
            state["n"] += 1
            voice.package(normal(match.group(1)), state["n"], state["of"])

    return listen


def synced(job, mode, pinned, damaged):
    """`sync`; a failure to install over what other hands have damaged counts as "not mended"."""
    try:
        return sync(job, mode, pinned)
    except Stop:
        if not damaged or job["voice"].at == "resolve":
            raise
        return False


def sync(job, mode, pinned):
    """Brings the copy of the venv to what is asked for: only the difference, removals included.

    False where the copy then still holds something else: it had been changed by other hands.
    """
    voice, new = job["voice"], job["new"]
    belongs = fill(job, mode, pinned)
    if belongs is not None:
        names = belongs[0] | {name for folder, name in local_projects(new).items() if folder in belongs[1]}
        gone = sorted(set(packages(new)) - names - job["seeds"])
        if gone:
            voice.say("no longer asked for: %s" % ", ".join(gone))
            env, _ = installer_environment(job)
            words = uv_words(job, "uninstall", *gone) if is_uv(job) else pip_words(job, "uninstall", "--yes", *gone)
            tool(job, words, env, "uninstalling")
        if set(packages(new)) - job["seeds"] - names:
            return False
    return not any("," in version for version in packages(new).values())


def write_pins(job, pins):
    return work_file(job, "pins.txt", ["%s==%s" % pin for pin in sorted(pins.items())])


def resolve(job):
    """The pinned entries that the requirements lead to; `preferred` versions stay where they fit."""
    job["voice"].stage("resolve", "resolving with %s" % job["installer"]["name"])
    if is_uv(job):
        return read_pins(compile_by_uv(job, ["--no-annotate"]))
    dropped = set()
    for attempt in range(3):
        keep = {n: v for n, v in job["preferred"].items() if n not in dropped}
        last = attempt == 2 or not keep
        try:
            return resolve_by_pip(job, {} if last else keep, heard=last)
        except Stop as stop:
            if last:
                raise
            dropped |= words_of(error_part(stop.text)) & set(keep) or set(keep)


def resolve_by_pip(job, preferred, heard):
    report = os.path.join(job["work"], "report.json")
    env, words = installer_environment(job)
    words += ["--dry-run", "--ignore-installed", "--report", report, "-r", plain_requirements(job)]
    words += build_words(job, env) + limits(job, write_pins(job, preferred))
    log = os.path.join(job["work"], "log.txt")
    try:
        tool(job, pip_words(job, "install", "--log", log, *words), env, "pip", heard=heard)
    except Stop as stop:
        stop.text = "\n".join(not_reached(log) + [stop.text or ""])
        raise
    with open(report, encoding="utf-8") as file:
        items = json.load(file)["install"]
    return read_pins("\n".join(line_of_report(job, item) for item in items))


def not_reached(log):
    """pip's words on pages of an index that it got no answer for: without retries only its log has them."""
    try:
        with open(log, encoding="utf-8", errors="replace") as file:
            found = re.findall(r"Could not fetch URL .*?: (?:connection error|timed out|.*ssl).*", file.read())
    except OSError:
        return []
    return list(dict.fromkeys(found))


def line_of_report(job, item):
    """How a lock names what pip would install; an address as requirements.txt writes it."""
    name, version, source = item["metadata"]["name"], item["metadata"]["version"], item["download_info"]
    if not item.get("is_direct"):
        return "%s==%s" % (name, version)
    if "dir_info" in source:
        path = os.path.relpath(path_of_url(source["url"]), job["root"]).replace(os.sep, "/")
        path = path if path.startswith("..") else "./" + path
        return ("-e %s" if source["dir_info"].get("editable") else "%s") % path
    url, commit = source["url"], source.get("vcs_info", {}).get("commit_id")
    if job["voice"].mask(url) != url:  # its secret may be a variable in requirements.txt
        lines = requirement_lines(job["root"], {normal(name)})
        return re.sub(r"\s+#.*", "", lines[0]["text"]) if lines else "%s @ %s" % (name, job["voice"].mask(url))
    if commit:
        url = "%s+%s@%s" % (source["vcs_info"]["vcs"], url, commit)
    return "%s @ %s" % (name, url)


def compile_by_uv(job, more, heard=True):
    """What `uv pip compile` writes; the preferred versions are handed to it as its last output."""
    output = work_file(job, "compiled.txt", ["%s==%s" % pin for pin in sorted(job["preferred"].items())])
    env, words = installer_environment(job)
    words += build_words(job, env) + limits(job) + list(more)
    words += ["--no-header", "--quiet", "--output-file", output]
    tool(job, uv_words(job, "compile", plain_requirements(job), *words), env, "uv pip compile", heard=heard)
    with open(output, encoding="utf-8") as file:
        return file.read()


def make_lock(job):
    """The text of a lock: every package pinned, hashed and for all platforms where uv can do it."""
    voice = job["voice"]
    voice.stage("resolve", "locking with %s" % job["installer"]["name"])
    platforms, hashes = this_platform(), "none (pip knows those of this platform only)"
    if is_uv(job):
        try:
            more = ["--universal", "--python-version", job["python"], "--generate-hashes"]
            body, platforms = compile_by_uv(job, more, heard=False), "all"
        except Stop as everywhere:
            body = compile_by_uv(job, ["--generate-hashes"])
            voice.say("no set serves every platform; the lock holds for %s alone. uv says:" % platforms)
            for line in everywhere.text.splitlines():
                voice.relay(line)
        hashes = "yes"
    else:
        body = "".join(entry["text"] + "\n" for entry in sorted(resolve(job), key=lambda e: e["text"].lower()))
    for line in body.splitlines():
        if voice.mask(line) != line:
            text = "the lock would hold a secret: %s. Write it as ${VARIABLE} in %s"
            raise Stop(text % (voice.mask(line), REQUIREMENTS))
    folders = belonging(job, read_pins(body))[1]
    head = [LOCK_MARK, "# Written by `python3 build/python/setup.py lock` from build/python/requirements.txt."]
    version = job["installer"].get("version") or ".".join(map(str, pip_version(job)))
    head += ["# tool: %s %s" % (job["installer"]["name"], version), "# python: " + job["python"]]
    head += ["# platforms: " + platforms, "# hashes: " + hashes]
    rests_on = inputs(job["root"], metadata_files(job["root"], folders))
    head += ["# input: %s sha256:%s" % row for row in sorted(rests_on.items()) if row[1]]
    return "\n".join(head) + "\n\n" + body


# What `pip check` asks, without the half second that pip takes to start in a new venv.
FINDINGS = """
from importlib import metadata
from pip._vendor.packaging import requirements, utils
there = {utils.canonicalize_name(d.metadata["Name"]): d for d in metadata.distributions() if d.metadata["Name"]}
for name, dist in sorted(there.items()):
    for text in dist.requires or []:
        try:
            one = requirements.Requirement(text)
            if one.marker and not one.marker.evaluate({"extra": ""}):
                continue
            other = there.get(utils.canonicalize_name(one.name))
            if other is None:
                print("%s %s requires %s, which is not installed." % (name, dist.version, one.name))
            elif not one.specifier.contains(other.version, prereleases=True):
                row = (name, dist.version, str(one).partition(";")[0], one.name, other.version)
                print("%s %s has requirement %s, but you have %s %s." % row)
        except ValueError:
            pass
"""


def look_for_findings(job):
    """The contradictions in the venv, as `uv pip check` or `pip check` would word them."""
    env = plain_environment(job["root"])
    if not is_uv(job):
        words = [job["program"], "-I", "-c", FINDINGS]
    else:
        words = [word for word in uv_words(job, "check") if word != "--quiet"]
    code, text = run_tool(None, words, env, job["root"], job["handle"])
    # uv: The package `plum` requires `apple<2`, but `2.0` is installed
    lines = [line for line in text.splitlines() if line.startswith("The package `") or not is_uv(job)]
    if code != 0 and (not lines or not is_uv(job)):
        lines = ["the packages could not be compared: " + " ".join(text.split()[-20:])]
    return [mask(line) for line in lines if not is_of_seed(job, line)]


def is_of_seed(job, line):
    """Whether a finding is about what every new venv holds and nobody asked for: nobody can mend it."""
    name = normal(re.sub(r"^The package `", "", line).split("`")[0].split(" ")[0])
    return name in job["seeds"] and not requirement_lines(job["root"], {name})


def make_record(job, python, before, findings, begun):
    """What stands in the venv and what it was made from, for `check` to compare with."""
    new, root = job["new"], job["root"]
    files = metadata_files(root, local_projects(new))
    also = {path: digest(os.path.join(root, *path.split("/"))) for path in files + [LOCK]}
    if "lock" in job:
        also[LOCK] = digest_of(job["lock"].encode())
    there = packages(new)
    installer = job["installer"]
    version = installer.get("version") or there.get("pip", "?")
    return {
        "schema": SCHEMA,
        "venv": os.path.realpath(at(root, "venv")),
        "python": version_of(new) or python["version"],
        "base": python["path"],
        "stamp": stamp(python_of(new)),
        "installer": "%s %s" % (installer["name"], version),
        "built": int(time.time()),
        "seconds": round(time.time() - begun, 1),
        "locked": also[LOCK] is not None,
        "inputs": dict(before, **also),
        "packages": there,
        "seeds": sorted(job["seeds"]),
        "findings": findings,
    }


# ---- the wheelhouse -----------------------------------------------------------------------------

# Answers what needs markers and wheel tags, with the `packaging` that is inside pip.
MATCHER = """
import json, sys
from pip._vendor.packaging import markers, tags, utils, version as versions
asked = json.load(sys.stdin)
systems = {"linux": ("posix", "linux", "Linux"), "musllinux": ("posix", "linux", "Linux"),
    "macos": ("posix", "darwin", "Darwin"), "windows": ("nt", "win32", "Windows")}

def platforms(system, machine):
    if system == "linux":
        newest = ["manylinux_2_%d_%s" % (n, machine) for n in range(28, 4, -1)]
        return newest + [m + "_" + machine for m in ("manylinux2014", "manylinux2010", "manylinux1", "linux")]
    if system == "musllinux":
        return ["musllinux_1_%d_%s" % (n, machine) for n in (2, 1, 0)] + ["linux_" + machine]
    if system == "macos":
        return list(tags.mac_platforms((14, 0), machine))
    return [{"x86": "win32"}.get(machine, "win_" + machine)]

def target(name):
    if name == "here":
        return markers.default_environment(), list(tags.sys_tags()), []
    system, machine, python = name.split("-")
    version = tuple(int(part) for part in python.split("."))
    wheels = platforms(system, machine)
    short = "cp%d%d" % version
    known = list(tags.cpython_tags(version, [short, "abi3", "none"], wheels))
    known += list(tags.compatible_tags(version, short, wheels))
    os_name, sys_platform, platform_system = systems[system]
    spelled = {("windows", "amd64"): "AMD64", ("windows", "arm64"): "ARM64"}.get((system, machine), machine)
    env = {"os_name": os_name, "sys_platform": sys_platform, "platform_system": platform_system,
        "platform_machine": spelled, "platform_release": "", "platform_version": "", "extra": "",
        "python_version": python, "python_full_version": python + ".0", "implementation_name": "cpython",
        "implementation_version": python + ".0", "platform_python_implementation": "CPython"}
    return env, known, wheels

files = {}
for file in asked["files"]:
    try:
        name, version, _, wheel_tags = utils.parse_wheel_filename(file)
        files.setdefault((str(name), version), []).append((file, wheel_tags))
    except Exception:
        pass
answer = {}
for name in asked["targets"]:
    env, known, wheels = target(name)
    rank = {tag: n for n, tag in enumerate(known)}
    rows = []
    for entry in asked["entries"]:
        active = not entry["marker"] or markers.Marker(entry["marker"]).evaluate(env)
        version = versions.Version(entry["version"]) if entry["version"] else None
        fits = []
        for (other, its), found in files.items():
            if other == entry["name"] and version in (None, its):
                fits += [(min(rank[t] for t in ts if t in rank), f) for f, ts in found if any(t in rank for t in ts)]
        rows.append({"active": bool(active), "file": min(fits)[1] if fits else None})
    answer[name] = {"rows": rows, "platforms": wheels}
json.dump(answer, sys.stdout)
"""

TARGET = re.compile(r"(linux|musllinux|macos|windows)-(x86_64|aarch64|arm64|amd64|x86|armv7l|ppc64le|s390x)(?:-(3\.\d+))?$")


def match_wheels(job, entries, targets, files):
    """{target: {"rows": [{"active", "file"}], "platforms"}}: what each target needs, and what serves it."""
    asked = {"entries": entries, "targets": targets, "files": files}
    keys = ("name", "version", "marker")
    asked["entries"] = [{key: entry[key] for key in keys} for entry in entries]
    child = subprocess.run(
        [job["program"], "-I", "-c", MATCHER],
        input=json.dumps(asked).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=plain_environment(job["root"]),
    )
    if child.returncode != 0:
        raise Stop("wheels cannot be compared: " + child.stderr.decode("utf-8", "replace").strip())
    return json.loads(child.stdout.decode())


def read_manifest(root):
    """What `vendor` noted of the wheels in deps: {"lock", "targets", "wheels": {file: {...}}}, or None."""
    try:
        with open(at(root, "deps", "wheels.json"), encoding="utf-8") as file:
            manifest = json.load(file)
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("schema") == SCHEMA else None


def check_wheelhouse(root, reason):
    manifest = read_manifest(root)
    if manifest is None:
        return
    mend = SETUP_COMMAND + " vendor"
    if manifest["lock"] != digest(at(root, "requirements.lock")):
        reason("wheelhouse-behind", "the wheels in %s are not those of the lock" % DEPS, mend)
    gone = sorted(set(manifest["wheels"]) - set(listed(at(root, "deps"))))
    if gone:
        reason("wheelhouse-behind", "missing in %s: %s" % (DEPS, ", ".join(gone)), mend)


def no_wheelhouse():
    return "there is no wheelhouse (%s/wheels.json); fill it with: %s vendor" % (DEPS, SETUP_COMMAND)


def offline_entries(root, entries):
    """What the lock pins as the wheelhouse has it: its versions, with the digests of its wheels."""
    manifest = read_manifest(root)
    if manifest is None:
        raise Stop(no_wheelhouse())
    found = []
    for entry in entries:
        wheels = [w for w in manifest["wheels"].values() if w["name"] == entry["name"]]
        wheels = [w for w in wheels if entry["version"] in (None, w["version"])]
        if entry["folder"] or not wheels:
            found.append(entry)  # a folder is built; what has no wheel for this platform has a marker
            continue
        text = "%s==%s" % (entry["name"], wheels[0]["version"])
        text += " ; " + entry["marker"] if entry["marker"] else ""
        text += "".join(" --hash=sha256:" + w["sha256"] for w in wheels)
        found.append(dict(entry, text=text, hashed=True))
    return found


def vendor(root, options, voice):
    """Fills build/python/deps with a wheel of every locked package, for this platform or for others."""
    handle = take_lock(root, voice)
    try:
        lock = read_lock(root)
        if lock is None:
            raise Stop("there is no %s; write it with: %s" % (LOCK, LOCK_COMMAND))
        options.installer, options.python = "pip", None
        job = question(root, options, voice, handle)
        return with_question(job, lambda job: fill_wheelhouse(job, lock, options.target or ["here"]))
    finally:
        os.close(handle)


def targets_of(job, lock, names):
    found = []
    for name in names:
        match = TARGET.match(name)
        if name != "here" and not match:
            raise Stop("--target %s: write it like linux-x86_64, macos-arm64 or windows-amd64-3.12" % name, code=2)
        if name != "here" and lock["platforms"] != "all":
            text = "the lock holds for %s alone; one for all platforms is made with uv"
            raise Stop(text % lock["platforms"])
        found.append(name if name == "here" or match.group(3) else "%s-%s" % (name, job["python"]))
    return found


def fill_wheelhouse(job, lock, names):
    root, voice = job["root"], job["voice"]
    why = why_behind(root, lock, job["python"])
    if why:
        raise Stop("%s does not fit (%s); renew it with: %s" % (LOCK, ", ".join(why), LOCK_COMMAND))
    targets = targets_of(job, lock, names)
    entries = [entry for entry in lock["entries"] if not entry["folder"]]
    deps, old = at(root, "deps"), read_manifest(root)
    os.makedirs(deps, exist_ok=True)
    part = os.path.join(deps, ".part")
    if os.path.isdir(part):
        remove_tree(part)
    os.mkdir(part)
    try:
        known = sound_wheels(deps, lock, old)
        wanted, missing = {}, []
        tools = build_tools(job, lock)
        for target in targets:
            voice.stage("vendor", "wheels for %s" % target)
            have, lacking = wheels_for(job, entries, target, known, part)
            wanted.update(have)
            missing += [(target, entry) for entry in lacking]
            if target == "here" and tools:
                wanted.update(wheels_of_tools(job, tools, part))
            active = len(have) + len(lacking)
            voice.event("coverage", target=target, wheels=len(have), of=active, missing=[e["name"] for e in lacking])
            if not voice.as_json:
                voice.say("%s: %d of %d packages have a wheel" % (target, len(set(have)), active))
        for target, entry in missing:
            why = "the wheel for %s is not one that the lock knows" if entry.get("strange") else "no wheel for %s"
            voice.say("%s %s: %s" % (entry["name"], entry["version"] or "", why % target))
        keep_wheels(root, part, wanted, targets, old, voice)
        return 1 if missing else 0
    finally:
        if os.path.isdir(part):
            remove_tree(part)


def sound_wheels(deps, lock, old):
    """{file: facts} of the wheels in deps that are what they should be: noted, or hashed in the lock."""
    noted = old["wheels"] if old else {}
    hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock["text"]))
    found = {}
    for file in listed(deps):
        if file.endswith(".whl"):
            value = sha256(os.path.join(deps, file))
            if noted.get(file, {}).get("sha256") == value or value in hashes:
                found[file] = dict(noted.get(file) or wheel_facts(file, value), sha256=value)
    return found


def sha256(path):
    import hashlib

    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def wheel_facts(file, value):
    name, version = file.split("-")[:2]
    return {"name": normal(name), "version": version, "sha256": value}


def wheels_for(job, entries, target, known, part):
    """({file: facts}, [entries without a wheel]) of one target; what is missing is fetched or built."""
    answer = match_wheels(job, entries, [target], sorted(known) + listed(part))[target]
    needed = [entry for entry, row in zip(entries, answer["rows"]) if row["active"] and not row["file"]]
    if needed and target == "here":
        fetch(job, "wheel", ["--wheel-dir", part], needed)
    elif needed:
        python = target.split("-")[2]
        words = ["--dest", part, "--only-binary", ":all:", "--python-version", python, "--implementation", "cp"]
        for abi in ("cp" + python.replace(".", ""), "abi3", "none"):
            words += ["--abi", abi]
        for platform in answer["platforms"]:
            words += ["--platform", platform]
        for entry in needed:
            entry.pop("strange", None)
            try:
                fetch(job, "download", words, [dict(entry, text=without_marker(entry))])
            except Stop as stop:  # no wheel is published: a build here may serve everywhere
                if "DO NOT MATCH THE HASHES" in stop.text:
                    entry["strange"] = True
                    continue
                try:
                    fetch(job, "wheel", ["--wheel-dir", part], [dict(entry, text=without_marker(entry))])
                except Stop:
                    pass
    answer = match_wheels(job, entries, [target], sorted(known) + listed(part))[target]
    have, lacking = {}, []
    for entry, row in zip(entries, answer["rows"]):
        if row["active"] and row["file"]:
            file = row["file"]
            have[file] = known.get(file) or wheel_facts(file, sha256(os.path.join(part, file)))
        elif row["active"]:
            lacking.append(dict(entry))
    return have, lacking


def without_marker(entry):
    return entry["text"].replace(" ; " + entry["marker"], "") if entry["marker"] else entry["text"]


def fetch(job, command, words, entries):
    """`pip wheel` or `pip download` of pinned entries; pip compares the hashes."""
    options = option_lines(job)
    for hashed in (True, False):
        lines = [entry["text"] for entry in entries if entry["hashed"] == hashed]
        if lines:
            path = work_file(job, "fetch.txt", options + lines)
            env = plain_environment(job["root"])
            more = build_words(job, env) + ["--no-deps", "--progress-bar", "off", "-r", path]
            tool(job, pip_words(job, command, *words, *more), env, "pip " + command)


def build_tools(job, lock):
    """What the folders among the requirements need to be built, as their pyproject.toml says."""
    folders = sorted({folder_of(job["root"], entry) for entry in lock["entries"]} - {None})
    if not folders:
        return []
    reader = (
        "import json, sys\n"
        "try: import tomllib\n"
        "except ImportError: from pip._vendor import tomli as tomllib\n"
        "found = set()\n"
        "for folder in sys.argv[1:]:\n"
        "    try: system = tomllib.load(open(folder + '/pyproject.toml', 'rb')).get('build-system', {})\n"
        "    except OSError: system = {}\n"
        "    found |= set(system.get('requires', ['setuptools>=40.8.0', 'wheel']))\n"
        "print(json.dumps(sorted(found)))"
    )
    code, out, err = ask([job["program"], "-I", "-c", reader] + folders, job["root"])
    if code != 0:
        raise Stop("the build requirements of %s cannot be read: %s" % (", ".join(folders), err.strip()))
    return json.loads(out)


def wheels_of_tools(job, tools, part):
    before = set(listed(part))
    env = plain_environment(job["root"])
    path = work_file(job, "tools.txt", option_lines(job) + tools)
    words = ["--wheel-dir", part, "--progress-bar", "off", "-r", path] + build_words(job, env)
    tool(job, pip_words(job, "wheel", *words), env, "pip wheel")
    new = set(listed(part)) - before
    return {file: dict(wheel_facts(file, sha256(os.path.join(part, file))), builds=True) for file in sorted(new)}


def keep_wheels(root, part, wanted, targets, old, voice):
    """Moves new wheels into deps, notes what belongs there, removes what `vendor` put there before."""
    deps = at(root, "deps")
    for file in sorted(set(wanted) & set(listed(part))):
        os.replace(os.path.join(part, file), os.path.join(deps, file))
    manifest = {"schema": SCHEMA, "by": "One Venv", "lock": digest(at(root, "requirements.lock"))}
    manifest.update(targets=targets, wheels={file: wanted[file] for file in sorted(wanted)})
    write_whole(os.path.join(deps, "wheels.json"), json.dumps(manifest, indent=1) + "\n")
    for file in listed(deps):
        if file.endswith(".whl") and file not in wanted:
            if old and file in old["wheels"]:
                os.unlink(os.path.join(deps, file))
                voice.say("removed %s: no longer needed" % file)
            else:
                voice.say("%s/%s is not from `vendor`; it is left alone" % (DEPS, file))
    size = sum(os.path.getsize(os.path.join(deps, file)) for file in wanted)
    for file in sorted(wanted):
        if os.path.getsize(os.path.join(deps, file)) > 50 << 20:
            voice.say("%s is larger than 50 MB" % file)
    text = "%s holds %d wheels, %.1f MB" % (DEPS, len(wanted), size / 1e6)
    voice.event("done", wheels=len(wanted), bytes=size, text=text)
    if not voice.as_json:
        voice.say(text)


# ---- what one project needs ---------------------------------------------------------------------

# Follows requirements through what is installed, with the `packaging` inside pip. A dependency for
# another platform is followed as well; what is not installed here, by the lock's `# via` comments.
CLOSURE = """
import json, sys
try:
    from importlib import metadata
    from pip._vendor.packaging import markers, requirements, utils
except ImportError as error:
    sys.exit(str(error))
asked = json.load(sys.stdin)
systems = [("posix", "linux", "Linux", m) for m in ("x86_64", "aarch64")]
systems += [("posix", "darwin", "Darwin", m) for m in ("x86_64", "arm64")]
systems += [("nt", "win32", "Windows", m) for m in ("AMD64", "ARM64")]
keys = ("os_name", "sys_platform", "platform_system", "platform_machine")
places = [{}] + ([dict(zip(keys, row)) for row in systems] if asked["everywhere"] else [])
there = {}
for dist in metadata.distributions():
    there.setdefault(utils.canonicalize_name(dist.metadata["Name"]), dist)

def holds(marker, extras):
    if marker is None:
        return True
    return any(marker.evaluate(dict(place, extra=extra)) for place in places for extra in extras or [""])

found, todo = {}, []
for line in asked["roots"]:
    one = requirements.Requirement(line)
    if holds(one.marker, []):
        todo.append((utils.canonicalize_name(one.name), frozenset(one.extras)))
todo += [(name, frozenset()) for name in asked["names"]]
while todo:
    name, extras = todo.pop()
    if name not in asked["locked"] or (name in found and extras <= found[name]):
        continue
    extras |= found.get(name, frozenset())
    found[name] = extras
    if name not in there:
        todo += [(child, frozenset()) for child in asked["via"].get(name, [])]
        continue
    for text in there[name].requires or []:
        one = requirements.Requirement(text)
        if holds(one.marker, extras):
            todo.append((utils.canonicalize_name(one.name), frozenset(one.extras)))
json.dump(sorted(found), sys.stdout)
"""


def lines_of_project(root, project):
    """(requirement lines that name the project, all projects named) in requirements.txt."""
    with open(at(root, "requirements.txt"), encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    found, known, number = [], set(), 0
    while number < len(lines):
        line, number = lines[number], number + 1
        if not line.strip() or line.lstrip().startswith("#") or OPTION.match(line):
            continue
        requirement, _, comment = re.sub(r"\s#", "\0", line, 1).partition("\0")
        while line.endswith("\\") and number < len(lines):
            line, number = lines[number], number + 1
            requirement = requirement.rstrip("\\") + line
        comments = [comment]
        while number < len(lines) and re.match(r"\s+#", lines[number]):
            comments.append(lines[number].strip()[1:])
            number += 1
        projects = {part.strip() for part in ",".join(comments).split(",")} - {""}
        known |= projects
        if project in projects:
            found.append(re.sub(r"\s--(hash|config-settings)\S*(\s+\S+)?", "", requirement.rstrip("\\")).strip())
    return found, known


def via_children(lock):
    """{name: names that the lock says came in through it} (uv writes that, pip does not)."""
    children, current, reading = {}, None, False
    for line in lock["text"].splitlines():
        match = re.match(r"([A-Za-z0-9][\w.-]*)\s*(?:==|@)", line)
        if match:
            current, reading = normal(match.group(1)), False
        via = re.match(r"\s+# via\s*(\S*)|\s+#\s+(\S+)\s*$", line)
        if current and via and (reading or "via" in line):
            reading = True
            children.setdefault(normal(via.group(1) or via.group(2) or ""), []).append(current)
    return children


def export(root, options, _voice):
    """Writes what one project needs, with the lock's pins: for an image that holds nothing else."""
    lock = read_lock(root)
    if lock is None:
        raise Stop("there is no %s; write it with: %s" % (LOCK, LOCK_COMMAND))
    record = read_record(at(root, "venv"))
    reasons = [r for r in health(root)[0] if r["code"] not in ("inconsistent", "returned", "wheelhouse-behind")]
    if record is None or reasons or not record["locked"]:
        why = reasons[0]["message"] if reasons else "it was not built from the lock"
        raise Stop("the venv shows what depends on what, and is not up to date (%s): %s" % (why, SETUP_COMMAND))
    project = options.project.replace(os.sep, "/").rstrip("/") or "."
    project = re.sub(r"^\./", "", project) or "."
    lines, known = lines_of_project(root, project)
    if not lines:
        text = "no line of %s names the project %s. Named are: %s"
        raise Stop(text % (REQUIREMENTS, project, ", ".join(sorted(known)) or "none"))
    folders = {os.path.realpath(os.path.join(root, e["folder"])): e for e in lock["entries"] if folder_of(root, e)}
    local = local_projects(at(root, "venv"))
    places = [re.sub(r"^(-e|--editable)[\s=]+", "", line) for line in lines if re.match(r"-e|--editable|\.", line)]
    places = {os.path.realpath(os.path.join(root, place.split("[")[0].split(" ;")[0])) for place in places}
    question = {
        "roots": [line for line in lines if not re.match(r"-|\.", line)],
        "names": [local[place] for place in places if place in local],
        "locked": [e["name"] for e in lock["entries"] if e["name"]] + [local[f] for f in folders if f in local],
        "via": via_children(lock),
        "everywhere": lock["platforms"] == "all",
    }
    child = subprocess.run(
        [python_of(at(root, "venv")), "-I", "-c", CLOSURE],
        input=json.dumps(question).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=plain_environment(root),
    )
    if child.returncode != 0:
        raise Stop("what %s needs cannot be followed: %s" % (project, child.stderr.decode("utf-8", "replace").strip()))
    names = set(json.loads(child.stdout.decode()))
    kept = [e for e in lock["entries"] if (e["name"] or local.get(folder_of(root, e))) in names]
    again = "%s export %s" % (SETUP_COMMAND.replace("python ", "python3 "), project)
    again += " --output " + options.output.replace(os.sep, "/") if options.output else ""
    head = [EXPORTED + ": what %s needs, with the pins of %s" % (project, LOCK)]
    head += ["# origin: %s sha256:%s" % (LOCK, digest(at(root, "requirements.lock")))]
    head += ["# python: %s, platforms: %s" % (lock["python"], lock["platforms"]), "# renew it with: " + again, ""]
    text = "\n".join(head + [entry["text"] for entry in kept]) + "\n"
    if not options.output or options.print:
        sys.stdout.write(text)
        return 0
    try:
        with open(options.output, encoding="utf-8", errors="replace") as file:
            if not file.readline().startswith(EXPORTED):
                raise Stop("%s is there, and was not exported by One Venv; it is left alone" % options.output)
    except FileNotFoundError:
        pass
    write_whole(options.output, text)
    print("One Venv: %s pins %s for %s" % (options.output, many(len(kept), "package"), project))
    return 0


# ---- explaining a failure -----------------------------------------------------------------------


def words_of(text):
    """Every word of a text that could be the name of a package, as packages are compared."""
    words = re.findall(r"[A-Za-z0-9][\w.-]*", text)
    words += [word.split("-")[0] for word in words if re.match(r"[\w.]+-\d", word)]  # apple-1.0-py3-none-any.whl
    return {normal(word.strip(".-_")) for word in words}


def error_part(text):
    """The lines of pip's or uv's output from its first error on (all of it where none is marked)."""
    lines = text.splitlines()
    signs = ("error:", "ERROR:", "  \u00d7", "\u00d7", "  x ", "The conflict is caused by", "WARNING: Retrying")
    for number, line in enumerate(lines):
        if line.startswith(signs) or "error: " in line[:20]:
            # pip writes its explanation before its headline, the headline on another stream
            start = next((n for n, l in enumerate(lines) if "conflict" in l), number)
            return "\n".join(lines[min(start, number) :])
    return text


def requirement_lines(root, names, path=REQUIREMENTS):
    """The lines of a requirements file that begin with one of the names."""
    try:
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    found = []
    for number, line in enumerate(lines, 1):
        match = re.match(r"\s*([A-Za-z0-9][\w.-]*)", line)
        if match and normal(match.group(1).rstrip(".-_")) in names:
            found.append({"file": path, "line": number, "text": line.strip()})
    return found


def failure(job, what, code, text):
    """What is said when pip or uv fails: which call, and the lines of requirements.txt it speaks of."""
    lines = requirement_lines(job["root"], words_of(error_part(text)), job["requirements"])
    if not lines:  # the error names none: the one that was last at work
        begun = re.findall(r"(?m)^\s*(?:Collecting|Processing|Building|Downloading) (\S+)", text)
        lines = requirement_lines(job["root"], words_of(begun[-1]) if begun else set(), job["requirements"])
    names = list(dict.fromkeys(normal(re.match(r"[\w.-]+", line["text"]).group(0)) for line in lines))
    message = "%s failed (exit code %s)" % (what, code)
    if names:
        message += "; it speaks of %s" % ", ".join(names)
    return Stop(message, text=text, lines=lines, names=names)


# ---- verifying scripts --------------------------------------------------------------------------

# Modules whose distribution has another name. Keys may be dotted; the longest that fits counts.
# src/monorepo/distribution-names.ts holds the same table; a test compares the two.
DISTRIBUTIONS = {
    "Bio": "biopython",
    "Crypto": "pycryptodome",
    "Cryptodome": "pycryptodomex",
    "MySQLdb": "mysqlclient",
    "OpenGL": "PyOpenGL",
    "OpenSSL": "pyOpenSSL",
    "PIL": "Pillow",
    "Xlib": "python-xlib",
    "airflow": "apache-airflow",
    "allauth": "django-allauth",
    "attr": "attrs",
    "barcode": "python-barcode",
    "bs4": "beautifulsoup4",
    "bson": "pymongo",
    "cairo": "pycairo",
    "cassandra": "cassandra-driver",
    "consul": "python-consul",
    "corsheaders": "django-cors-headers",
    "cpuinfo": "py-cpuinfo",
    "crontab": "python-crontab",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "debug_toolbar": "django-debug-toolbar",
    "decouple": "python-decouple",
    "discord": "discord.py",
    "django_filters": "django-filter",
    "dns": "dnspython",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "engineio": "python-engineio",
    "environ": "django-environ",
    "faiss": "faiss-cpu",
    "ffmpeg": "ffmpeg-python",
    "fitz": "PyMuPDF",
    "gi": "PyGObject",
    "git": "GitPython",
    "github": "PyGithub",
    "gitlab": "python-gitlab",
    "google.cloud.monitoring_v3": "google-cloud-monitoring",
    "google.cloud.pubsub_v1": "google-cloud-pubsub",
    "google.cloud.secretmanager": "google-cloud-secret-manager",
    "google.oauth2": "google-auth",
    "google.protobuf": "protobuf",
    "googleapiclient": "google-api-python-client",
    "gridfs": "pymongo",
    "grpc": "grpcio",
    "grpc_health": "grpcio-health-checking",
    "grpc_reflection": "grpcio-reflection",
    "grpc_status": "grpcio-status",
    "grpc_tools": "grpcio-tools",
    "hydra": "hydra-core",
    "imblearn": "imbalanced-learn",
    "jose": "python-jose",
    "jwt": "PyJWT",
    "kafka": "kafka-python",
    "keycloak": "python-keycloak",
    "ldap": "python-ldap",
    "llama_cpp": "llama-cpp-python",
    "magic": "python-magic",
    "markdown_it": "markdown-it-py",
    "memcache": "python-memcached",
    "mpl_toolkits": "matplotlib",
    "multipart": "python-multipart",
    "mysql.connector": "mysql-connector-python",
    "nacl": "PyNaCl",
    "nmap": "python-nmap",
    "oauth2_provider": "django-oauth-toolkit",
    "openid": "python3-openid",
    "opentelemetry": "opentelemetry-api",
    "osgeo": "GDAL",
    "pkg_resources": "setuptools",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pylab": "matplotlib",
    "pythoncom": "pywin32",
    "pythonjsonlogger": "python-json-logger",
    "pywintypes": "pywin32",
    "pywt": "PyWavelets",
    "redis_lock": "python-redis-lock",
    "rest_framework": "djangorestframework",
    "rest_framework_simplejwt": "djangorestframework-simplejwt",
    "ruamel": "ruamel.yaml",
    "serial": "pyserial",
    "shapefile": "pyshp",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "slugify": "python-slugify",
    "snappy": "python-snappy",
    "snowflake.connector": "snowflake-connector-python",
    "socketio": "python-socketio",
    "socks": "PySocks",
    "speech_recognition": "SpeechRecognition",
    "stdnum": "python-stdnum",
    "storages": "django-storages",
    "talib": "TA-Lib",
    "telegram": "python-telegram-bot",
    "tlz": "toolz",
    "umap": "umap-learn",
    "usb": "pyusb",
    "vlc": "python-vlc",
    "websocket": "websocket-client",
    "whisper": "openai-whisper",
    "win32api": "pywin32",
    "win32com": "pywin32",
    "win32con": "pywin32",
    "win32gui": "pywin32",
    "wx": "wxPython",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}

# Of the standard library, by the first Python without it.
GONE = {
    "3.9": "_dummy_thread dummy_threading",
    "3.10": "formatter parser symbol macpath",
    "3.11": "binhex",
    "3.12": "asynchat asyncore distutils imp smtpd",
    "3.13": "aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev"
    " pipes sndhdr spwd sunau telnetlib uu xdrlib",
}
# Of the standard library, by the first Python with it.
CAME = {"3.9": "graphlib zoneinfo", "3.11": "tomllib", "3.14": "annotationlib compression"}
# Of the standard library, but on some platforms only.
ELSEWHERE = set(
    "_winapi _winreg _overlapped _msi _scproxy msilib msvcrt nt winreg winsound fcntl grp nis ossaudiodev posix pty pwd readline"
    " resource spwd syslog termios tty crypt curses".split()
)
# Loaded before any script runs: a file of that name beside the script hides none of them.
FIRST_LOADED = set("os io abc codecs stat site encodings posixpath ntpath genericpath zipimport".split())
# What is asked of the platform, the Python and what is installed, and how flags of that are named.
TESTS = ("sys.platform", "sys.implementation", "sys.version", "sys.hexversion", "sys.maxsize", "os.name", "platform.")
TEST_NAMES = re.compile(
    r"(?i)^version_info$|^find_(spec|loader)$|^uname$|^_?has_|_?(available|installed)$"
    r"|(^|_)(py_?[23]|pypy|win(dows|32)?|linux|darwin|mac(os)?|osx|posix)(_|\d|$)"
)
# What a package says that makes submodules while it runs, so that no file shows them.
MAKES_MODULES = re.compile(r"\bsys\.modules\b|\bmeta_path\b|\b__path__\b|\b_?[Ll]azy_?\w*\b|\bimport_module\b")
# What a module says whose names cannot all be read in its text.
MAKES_NAMES = re.compile(r"import\s*\(?\s*\*|__getattr__|\bglobals\b|\bsetattr\b|\bexec\b|\bvars\b|\bsys\.modules\b|__dict__")


class Import:
    """One import statement's module: where it stands, and what excuses it where it does not resolve."""

    def __init__(self, node, module, names, level, guard, instead):
        self.line, self.column = node.lineno, node.col_offset
        self.module, self.names, self.level = module, names, level
        self.guard = guard  # None, "try", "types" or "test"
        self.instead = instead  # groups of imports (their numbers): this one is for when a group fails


class Source:
    """A Python file as far as its imports go; `error` is (line, column, message) where it does not compile."""

    def __init__(self, path):
        self.path, self.error, self.imports = path, None, []
        self.before, self.after = [], []  # folders that it puts before or behind sys.path
        self.unreadable = None  # the line of a change to sys.path that only running shows
        self.data, self.is_script = b"", False


def read_source(path):
    import ast

    source = Source(path)
    try:
        with open(path, "rb") as file:
            source.data = file.read()
        tree = ast.parse(source.data, path)
        compile(tree, path, "exec", dont_inherit=True)
    except OSError as error:
        source.error = (1, 1, "cannot be read: %s" % (error.strerror or error))
    except SyntaxError as error:
        line = error.lineno or undecodable_line(source.data)
        source.error = (line, max(error.offset or 1, 1), error.msg)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        source.error = (1, 1, "cannot be compiled: %s" % (error or type(error).__name__))
    asks = b"__main__" in source.data and b"__name__" in source.data
    if source.error:
        source.is_script = asks and bool(re.search(rb"""(?m)^if\s+__name__\s*==\s*["']__main__["']""", source.data))
        return source
    source.is_script = asks and has_main_block(tree.body)
    if b"import" in source.data:
        read_imports(tree.body, source.imports, None, ())
    if b"sys.path" in source.data or b"addsitedir" in source.data:
        read_path_changes(tree, source)
    return source


def has_main_block(body):
    """Whether statements of a module ask, at its own level, whether they are run as a script."""
    import ast

    for node in body:
        if isinstance(node, ast.If) and asks_for_main(node.test):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = [one for part in ("body", "orelse", "finalbody") for one in getattr(node, part, [])]
            inner += [one for handler in getattr(node, "handlers", []) for one in handler.body]
            if has_main_block(inner):
                return True
    return False


def asks_for_main(test):
    import ast

    if isinstance(test, ast.BoolOp):
        return any(asks_for_main(value) for value in test.values)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], (ast.Eq, ast.In)):
        return False
    sides = [test.left] + test.comparators
    sides += [one for side in sides if isinstance(side, (ast.Tuple, ast.List, ast.Set)) for one in side.elts]
    names = any(dotted(side) == "__name__" for side in sides)
    return names and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)


def undecodable_line(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def dotted(node):
    """`a.b.c` of a chain of names, else ""."""
    import ast

    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id] + parts[::-1]) if isinstance(node, ast.Name) else ""


def catches(node):
    """Whether `except NODE` catches an import that fails."""
    import ast

    if node is None:
        return True
    nodes = node.elts if isinstance(node, ast.Tuple) else [node]
    names = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
    return any(dotted(one).split(".")[-1] in names for one in nodes)


def excuses(test):
    """(what excuses imports in the body of `if TEST`, what in its else)."""
    import ast

    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return excuses(test.operand)[::-1]
    if isinstance(test, ast.Constant):
        return (None, "types") if test.value else ("types", None)  # never run
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    if any(dotted(part).split(".")[-1] in ("TYPE_CHECKING", "MYPY") for part in parts):
        return "types", None
    for node in ast.walk(test):
        name = dotted(node)
        if name.startswith(TESTS) or TEST_NAMES.search(name.split(".")[-1]):
            return "test", "test"
    return None, None


def read_imports(body, found, guard, instead):
    """Adds the imports of statements, in their order; expressions hold none."""
    import ast

    for node in body:
        if isinstance(node, ast.Import):
            found += [Import(node, alias.name, (), 0, guard, instead) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            found.append(Import(node, node.module or "", names, node.level, guard, instead))
        elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            caught = any(catches(handler.type) for handler in node.handlers)
            first = len(found)
            read_imports(node.body, found, guard or ("try" if caught else None), instead)
            tried = tuple(range(first, len(found)))
            for handler in node.handlers:
                read_imports(handler.body, found, guard, instead + (tried,) if caught and tried else instead)
            # What follows a successful try belongs to what may be missing.
            read_imports(node.orelse, found, guard or ("try" if caught and tried else None), instead)
            read_imports(node.finalbody, found, guard, instead)
        elif isinstance(node, ast.If):
            first = len(found)
            read_imports(node.body, found, guard, instead)
            second = len(found)
            read_imports(node.orelse, found, guard, instead)
            if len(found) > first:
                here, otherwise = excuses(node.test)
                for number in range(first, len(found)):
                    found[number].guard = found[number].guard or (here if number < second else otherwise)
        elif isinstance(node, ast.With) and any(suppresses(item.context_expr) for item in node.items):
            read_imports(node.body, found, guard or "try", instead)
        else:
            for case in getattr(node, "cases", ()):
                read_imports(case.body, found, guard, instead)
            if hasattr(node, "body"):
                read_imports(node.body + getattr(node, "orelse", []), found, guard, instead)


def suppresses(node):
    import ast

    call = isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "suppress"
    return call and any(catches(argument) for argument in node.args)


def read_path_changes(tree, source):
    """What a file does to sys.path, as far as its words say."""
    import ast

    values = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                values.setdefault(dotted(target), []).append(node.value)
        elif isinstance(node, ast.AnnAssign) and node.value:
            values.setdefault(dotted(node.target), []).append(node.value)
        elif isinstance(node, ast.For) and isinstance(node.iter, (ast.Tuple, ast.List)):
            values.setdefault(dotted(node.target), []).extend(node.iter.elts)

    def change(line, nodes, into):
        for node in nodes:
            folders = paths_of(node, source.path, values)
            if folders is None:
                source.unreadable = source.unreadable or line
            else:
                into += [folder for folder in folders if folder not in into]

    def listed_in(node):
        return node.elts if isinstance(node, (ast.List, ast.Tuple)) else [None]

    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, given = dotted(node.func), node.args
            if name == "sys.path.insert" and len(given) == 2:
                change(node.lineno, given[1:], source.before)
            elif name in ("sys.path.append", "site.addsitedir", "addsitedir") and given:
                change(node.lineno, given[:1], source.after)
            elif name == "sys.path.extend" and given:
                change(node.lineno, listed_in(given[0]), source.after)
        elif isinstance(node, ast.AugAssign) and dotted(node.target) == "sys.path":
            change(node.lineno, listed_in(node.value), source.after)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if dotted(target) == "sys.path":
                    source.unreadable = source.unreadable or node.lineno
                elif isinstance(target, ast.Subscript) and dotted(target.value) == "sys.path":
                    change(node.lineno, listed_in(node.value), source.before)


def paths_of(node, file, values, depth=0):
    """The paths that an expression may stand for (os.path and pathlib, names, __file__), or None."""
    import ast

    def of(one):
        return paths_of(one, file, values, depth + 1)

    def changed(one, change):
        found = of(one)
        return None if found is None else [change(path) for path in found]

    def joined(left, right, join):
        left, right = of(left), of(right)
        return None if left is None or right is None else [join(a, b) for a in left for b in right]

    if node is None or depth > 20:
        return None
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else None
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = dotted(node)
        if name == "__file__":
            return [file]
        if name in ("os.pardir", "os.path.pardir"):
            return [".."]
        if name in values:
            found = [of(value) for value in values[name]]
            return None if None in found else [path for paths in found for path in paths]
        return changed(node.value, os.path.dirname) if isinstance(node, ast.Attribute) and node.attr == "parent" else None
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "parents":
        index = getattr(node.slice, "value", node.slice)  # Python 3.8 wraps it once more
        index = getattr(index, "value", index)
        found = of(node.value.value)
        if found is None or not isinstance(index, int):
            return None
        for _ in range(index + 1):
            found = [os.path.dirname(path) for path in found]
        return found
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return joined(node.left, node.right, os.path.join)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return joined(node.left, node.right, lambda a, b: a + b)
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            more = of(part.value if isinstance(part, ast.FormattedValue) else part)
            found = None if more is None or found is None else [a + b for a in found for b in more]
        return found
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
    if name in ("cwd", "getcwd") and not node.args:
        return ["."]
    if name in ("dirname", "abspath", "realpath", "normpath", "Path", "PurePath", "str", "fspath", "expanduser") and len(node.args) == 1:
        # Relative ones stay so: what they are relative to is known later.
        return changed(node.args[0], os.path.dirname if name == "dirname" else lambda path: path)
    if name in ("resolve", "absolute", "as_posix", "expanduser", "__str__") and not node.args and isinstance(node.func, ast.Attribute):
        return of(node.func.value)
    if name in ("join", "joinpath", "Path") and node.args and not (name == "join" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant)):
        first = node.args if name != "joinpath" else [node.func.value] + node.args
        found = of(first[0])
        for part in first[1:]:
            more = of(part)
            found = None if more is None or found is None else [os.path.join(a, b) for a in found for b in more]
        return found
    return None


class Found:
    """A module as path finders see it. `folders` None: no package; `namespace`: a package without a file.

    `kind` is standard, repository, installed (in the venv) or elsewhere (a folder of PYTHONPATH).
    """

    def __init__(self, name, kind, file, folders, namespace=False):
        self.name, self.kind, self.file, self.folders, self.namespace = name, kind, file, folders, namespace


class Places:
    """Where the runner's Python would find modules; nothing is imported, and no .pth code runs."""

    def __init__(self, root, venv, front, standard):
        self.root, self.venv = os.path.join(root, ""), os.path.join(venv, "")
        self.sites = site_folders(venv)
        self.standard = standard
        self.library = [os.path.join(os.path.realpath(path), "") for path in standard]
        self.mapped = {}  # what editable installs map by code: {module: path}
        self.path = front + standard + self.sites
        for site in self.sites:
            for name in listed(site):
                if name.endswith(".pth"):
                    self.read_pth(site, name)
        self.known, self.tops, self.texts, self.words = {}, {}, {}, {}

    def read_pth(self, site, name):
        try:
            with open(os.path.join(site, name), encoding="utf-8", errors="replace") as file:
                lines = file.read().splitlines()
        except OSError:
            return
        for line in lines:
            module = re.match(r"import\s+([\w.]+)", line)
            if module:
                self.read_editable(os.path.join(site, module.group(1) + ".py"))
            elif line.strip() and not line.startswith("#"):
                folder = os.path.normpath(os.path.join(site, line.strip()))
                if os.path.isdir(folder) and folder not in self.path:
                    self.path.append(folder)

    def read_editable(self, path):
        """The modules that setuptools' and editables' finders map to folders, read as literals."""
        import ast

        try:
            with open(path, "rb") as file:
                tree = ast.parse(file.read())
        except (OSError, ValueError, SyntaxError):
            return
        for node in ast.walk(tree):
            try:
                if isinstance(node, (ast.Assign, ast.AnnAssign)):
                    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                    if dotted(target) in ("MAPPING", "NAMESPACES"):
                        self.mapped.update(ast.literal_eval(node.value))
                elif isinstance(node, ast.Call) and dotted(node.func).endswith("map_module"):
                    self.mapped[ast.literal_eval(node.args[0])] = ast.literal_eval(node.args[1])
            except (ValueError, TypeError, IndexError):
                pass

    def kind_of(self, path):
        if path.startswith(tuple(os.path.join(site, "") for site in self.sites)):
            return "installed"
        real = os.path.realpath(path)
        if real.startswith(self.root) and not real.startswith(self.venv):
            return "repository"
        return "standard" if real.startswith(tuple(self.library)) else "elsewhere"

    def look(self, folder, name, whole):
        """The module `name` in one folder (a namespace's part too), or None."""
        import pkgutil

        key = (folder, name)
        if key in self.known:
            return self.known[key]
        found = None
        try:
            finder = pkgutil.get_importer(folder)
            spec = finder.find_spec(name) if hasattr(finder, "find_spec") else None
        except (ImportError, OSError, ValueError):
            spec = None
        folders = list(spec.submodule_search_locations or ()) if spec else []
        # Python takes any folder for a namespace: `docker/` with a Dockerfile is not what `import docker`
        # means. In a package such a folder may hold resources.
        if spec is not None and (spec.loader is not None or "." in whole or any(map(holds_modules, folders))):
            folders = None if spec.submodule_search_locations is None else folders
            file = spec.origin if spec.loader is not None else None
            kind = self.kind_of(file or folders[0]) if file or folders else "elsewhere"
            found = Found(whole, kind, file, folders, spec.loader is None)
            if folders and file and re.search(rb"extend_path|declare_namespace", self.text(file)):
                more = [os.path.join(one, *whole.split(".")) for one in self.path]
                folders += [one for one in more if os.path.isdir(one) and one not in folders]
        self.known[key] = found
        return found

    def among(self, folders, name, whole):
        """The module in folders, in their order; parts of a namespace come together."""
        parts = None
        for folder in folders:
            found = self.look(folder, name, whole)
            if found and not found.namespace:
                return found
            if found:
                kind = "repository" if parts and parts.kind == "repository" else found.kind
                both = (parts.folders if parts else []) + found.folders
                parts = Found(whole, kind, None, both, True)
        return parts

    def top(self, name, before, after):
        """A top-level module: built in, in the folders, or mapped by an editable install."""
        if name in sys.builtin_module_names or name == "__main__":
            return Found(name, "standard", None, None)
        if name in FIRST_LOADED:
            return self.among(self.standard, name, name) or Found(name, "standard", None, None)
        if name == "distutils" and self.among(self.sites, "_distutils_hack", "_distutils_hack"):
            return self.among(self.path, name, name) or self.among(self.sites, "setuptools", "setuptools")
        nearby = self.nearby(before, name)
        if not nearby and name in self.tops:
            found = self.tops[name]
        else:
            found = self.among((before if nearby else []) + self.path, name, name)
            if not nearby:
                self.tops[name] = found
        if found is None and name in self.mapped:
            found = self.map(name)
        return found or self.among(after, name, name)

    def nearby(self, before, name):
        """Does one of the folders hold a module of that name?"""
        for folder in before:
            if self.look(folder, name, name):
                return True
        return False

    def map(self, name):
        place = self.mapped[name]
        if isinstance(place, (list, tuple)):
            return Found(name, self.kind_of(place[0]) if place else "elsewhere", None, list(place), True)
        if os.path.isdir(place):
            file = os.path.join(place, "__init__.py")
            there = os.path.isfile(file)
            return Found(name, self.kind_of(place), file if there else None, [place], not there)
        file = place if os.path.isfile(place) else place + ".py"
        return Found(name, self.kind_of(file), file, None) if os.path.isfile(file) else None

    def inside(self, package, name):
        whole = package.name + "." + name
        if package.folders is None:
            return None
        return self.among(package.folders, name, whole) or (self.map(whole) if whole in self.mapped else None)

    def text(self, file):
        """The bytes of a module, b"" where it is compiled or cannot be read."""
        if file not in self.texts:
            self.texts[file] = bytes_of(file) if file.endswith(".py") else b""
        return self.texts[file]

    def makes_modules(self, found):
        """May `found` have modules that no file shows? A compiled one may."""
        if found.file is None:
            return False
        return not found.file.endswith(".py") or bool(MAKES_MODULES.search(self.text(found.file).decode("utf-8", "replace")))

    def may_hold(self, found, name):
        """May a name be in a module of the repository? It cannot be where its text has no such word."""
        if found.file is None or not found.file.endswith(".py"):
            return found.file is not None
        if found.file not in self.words:
            text = self.text(found.file).decode("utf-8", "replace")
            self.words[found.file] = None if MAKES_NAMES.search(text) else set(re.findall(r"\w+", text))
        words = self.words[found.file]
        return words is None or name in words or name.startswith("__")


def holds_modules(folder):
    """Is there anything to import in a folder or below?"""
    endings = (".py", ".so", ".pyd", ".pyc")
    return any(name.endswith(endings) for _, _, names in os.walk(folder) for name in names)


class Answer:
    """What becomes of one import: `problem` (kind, module, more) or None; files that it loads; who owns it."""

    def __init__(self):
        self.problem, self.unsure, self.files, self.owned = None, False, [], None
        self.wanted = None  # the whole dotted name, where its first part is not found


class Judge:
    """Judges scripts one by one; what one has found out serves the next."""

    def __init__(self, places):
        self.places, self.sources, self.answers = places, {}, {}
        self.problems, self.notes, self.uses = {}, {}, {}

    def source(self, path):
        if path not in self.sources:
            self.sources[path] = read_source(path)
        return self.sources[path]

    def read_ahead(self, paths):
        """Reads many files at once, a part in each processor; what a child cannot tell is read later."""
        import pickle

        processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        parts = min(processors, 8, len(paths) // 50)
        if parts < 2 or not hasattr(os, "fork"):
            return
        children = []
        for number in range(1, parts):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                try:
                    with os.fdopen(writing, "wb") as pipe:
                        pickle.dump([read_source(path) for path in paths[number::parts]], pipe)
                finally:
                    os._exit(0)
            os.close(writing)
            children.append((child, reading))
        for path in paths[::parts]:
            self.source(path)
        for child, reading in children:
            try:
                with os.fdopen(reading, "rb") as pipe:
                    self.sources.update((source.path, source) for source in pickle.load(pipe))
            except (EOFError, pickle.UnpicklingError):
                pass
            os.waitpid(child, 0)

    def resolve(self, source, number, package, before, after):
        one = source.imports[number]
        top = one.module.split(".")[0]
        near = one.level == 0 and (after or self.places.nearby(before, top))
        key = (source.path, number, package, (tuple(before), tuple(after)) if near else None)
        if key not in self.answers:
            self.answers[key] = self.answer(source, one, package, before, after)
        return self.answers[key]

    def answer(self, source, one, package, before, after):
        answer = Answer()
        parts = one.module.split(".") if one.module else []
        if one.level:
            name = package.split(".") if package else []
            if package is not None and one.level > len(name):
                answer.problem = ("relative", "." * one.level + one.module, None)
                return answer
            folder = os.path.dirname(source.path)
            for _ in range(one.level - 1):
                folder = os.path.dirname(folder)
            file = os.path.join(folder, "__init__.py")
            there = os.path.isfile(file)
            around = ".".join(name[: len(name) - one.level + 1]) or os.path.basename(folder)
            found = Found(around, "repository", file if there else None, [folder], not there)
            loaded = []
        else:
            found = self.places.top(parts[0], before, after)
            if found is None:
                answer.problem = ("missing", parts[0], None)
                answer.wanted = ".".join(parts + list(one.names[:1]))
                return answer
            parts, loaded = parts[1:], [found]
        for part in parts:
            inner = self.places.inside(found, part)
            if inner is None:
                makes = self.places.makes_modules(found)
                answer.unsure = makes and found.kind != "standard"  # os makes os.path
                if not makes:
                    answer.problem = ("missing", found.name + "." + part, found)
                return self.owner(answer, loaded)
            found = inner
            loaded.append(found)
        for name in one.names:
            if name == "*":
                continue
            inner = self.places.inside(found, name)
            if inner is not None:
                loaded.append(inner)
            elif found.namespace:
                answer.problem = ("missing", found.name + "." + name, found)
            elif found.kind == "repository" and not self.places.may_hold(found, name):
                answer.problem = ("name", name, found)
        return self.owner(answer, loaded)

    def owner(self, answer, loaded):
        for found in loaded:
            if found.kind == "repository" and found.file and found.file.endswith((".py", ".pyw")):
                within = found.name if found.folders is not None else found.name.rpartition(".")[0]
                answer.files.append((found.file, within))
            elif found.kind == "installed":
                answer.owned = found
        return answer

    def script(self, path, kind):
        """Judges a script in the ways that it can be run: ({keys of its problems}, how many files it loads)."""
        source, name = self.source(path), package_around(path)[0]
        first = next((one for one in source.imports if one.level), None)
        if first is not None:
            if kind != "package":
                self.note(source, first, "module", "with relative imports it runs as a module only (-m)")
            return self.run(path, True)
        if not name:
            return self.run(path, False)
        # In a package either may be meant; where one of them works, all is well.
        known = set(self.problems)
        as_file = self.run(path, False)
        if not as_file[0]:
            return as_file
        as_module = self.run(path, True)
        better, worse = (as_file, as_module) if len(as_file[0]) < len(as_module[0]) else (as_module, as_file)
        for key in worse[0] - better[0] - known:
            del self.problems[key]
        return better

    def run(self, path, as_module):
        """What happens where a script is run as a file, or as a module of the package that holds it."""
        folder = os.path.dirname(path)
        name, top = package_around(path)
        # `python FILE` looks beside the file, `python -m` where the package lies.
        before = [top if name and as_module else folder]
        package = (name or os.path.basename(folder)) if as_module else ""
        after, changes, keys = [], None, set()
        # What runs for sure comes first, then what may fail without harm.
        todo, doubtful, seen, later = [(path, package, None)], [], {}, []
        if as_module and name:
            todo.append((os.path.join(folder, "__init__.py"), name, None))
        while todo or doubtful:
            file, package, guard = (todo or doubtful).pop()
            if file in seen:
                continue
            seen[file] = guard
            source = self.source(file)
            if source.error:
                keys.add(self.problem(source, source.error[0], source.error[1], "syntax", None, source.error[2]))
                continue
            before += [one for one in self.absolute(source.before, file) if one not in before]
            after += [one for one in self.absolute(source.after, file) if one not in after]
            if source.unreadable and changes is None:
                changes = (source, source.unreadable)
            fine = {}
            for number, one in enumerate(source.imports):
                answer = self.resolve(source, number, package, before, after)
                fine[number] = answer.problem is None
                excuse = one.guard
                if excuse is None and one.instead and any(all(fine[n] for n in group) for group in one.instead):
                    excuse = "try"
                excuse = excuse or guard
                if answer.problem:
                    later.append((source, number, package, excuse))
                elif answer.unsure:
                    self.note(source, one, "unsure", "%s is made while its package is imported: only running shows it" % one.module)
                elif answer.owned and excuse is None:
                    self.uses.setdefault((source.path, one.line, one.module), answer.owned)
                if excuse != "types":
                    for inner, within in answer.files:
                        if inner not in seen:
                            (doubtful if excuse else todo).append((inner, within, excuse))
        for source, number, package, excuse in later:
            one = source.imports[number]
            answer = self.resolve(source, number, package, before, after)
            if answer.problem is None:
                continue
            kind, module, _ = answer.problem
            if excuse is None and changes and kind == "missing":
                where = "%s:%d" % (relative_to(self.places.root, changes[0].path), changes[1])
                self.note(source, one, "path", "%s is not found, but %s changes sys.path in a way that only running shows" % (module, where))
            elif excuse is None and kind == "missing" and module in ELSEWHERE:
                self.note(source, one, "platform", "%s is of the standard library, on another platform" % module)
            elif excuse is None:
                column = column_of(source.data, one.line, one.column)
                keys.add(self.problem(source, one.line, column, kind, module, answer.problem[2] or answer.wanted))
            else:
                self.note(source, one, excuse, "%s is not found; %s" % (module, EXCUSES[excuse]))
        return keys, len(seen)

    def absolute(self, folders, file):
        """Paths as a script may mean them: from the root, which most are started in, or from its folder."""
        found = []
        for folder in folders:
            bases = [""] if os.path.isabs(folder) else [self.places.root, os.path.dirname(file)]
            found += [os.path.normpath(os.path.join(base, folder)) for base in bases]
        return found

    def problem(self, source, line, column, kind, module, more):
        key = (source.path, line, column, kind, module)
        self.problems.setdefault(key, more)
        return key

    def note(self, source, one, kind, message):
        column = column_of(source.data, one.line, one.column)
        self.notes.setdefault((source.path, one.line, column, kind, one.module or "."), message)


EXCUSES = {
    "try": "the import may fail",
    "types": "it is for type checkers only",
    "test": "it depends on the platform, the Python version or what is installed",
}


def column_of(data, line, offset):
    """The column (from 1, in UTF-16 units) of a byte offset in a line."""
    lines = data.splitlines()
    text = lines[line - 1][:offset].decode("utf-8", "replace") if line <= len(lines) else ""
    return len(text.encode("utf-16-le")) // 2 + 1


def package_around(path):
    """(dotted name of the package that holds a file, the folder that the package lies in)."""
    folder, parts = os.path.dirname(path), []
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.append(name)
    return ".".join(parts[::-1]), folder


def relative_to(root, path):
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    return path if inside.startswith("../") else inside


def python_files(root):
    """The Python files of the repository, relative to it: git's where it answers, else a walk's."""
    words = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(
            words + ["--", "*.py", "*.pyw"], cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        names = set(os.fsdecode(done.stdout).split("\0")) - {""} if done.returncode == 0 else None
    except OSError:
        names = None
    if names is None:
        names = []
        for folder, inner, files in os.walk(root):
            inner[:] = [name for name in inner if name not in (".git", "node_modules", "site-packages", "__pycache__")]
            inner[:] = [name for name in inner if not is_environment(os.path.join(folder, name))]
            names += [relative_to(root, os.path.join(folder, name)) for name in files if name.endswith((".py", ".pyw"))]
    environments = {"": False}

    def in_environment(folder):
        if folder not in environments:
            within = in_environment(os.path.dirname(folder))
            environments[folder] = within or is_environment(os.path.join(root, folder))
        return environments[folder]

    own = tuple("%s/%s" % (HOME, name) for name in ("setup.py", "run.py", "venv/", NEW, OLD, ".undo/"))
    found = [name for name in sorted(names) if not name.startswith(own) and not in_environment(os.path.dirname(name))]
    return [name for name in found if os.path.isfile(os.path.join(root, name)) and not os.path.islink(os.path.join(root, name))]


def is_environment(folder):
    return os.path.isfile(os.path.join(folder, "pyvenv.cfg")) or os.path.isdir(os.path.join(folder, "conda-meta"))


def scripts_asked_for(root, options, judge):
    """[(path, kind)] of the scripts to judge: those named, else all of the repository."""
    named = [os.path.abspath(path) for path in options.scripts] or None
    if options.stdin:
        try:
            named = [os.path.join(root, path) for path in json.loads(sys.stdin.buffer.read().decode("utf-8"))]
        except (ValueError, TypeError) as error:
            raise Stop("what stands on stdin is not a JSON list of paths: %s" % error, code=2)
    if named is not None:
        rows = []
        for path in named:
            path = os.path.join(path, "__main__.py") if os.path.isdir(path) else path
            if not os.path.isfile(path):
                raise Stop("there is no script %s" % relative_to(root, path), code=2)
            rows.append((os.path.realpath(path), "named"))
    else:
        rows = [(os.path.join(root, *name.split("/")), None) for name in python_files(root)]
    if named is None:
        package = lambda path: os.path.basename(path) == "__main__.py"
        rows = [row for row in rows if package(row[0]) or b"__main__" in bytes_of(row[0])]
    judge.read_ahead([path for path, _ in rows])
    found = []
    for path, kind in rows:
        if os.path.basename(path) == "__main__.py":
            found.append((path, "package"))
            continue
        if judge.source(path).is_script:
            found.append((path, "main block"))
        elif kind:
            found.append((path, kind))
    return found


def bytes_of(path):
    """What a file holds; b"" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


class Installed:
    """What the metadata in site-packages folders says: who owns which module, who needs whom."""

    def __init__(self, sites):
        self.versions, self.owners, self.files, self.needs, self.extras = {}, {}, {}, {}, {}
        for site in sites:
            for entry in listed(site):
                if entry.endswith((".dist-info", ".egg-info")):
                    self.read(site, entry)

    def read(self, site, entry):
        name, _, version = re.sub(r"-py\d+(\.\d+)?$", "", entry.rpartition(".")[0]).partition("-")
        name = normal(name)
        self.versions[name] = version
        folder = os.path.join(site, entry)
        for line in self.lines(os.path.join(folder, "RECORD")):
            path = line.rpartition(",")[0].rpartition(",")[0].strip('"').replace("\\", "/")
            if path.startswith("../") or ".dist-info/" in path:
                continue
            top = path.partition("/")[0].partition(".")[0]
            if "/" in path or path.endswith((".py", ".so", ".pyd")):
                self.owners.setdefault(top, set()).add(name)
                self.files.setdefault(top, {})[os.path.join(site, *path.split("/"))] = name
        for top in self.lines(os.path.join(folder, "top_level.txt")):
            self.owners.setdefault(top.strip(), set()).add(name)
        for line in self.lines(os.path.join(folder, "METADATA")) or self.lines(os.path.join(folder, "PKG-INFO")):
            if not line.strip():
                break  # the description
            match = re.match(r"Requires-Dist:\s*([A-Za-z0-9][\w.-]*)", line)
            if match:
                needs = self.extras if re.search(r";.*\bextra\b", line) else self.needs
                needs.setdefault(normal(match.group(1)), set()).add(name)

    def lines(self, path):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                return file.read().splitlines()
        except OSError:
            return []

    def owner(self, found):
        """The distribution that a found module came with, or None."""
        top = found.name.split(".")[0]
        owners = self.owners.get(top, set())
        return next(iter(owners)) if len(owners) == 1 else self.files.get(top, {}).get(found.file)


def declared_names(root, venv):
    """The names that the lines of requirements.txt begin with, and the projects installed from folders."""
    names = set(local_projects(venv).values())
    for path in included(root, REQUIREMENTS, [], "-r|--requirement"):
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            lines = join_lines(file.read())
        names |= {normal(match.group(0)) for match in (re.match(r"[A-Za-z0-9][\w.-]*", line.strip()) for line in lines) if match}
    return names


class Providers:
    """Who would provide a module that is not found, and why it may be missing."""

    def __init__(self, root, places, declared):
        self.root, self.places, self.declared = root, places, declared
        self.elsewhere, self.modules = {}, None

    def folders(self, module, file):
        """Folders of the repository in which the module lies, the likely ones."""
        if self.modules is None:
            self.modules = {}
            for path in python_files(self.root):
                folder, name = os.path.split(path)
                if name == "__init__.py":
                    folder, name = os.path.split(folder)
                self.modules.setdefault(name.rpartition(".")[0] or name, set()).add(folder)
        found = [folder for folder in self.modules.get(module, ()) if folder not in ("", os.path.dirname(file))]
        outside = [one for one in found if not os.path.isfile(os.path.join(self.root, one, "__init__.py"))]
        return sorted(outside)[:3]

    def environments(self, file):
        """site-packages of environments beside the file, in the folders around it, and of the base Python."""
        found, folder = [], os.path.dirname(os.path.join(self.root, file))
        while folder.startswith(self.root):
            for name in sorted(listed(folder)):
                path = os.path.join(folder, name)
                if re.match(r"\.?v?env|\.?virtualenv", name) and is_environment(path):
                    found.append((relative_to(self.root, path), site_folders(path)))
            if folder == self.root:
                break
            folder = os.path.dirname(folder)
        return found + [("the base Python", [os.path.join(path, "site-packages") for path in self.places.standard])]

    def of(self, module, file, namespace):
        """[{"distribution", "from"}], the likeliest first; "from" is installed, table, declared or name."""
        found = []
        top = module.split(".")[0]
        for where, sites in self.environments(file):
            if where not in self.elsewhere:
                self.elsewhere[where] = Installed(sites)
            owners = self.elsewhere[where].owners.get(top, ())
            found += [{"distribution": name, "from": "installed", "where": where} for name in sorted(owners)] if len(owners) == 1 else []
        parts = module.split(".")
        keys = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
        known = next((DISTRIBUTIONS[key] for key in keys if key in DISTRIBUTIONS), None)
        if known:
            same = [one for one in found if normal(one["distribution"]) == normal(known)]
            for one in same:
                one["distribution"] = known
            found += [] if same else [{"distribution": known, "from": "table"}]
        elif len(parts) > 1 and (top in ("google", "azure") or namespace):  # google.cloud.storage, azure.identity
            found.append({"distribution": "-".join(part for part in parts[:3] if part.islower()), "from": "name"})
        elif normal(top) in self.declared:
            found.append({"distribution": normal(top), "from": "declared"})
        elif not found and top[0].isalpha():
            found.append({"distribution": normal(top), "from": "name"})
        seen = set()
        return [one for one in found if not (normal(one["distribution"]) in seen or seen.add(normal(one["distribution"])))]


def version_with(table, top):
    """The Python by which a table of the standard library's modules names one, or None."""
    return next((version for version, names in table.items() if top in names.split()), None)


def told(key, more, providers):
    """A problem as the JSON has it: where, what, why, and what would mend it.

    `more` is the message of what does not compile, the module that lacks something, or the whole name
    of what is not found at all.
    """
    path, line, column, kind, module = key
    more, wanted = (None, more) if kind == "missing" and isinstance(more, str) else (more, module)
    file = relative_to(providers.root, path)
    row = {"kind": kind, "file": file, "line": line, "column": column, "module": module, "provides": [], "folders": []}
    if kind == "syntax":
        text = more if more.startswith("cannot") else "does not compile with Python %d.%d: %s" % (sys.version_info[:2] + (more,))
        return dict(row, message=text)
    if kind == "relative":
        return dict(row, message="%s leads out of the package that holds the file" % module)
    if kind == "name":
        place = relative_to(providers.root, more.file or more.folders[0])
        return dict(row, message="%s has no %s" % (place, module))
    top = module.split(".")[0]
    gone, came = version_with(GONE, top), version_with(CAME, top)
    if more is not None and more.kind != "installed":
        place = more.file or (more.folders or ["?"])[0]
        what = "the standard library of this Python" if more.kind == "standard" else relative_to(providers.root, place)
        return dict(row, message="there is no module %s in %s" % (module, what))
    if gone and (more is None or more.kind == "standard"):
        text = "%s is not in the standard library since Python %s" % (top, gone)
        row["provides"] = [{"distribution": "setuptools", "from": "table"}] if top == "distutils" else []
        return dict(row, message=text + ("; setuptools provides it" if row["provides"] else ""))
    if came:
        return dict(row, message="%s is in the standard library from Python %s on" % (top, came))
    if module in getattr(sys, "stdlib_module_names", ()):
        return dict(row, message="%s is of the standard library, but this Python was installed without it" % module)
    if more is None:
        row["folders"] = providers.folders(top, file)
    if row["folders"]:
        text = "%s lies in %s, which is no import root; add that line to %s/pythonpath.txt"
        return dict(row, message=text % (module, " and in ".join(row["folders"]), HOME))
    row["provides"] = provides = providers.of(wanted, file, more is not None)
    if more is not None and more.kind == "installed" and not more.namespace:
        return dict(row, provides=[], message="%s is not in the version of %s that is installed" % (module, top))
    if not provides:
        return dict(row, message="%s is neither in the repository nor in the central venv" % module)
    first = provides[0]
    name, declared = first["distribution"], normal(first["distribution"]) in providers.declared
    if declared:
        text = "%s is not in the central venv, though %s is declared: %s" % (module, name, SETUP_COMMAND)
    elif first["from"] == "installed":
        text = "%s is not in the central venv; %s provides it (as in %s)" % (module, name, first["where"])
    elif first["from"] == "table":
        text = "%s is not in the central venv; %s provides it" % (module, name)
    else:
        text = "%s is neither in the repository nor in the central venv; perhaps %s provides it" % (module, name)
    return dict(row, message=text)


def by_accident(judge, installed, declared, seeds, root):
    """Packages that scripts import and nobody declares: they are there because others need them."""
    rows = {}
    for (path, line, module), found in sorted(judge.uses.items(), key=lambda row: row[0]):
        name = installed.owner(found)
        if name and name not in declared:
            rows.setdefault(name, []).append({"file": relative_to(root, path), "line": line, "module": module})
    answer = []
    for name, uses in sorted(rows.items()):
        through = sorted(installed.needs.get(name, set()) - {name})
        seed = name in seeds and not through
        if not through and not seed:
            through = sorted(installed.extras.get(name, set()) - {name})
        row = {"distribution": name, "version": installed.versions.get(name), "through": through}
        answer.append(dict(row, seed=seed, uses=uses))
    return answer


def verify(root, options, _voice):
    """Judges scripts in the central venv's Python, which is started bare: no site, none of our surroundings."""
    python = python_of(at(root, "venv"))
    if not os.path.isdir(at(root, "venv")) or not os.path.exists(python):
        raise Stop("there is no central venv that scripts could be judged by; make it with: %s" % SETUP_COMMAND, code=2)
    if not options.inside:
        words = [python, "-I", "-S", os.path.abspath(__file__), "verify", "--inside"] + sys.argv[2:]
        try:
            code = subprocess.call(words)
        except OSError as error:
            raise Stop("the central venv's Python does not start: %s" % error.strerror, code=2)
        if code not in (0, 1, 2):
            raise Stop("the central venv's Python does not run (exit code %d); mend it with: %s" % (code, SETUP_COMMAND), code=2)
        return code
    return judge_scripts(root, options)


def runner_path(root):
    """What PYTHONPATH holds in the runner's hands, asked of the runner itself."""
    import runpy

    runner = at(root, "run.py")
    if not os.path.isfile(runner):
        return [root]
    try:
        own = runpy.run_path(runner)["environment"](os.environ, root, at(root, "venv"), programs(at(root, "venv")))
        return [os.path.abspath(path) for path in own["PYTHONPATH"].split(os.pathsep) if path]
    except Exception as error:
        raise Stop("build/python/run.py does not say its PYTHONPATH: %s" % error, code=2)


def judge_scripts(root, options):
    import gc
    import warnings

    gc.disable()  # it would look through every syntax tree again and again
    warnings.simplefilter("ignore")  # of the scripts' own strings
    begun = time.time()
    venv = at(root, "venv")
    standard = [path for path in sys.path if path]
    places = Places(root, venv, runner_path(root), standard)
    judge = Judge(places)
    scripts = []
    for path, kind in scripts_asked_for(root, options, judge):
        keys, files = judge.script(path, kind)
        scripts.append((relative_to(root, path), kind, keys, files))
    declared, installed = declared_names(root, venv), Installed(places.sites)
    providers = Providers(root, places, declared)
    order = sorted(judge.problems, key=lambda key: (key[0], key[1], key[2], str(key[4])))
    numbers = {key: number for number, key in enumerate(order)}
    reasons, record = health(root)
    answer = {
        "schema": SCHEMA,
        "ok": not order,
        "python": "%d.%d.%d" % sys.version_info[:3],
        "venv": reasons,
        "scripts": [
            {"path": path, "kind": kind, "ok": not keys, "files": files, "problems": sorted(numbers[key] for key in keys)}
            for path, kind, keys, files in scripts
        ],
        "problems": [told(key, judge.problems[key], providers) for key in order],
        "accidental": by_accident(judge, installed, declared, record["seeds"] if record else SEEDS, root),
        "notes": [
            {"kind": kind, "file": relative_to(root, path), "line": line, "column": column, "module": module, "message": message}
            for (path, line, column, kind, module), message in sorted(judge.notes.items())
        ],
        "seconds": round(time.time() - begun, 2),
    }
    if options.json:
        print(json.dumps(answer, indent=1))
    else:
        print(mask(verdict(answer)))
    return 0 if answer["ok"] else 1


def verdict(answer):
    """The answer for people."""
    lines = []
    for row in answer["problems"]:
        lines.append("%(file)s:%(line)d:%(column)d: %(message)s" % row)
        hit = [script["path"] for script in answer["scripts"] if answer["problems"].index(row) in script["problems"]]
        others = [path for path in hit if path != row["file"]]
        if others:
            more = " and %d more" % (len(others) - 3) if len(others) > 3 else ""
            lines.append("  needed by %s%s" % (", ".join(others[:3]), more))
    for row in answer["accidental"]:
        why = "every new venv holds it" if row["seed"] else "it came in through %s" % (", ".join(row["through"]) or "another")
        use = row["uses"][0]
        text = "%s:%d: %s is imported, but not declared: %s" % (use["file"], use["line"], row["distribution"], why)
        lines.append(text + (" (%d imports)" % len(row["uses"]) if len(row["uses"]) > 1 else ""))
    lines += ["%(file)s:%(line)d:%(column)d: note: %(message)s" % row for row in answer["notes"]]
    for reason in answer["venv"]:
        lines.append("the venv: %(message)s (%(mend)s)" % reason)
    bad = sum(not script["ok"] for script in answer["scripts"])
    end_of_it = "%d %s not resolve" % (bad, "does" if bad == 1 else "do") if bad else "all resolve"
    lines.append("%s judged with Python %s: %s" % (many(len(answer["scripts"]), "script"), answer["python"], end_of_it))
    return "\n".join(lines)


# ---- commands -----------------------------------------------------------------------------------


def renew_findings(root):
    """Asks `pip check` or `uv pip check` again, and records what it says."""
    voice = Voice(quiet=True)
    voice.write = lambda text: None
    handle = take_lock(root, voice)
    try:
        record = read_record(at(root, "venv"))
        if record is None or not os.path.exists(python_of(at(root, "venv"))):
            return
        name = record["installer"].split()[0]
        installer = choose_installer(root, "pip" if name == "pip" else None)
        job = {"root": root, "voice": voice, "handle": handle, "installer": installer, "offline": False}
        job.update(program=python_of(at(root, "venv")), seeds=set(record["seeds"]))
        record["findings"] = look_for_findings(job)
        write_whole(os.path.join(at(root, "venv"), RECORD), json.dumps(record, indent=1) + "\n")
    finally:
        os.close(handle)


def check(root, options, _voice):
    if options.renew:
        renew_findings(root)
    started = begin_git(root)
    reasons, record = health(root)
    reasons += end_git(root, started)
    healthy = not reasons
    if options.json:
        builder = who_builds(root)
        answer = {"schema": SCHEMA, "healthy": healthy, "reasons": reasons, "building": builder}
        answer["venv"] = at(root, "venv")
        for key in ("python", "base", "installer", "built", "seconds", "locked"):
            answer[key] = record[key] if record else None
        answer["packages"] = counted(record) if record else None
        print(json.dumps(answer, indent=1))
    elif healthy:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(record["built"]))
        count = counted(record)
        text = "healthy: Python %s, %s, built %s by %s"
        print(text % (record["python"], many(count, "package"), when, record["installer"]))
    else:
        for reason in reasons:
            print(mask("%s: %s" % (reason["code"], reason["message"])))
        for mend in dict.fromkeys(reason["mend"] for reason in reasons):
            print("mend it with: %s" % mend)
    return 0 if healthy else 1


def question(root, options, voice, handle=None):
    """A job that installs nothing: for `lock` and `resolve`. Its `work` is a folder to remove."""
    import tempfile

    venv = at(root, "venv")
    record = read_record(venv)
    wanted = None if options.python else decided_python(root)
    version = record and version_of(venv)
    usable = version and os.path.exists(python_of(venv)) and (options.python or wanted or minor(version)) == minor(version)
    installer = choose_installer(root, options.installer)
    if usable:
        python = {"path": record["base"], "version": version, "minor": minor(version)}
    else:
        python = choose_python(root, options.python, wanted)
    job = new_job(root, voice, handle, installer, options, python)
    job["work"] = tempfile.mkdtemp(prefix="one-venv-")
    job["program"] = python_of(venv) if usable else python["path"]
    job["record"] = record if usable else None
    job["make"] = None
    if not usable and not is_uv(job):
        # The base Python's own pip answers, unless it is too old or there is none.
        code, out, _ = ask([python["path"], "-I", "-m", "pip", "--version"], root)
        job["pip"] = [int(n) for n in re.findall(r"\d+", out)[:2]] if code == 0 else [0, 0]
        if job["pip"] < [23, 0]:
            del job["pip"]
            job["make"] = python
            job["new"] = os.path.join(job["work"], "venv")
            job["program"] = python_of(job["new"])
    return job


def with_question(job, answer):
    """Runs `answer` for a job of `question`, and removes what it needed."""
    try:
        if job["make"]:
            make_venv(job, job["make"])
        return answer(job)
    finally:
        remove_tree(job["work"])


def lock(root, options, voice):
    """Writes requirements.lock; versions that still fit stay."""
    if not os.path.isfile(at(root, "requirements.txt")):
        raise Stop("there is no %s; it is written by %s" % (REQUIREMENTS, CONSOLIDATE))
    must_be_text(root)
    handle = take_lock(root, voice)
    try:
        old = read_lock(root)
        job = question(root, options, voice, handle)
        job["preferred"] = given_pins(options.prefer) if options.prefer else {}
        job["preferred"].update(preferred_pins(old, job["record"]))
        text = with_question(job, make_lock)
        count = len(read_pins(text))
        changed = old is None or old["text"].replace("\r\n", "\n") != text
        if changed:
            write_whole(at(root, "requirements.lock"), text)
        message = "%s pins %s" % (LOCK, many(count, "package")) + ("" if changed else "; nothing has changed")
        voice.event("done", changed=changed, packages=count, text=message)
        if not voice.as_json:
            voice.say(message)
            for line in text.splitlines()[2:6]:
                voice.write("  " + line[2:])
        return 0
    finally:
        os.close(handle)


def given_pins(path):
    """{name: version} of a file of pins (as pip-compile writes it) to prefer where nothing else is."""
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        return pins_of(file.read())


def pins_of(text):
    return {entry["name"]: entry["version"] for entry in read_pins(text) if entry["version"]}


def resolve_question(root, options, _voice):
    """Answers whether requirements can be met, and by what; installs and writes nothing.

    With --stdin the question is JSON: {"requirements": text, "constraints": text or null,
    "buildConstraints": text or null, "preferred": pins as text or null}; else it is the central file.
    """
    begun = time.time()
    voice = Voice(quiet=False)
    voice.write = lambda text: None  # the answer carries all that was said
    job = question(root, options, voice)
    if options.stdin:
        try:
            asked = json.loads(sys.stdin.buffer.read().decode("utf-8"))
            job["requirements"] = work_file(job, "question.txt", asked["requirements"].splitlines())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            remove_tree(job["work"])
            raise Stop("the question is not JSON with \"requirements\": %s" % error, code=2)
        job["constraints"], job["builds"] = [], None
        if asked.get("constraints"):
            job["constraints"] = [work_file(job, "constraints.txt", asked["constraints"].splitlines())]
        if asked.get("buildConstraints"):
            job["builds"] = work_file(job, "builds.txt", asked["buildConstraints"].splitlines())
        job["preferred"] = pins_of(asked.get("preferred") or "")
        voice.hide(root, [job["requirements"]] + job["constraints"])
    answer = {"schema": SCHEMA, "python": job["python"], "outcome": "ok", "text": "", "names": [], "pins": []}
    try:
        for entry in with_question(job, resolve):
            pin = {key: entry[key] for key in ("name", "version", "marker", "folder")}
            answer["pins"].append(dict(pin, text=voice.mask(entry["text"])))
    except Stop as stop:
        text = voice.mask(stop.text or str(stop)).replace(job["work"] + os.sep, "")
        answer.update(outcome=outcome_of(stop.text), text=text, names=stop.names)
    version = job["installer"].get("version") or ".".join(map(str, pip_version(job)))
    answer["tool"] = "%s %s" % (job["installer"]["name"], version)
    answer["seconds"] = round(time.time() - begun, 2)
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    return {"ok": 0, "unsatisfiable": 1}.get(answer["outcome"], 2)


def outcome_of(text):
    """unsatisfiable: the tool says that no set exists; unknown: it could not tell, or we cannot."""
    text = " ".join(text.split())
    doubt = r"not found in the (package registry|cache)|was not found in the provided|network|[Cc]onnect|offline"
    doubt += r"|timed out|[Ff]ailed to (build|fetch|download)|from versions: none|Temporary failure|subprocess-exited"
    if re.search(doubt, text):
        return "unknown"
    sure = r"ResolutionImpossible|requirements are unsatisfiable|are incompatible|No matching distribution found"
    return "unsatisfiable" if re.search(sure, text) else "unknown"


def pythons(root, options, _voice):
    rows = all_pythons(root)
    if options.json:
        print(json.dumps({"schema": SCHEMA, "decided": decided_python(root), "pythons": rows}, indent=1))
        return 0
    for row in rows:
        print("%-8s %s (%s)%s" % (row["version"] or "?", row["path"], row["source"], ": " + row["why"] if row["why"] else ""))
    return 0


def clean(root, options, voice):
    """Removes the central venv and what broken builds left; nothing else."""
    lock = take_lock(root, voice)
    try:
        for name in (OLD, NEW, "venv"):
            path = at(root, name)
            if not os.path.lexists(path):
                continue
            if not is_ours(path):
                raise Stop("%s is not a virtual environment of One Venv's; remove it yourself" % path)
            if name == "venv":  # killed half-way, this must not look like a venv
                path = at(root, OLD)
                os.rename(at(root, name), path)
            remove_tree(path)
            voice.say("removed %s/%s" % (HOME, name))
    finally:
        os.close(lock)
    return 0


INSTEAD = {
    "install": "%s builds the central venv with all packages; nothing else needs to be installed",
    "develop": "add the line `-e ./FOLDER` to build/python/requirements.txt, then run %s",
}


def instead(command):
    """What to do in place of a command that setuptools would know."""
    text = INSTEAD.get(command, "%s builds the central venv; packages are built with `python -m build`")
    return "this setup.py is One Venv's and has no command `%s`: %s" % (command, text % SETUP_COMMAND)


def arguments(words):
    import argparse

    others = "install build develop sdist bdist bdist_wheel bdist_egg build_ext build_py egg_info easy_install test upload register"
    if words and words[0] in others.split():
        raise Stop(instead(words[0]), code=2)
    parser = argparse.ArgumentParser(prog="setup.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    one = commands.add_parser("build")  # what it does without a command; nobody is told of the word
    one.add_argument("--python", metavar="P", help="the base Python: a path, a program on PATH, or a version (3.11)")
    one.add_argument("--installer", choices=("uv", "pip"), help="uv where there is one, else pip")
    one.add_argument("--progress", choices=("json",), help="one JSON object a line on stdout")
    one.add_argument("--offline", action="store_true", help="nothing but the wheels in build/python/deps")
    one.add_argument("--locked", action="store_true", help="fail where the lock does not fit (the default in CI)")
    one = commands.add_parser("lock", help="pin every package in build/python/requirements.lock")
    one.add_argument("--python", metavar="X.Y", help=argparse.SUPPRESS)
    one.add_argument("--installer", choices=("uv", "pip"), help="uv where there is one, else pip")
    one.add_argument("--progress", choices=("json",), help="one JSON object a line on stdout")
    one.add_argument("--prefer", metavar="FILE", help="pins to keep where the lock has none and they fit")
    one = commands.add_parser("resolve", help="can the requirements be met, and by what? installs nothing")
    one.add_argument("--json", action="store_true", required=True)
    one.add_argument("--stdin", action="store_true", help="the question is JSON on stdin, not the central file")
    one.add_argument("--root", metavar="DIR", help="the repository, where this file stands elsewhere")
    one.add_argument("--python", metavar="P", help="the base Python: a path, a program on PATH, or a version (3.11)")
    one.add_argument("--installer", choices=("uv", "pip"), help="uv where there is one, else pip")
    one.add_argument("--offline", action="store_true", help="nothing but the wheels in build/python/deps")
    one = commands.add_parser("vendor", help="a wheel of every locked package into build/python/deps, for --offline")
    help_text = "a platform to vendor for, like linux-x86_64, macos-arm64, windows-amd64-3.12; here: this one"
    one.add_argument("--target", action="append", metavar="T", help=help_text)
    one.add_argument("--progress", choices=("json",), help="one JSON object a line on stdout")
    one = commands.add_parser("export", help="what one project needs, with the lock's pins, for a slim image")
    one.add_argument("project", help="the project's folder, as the comments of requirements.txt name it")
    one.add_argument("--output", metavar="FILE", help="write it there; an earlier export is replaced")
    one.add_argument("--print", action="store_true", help="print what would be written, and write nothing")
    one = commands.add_parser("check", help="every reason why the venv is not what the files say; exit code 1")
    one.add_argument("--json", action="store_true")
    one.add_argument("--renew", action="store_true", help="ask pip check or uv pip check again, too")
    one = commands.add_parser("verify", help="would every script compile and find what it imports? runs none of them")
    one.add_argument("scripts", nargs="*", metavar="SCRIPT", help="files, or folders with a __main__.py; all scripts without")
    one.add_argument("--json", action="store_true")
    one.add_argument("--stdin", action="store_true", help="the scripts are a JSON list on stdin, relative to the repository")
    one.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    one = commands.add_parser("pythons", help="the base Pythons of this machine")
    one.add_argument("--json", action="store_true")
    one.add_argument("--root", metavar="DIR", help="the repository, where this file stands elsewhere")
    commands.add_parser("clean", help="remove the central venv")
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["build"] + words
    return parser.parse_args(words)


COMMANDS = {
    "build": build,
    "check": check,
    "verify": verify,
    "lock": lock,
    "resolve": resolve_question,
    "vendor": vendor,
    "export": export,
    "pythons": pythons,
    "clean": clean,
}


def on_signal(number, _frame):
    raise Ended(number)


def main(words):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), on_signal)
    voice = Voice()
    try:
        options = arguments(words)
        voice = Voice(getattr(options, "progress", None) == "json", bool(os.environ.get("CI")))
        root = os.path.dirname(os.path.dirname(HERE))
        if getattr(options, "root", None):
            root = os.path.realpath(options.root)
            if not os.path.isdir(root):
                raise Stop("there is no folder %s" % options.root, code=2)
        elif os.path.realpath(at(root)) != HERE:
            raise Stop("setup.py does not stand in build/python of a repository (but in %s)" % HERE, code=2)
        return COMMANDS[options.command](root, options, voice)
    except Stop as stop:
        voice.failed(stop)
        return stop.code
    except Ended as signalled:
        return signalled.code
    except KeyboardInterrupt:
        voice.failed(Stop("broken off; the venv is as it was"))
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        voice.failed(Stop("%s: %s" % (error.filename or "setup.py", error.strerror or error), code=2))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
