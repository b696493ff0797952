import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { Python } from "./pythons.ts";

/** A tiny package: a module of its name that holds its version, and perhaps a program. */
export interface Wheel {
  name: string;
  version: string;
  requires?: string[];
  /** The name of a program that prints `NAME VERSION`. */
  program?: string;
  /** Bytes of ballast in the module's folder. */
  ballast?: number;
  /** Files inside the wheel that are damaged: their digest in RECORD is wrong. */
  corrupt?: boolean;
  /** The tag of the wheel, instead of py3-none-any; "sdist" makes a source distribution. */
  tag?: string;
}

const MAKE = `
import base64, hashlib, io, json, os, sys, tarfile, zipfile
BACKEND = """import os, shutil
def build_wheel(folder, settings=None, metadata=None):
    name = [f for f in os.listdir(".") if f.endswith(".whl")][0]
    shutil.copy(name, folder)
    return name
"""
PROJECT = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
folder, wheels = sys.argv[1], json.loads(sys.argv[2])
for w in wheels:
    name, version = w["name"].replace("-", "_"), w["version"]
    info = "%s-%s.dist-info" % (name, version)
    tag = "py3-none-any" if w.get("tag") in (None, "sdist") else w["tag"]
    main = "VERSION = %r\\ndef main():\\n    print(%r)\\n" % (version, w["name"] + " " + version)
    meta = "Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (w["name"], version)
    meta += "".join("Requires-Dist: %s\\n" % one for one in w.get("requires", []))
    extras = {one.split('"')[1] for one in w.get("requires", []) if "extra ==" in one}
    meta += "".join("Provides-Extra: %s\\n" % extra for extra in sorted(extras))
    files = {name + "/__init__.py": main, info + "/METADATA": meta,
        info + "/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: %s\\n" % (tag)}
    if w.get("program"):
        files[info + "/entry_points.txt"] = "[console_scripts]\\n%s = %s:main\\n" % (w["program"], name)
    if w.get("ballast"):
        files[name + "/ballast.bin"] = "x" * w["ballast"]
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += "%s,sha256=%s,%d\\n" % (path, digest, len(text))
    files[info + "/RECORD"] = record + info + "/RECORD,,\\n"
    path = os.path.join(folder, "%s-%s-%s.whl" % (name, version, tag))
    with zipfile.ZipFile(path, "w") as z:
        for file, text in files.items():
            z.writestr(file, text)
    if w.get("corrupt"):
        with open(path, "r+b") as f:
            data = f.read()
            at = data.find(b"VERSION = ")
            f.seek(at); f.write(b"BROKEN")
    if w.get("tag") == "sdist":
        stem = "%s-%s" % (name, version)
        with tarfile.open(os.path.join(folder, stem + ".tar.gz"), "w:gz") as t:
            for file, text in (("PKG-INFO", meta), ("pyproject.toml", PROJECT), ("backend.py", BACKEND)):
                one = tarfile.TarInfo(stem + "/" + file)
                one.size = len(text)
                t.addfile(one, io.BytesIO(text.encode()))
            t.add(path, stem + "/" + os.path.basename(path))
        os.unlink(path)
`;

/** Writes wheels into a folder that pip and uv can be pointed at. */
export function makeWheels(python: Python, folder: string, wheels: Wheel[]): void {
  mkdirSync(folder, { recursive: true });
  execFileSync(python.path, ["-c", MAKE, folder, JSON.stringify(wheels)]);
}

/** Puts pip's own wheel, as this Python brings it along, into the folder: uv seeds a venv with it. */
export function addPip(python: Python, folder: string): void {
  const code = `import ensurepip, glob, os, shutil, sys
for f in glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "*.whl")): shutil.copy(f, sys.argv[1])`;
  execFileSync(python.path, ["-c", code, folder]);
}
