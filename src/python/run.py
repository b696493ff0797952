#!/bin/sh
""":"
# One Venv runner, version 1
#
# Runs Python with the central venv (build/python/venv), as `python` would:
#     build/python/run.py SCRIPT ARGUMENTS...     also -m MODULE, -c CODE, -u, - and the rest
#     build/python/run.py pytest -q               a program of the venv, by its name
# This file is valid as sh and as Python. The sh half is quick and needs no other Python; the
# Python half below does the same for `python build/python/run.py`, and for Windows.
# Extra import roots: pythonpath.txt beside this file, one folder a line, relative to the root.

self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
    link=$(readlink "$self" && echo x) || exit 127
    link=${link%?x}
    case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
    esac
done
root=$(CDPATH= cd -P -- "${self%/*}/../.." && pwd -P && echo x) || exit 127
root=${root%?x}
venv=$root/build/python/venv
python=$venv/bin/python3

if [ $# = 0 ]; then
    echo "usage: build/python/run.py SCRIPT|-m MODULE|-c CODE|PROGRAM [ARGUMENT...]" >&2
    echo "Runs it with the Python of the central venv; everything is passed on as to python." >&2
    exit 1
fi
if ! [ -x "$python" ]; then
    # Windows (Git Bash): the Python half knows its separators.
    [ -x "$venv/Scripts/python.exe" ] && exec "$venv/Scripts/python.exe" "$self" "$@"
    what="no central venv"
    [ -d "$venv" ] && what="the central venv has no working Python"
    echo "One Venv: $what; make it with: python3 build/python/setup.py (in $root)" >&2
    exit 127
fi

# What the caller has set stands first; each folder once, and no empty entry (it would mean ".").
add_root() {
    case ":$PYTHONPATH:" in
    *":$1:"*) ;;
    *) PYTHONPATH=${PYTHONPATH:+$PYTHONPATH:}$1 ;;
    esac
}
add_root "$root"
if [ -f "$root/build/python/pythonpath.txt" ]; then
    while read -r line || [ -n "$line" ]; do
        case $line in "#"*) continue ;; esac
        line=${line%%[[:space:]]#*}
        while :; do
            case $line in
            *[[:space:]]) line=${line%?} ;;
            ?*/) line=${line%/} ;;
            ./*) line=${line#./} ;;
            *) break ;;
            esac
        done
        case $line in
        "" | .) ;;
        /*) add_root "$line" ;;
        *) add_root "$root/$line" ;;
        esac
    done <"$root/build/python/pythonpath.txt"
fi
case $PATH: in
"$venv/bin:"*) ;;
*) PATH=$venv/bin${PATH:+:$PATH} ;;
esac
VIRTUAL_ENV=$venv
export PYTHONPATH PATH VIRTUAL_ENV
unset PYTHONHOME __PYVENV_LAUNCHER__

# A first word that Python itself could not run, but that is a program of the venv.
case $1 in
-* | */* | "") ;;
*)
    script=$venv/bin/$1
    if [ -d "$1" ] || ! [ -e "$1" ] && ! [ -f "$1/__main__.py" ] && [ -f "$script" ] && [ -x "$script" ]; then
        shift
        # A Python script is handed to the venv's Python: its first line may name a place
        # from which the repository has moved.
        { read -r first && read -r second; } <"$script"
        case $first in
        "#!/bin/sh") case $second in "'''exec'"*) exec "$python" "$script" "$@" ;; esac ;;
        "#!"*python*) exec "$python" "$script" "$@" ;;
        esac
        exec "$script" "$@"
    fi
    ;;
esac
exec "$python" "$@"
exit 126
":"""

import os
import sys

USAGE = """usage: build/python/run.py SCRIPT|-m MODULE|-c CODE|PROGRAM [ARGUMENT...]
Runs it with the Python of the central venv; everything is passed on as to python."""


def import_roots(root):
    """The root, then the folders that pythonpath.txt names, as the sh half reads them."""
    roots = [root]
    try:
        with open(os.path.join(root, "build", "python", "pythonpath.txt"), "rb") as file:
            lines = file.read().split(b"\n")
    except IOError:
        return roots
    for raw in lines:
        line = raw.decode("utf-8", "replace") if os.name == "nt" else os.fsdecode(raw)
        line = line.strip(" \t\r\f\v")
        if line.startswith("#"):
            continue
        for blank in " \t\r\f\v":
            line = line.split(blank + "#")[0]
        line = line.rstrip(" \t\r\f\v")
        while len(line) > 1 and (line.endswith("/") or line.startswith("./")):
            line = line[:-1] if line.endswith("/") else line[2:]
        if line and line != ".":
            roots.append(os.path.join(root, line))
    return roots


def environment(old, root, venv, programs):
    """What the venv's Python is started with: `old`, changed as activation would change it."""
    new = dict(old)
    path = new.get("PYTHONPATH", "")
    for folder in import_roots(root):
        if folder not in path.split(os.pathsep):
            path = path + os.pathsep + folder if path else folder
    new["PYTHONPATH"] = path
    found = new.get("PATH", os.defpath)
    if found.split(os.pathsep)[0] != programs:
        found = programs + os.pathsep + found if found else programs
    new["PATH"] = found
    new["VIRTUAL_ENV"] = venv
    new.pop("PYTHONHOME", None)
    new.pop("__PYVENV_LAUNCHER__", None)
    return new


def command(arguments, python, programs):
    """The program and arguments to start: a program of the venv by bare name, else Python."""
    word = arguments[0]
    if word.startswith("-") or "/" in word or os.sep in word or not word:
        return [python] + arguments
    if os.path.isdir(word):
        taken = os.path.isfile(os.path.join(word, "__main__.py"))
    else:
        taken = os.path.exists(word)
    script = os.path.join(programs, word)
    if os.name == "nt" and not word.lower().endswith(".exe"):
        script += ".exe"
    if taken or not os.path.isfile(script) or not os.access(script, os.X_OK):
        return [python] + arguments
    with open(script, "rb") as file:
        lines = file.read(4096).split(b"\n")
    wrapped = lines[0] == b"#!/bin/sh" and lines[1:2] and lines[1].startswith(b"'''exec'")
    if wrapped or lines[0].startswith(b"#!") and b"python" in lines[0]:
        return [python, script] + arguments[1:]
    return [script] + arguments[1:]


def hand_over(words, env):
    """Becomes the program (POSIX), or waits for it and passes its exit code on (Windows)."""
    import signal

    if os.name != "nt":
        for name in ("SIGPIPE", "SIGXFSZ", "SIGXFZ"):  # Python ignores them, and exec keeps that
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
        os.execve(words[0], words, env)
    import subprocess

    child = subprocess.Popen(words, env=env)
    while True:
        try:
            code = child.wait()
            break
        except KeyboardInterrupt:  # the console has sent it to the child, too: that one decides
            pass
    return code - 2**32 if code >= 2**31 else code


def main(arguments):
    if sys.version_info < (3, 8):
        return "Python 3.8 or newer is needed, this is %d.%d.%d" % sys.version_info[:3]
    if not arguments:
        return USAGE
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    venv = os.path.join(root, "build", "python", "venv")
    for parts in (("bin", "python3"), ("Scripts", "python.exe")):
        python = os.path.join(venv, *parts)
        if os.path.isfile(python) and os.access(python, os.X_OK):
            break
    else:
        what = "no central venv"
        if os.path.isdir(venv):
            what = "the central venv has no working Python"
        name = "python" if os.name == "nt" else "python3"
        line = "One Venv: %s; make it with: %s build/python/setup.py (in %s)\n"
        sys.stderr.write(line % (what, name, root))
        return 127
    programs = os.path.dirname(python)
    env = environment(os.environ, root, venv, programs)
    return hand_over(command(arguments, python, programs), env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
