"""Reads requirements files with pip's own reader, line by line, so that one refused line hides no other.

Takes a JSON list of texts on stdin; writes a JSON object with pip's version, the empty folder that it
ran in and, for each text, its entries. A line that pip refuses where it asks the file system for a folder is tried again as if the
folder were there (`if_folder`).
"""

import io
import json
import os
import sys
import tempfile
from unittest import mock

import pip
from pip._internal.exceptions import InstallationError
from pip._internal.req import constructors, req_file
from pip._internal.req.constructors import install_req_from_parsed_requirement


def installed(parsed):
    try:
        found = install_req_from_parsed_requirement(parsed)
    except Exception as problem:  # pip lets several kinds through
        return {"refused": f"{type(problem).__name__}: {problem}"}
    return {
        "name": found.req.name if found.req else None,
        "specifier": str(found.req.specifier) if found.req else "",
        "extras": sorted(found.extras),
        "marker": str(found.markers) if found.markers else None,
        "link": found.link.url if found.link else None,
        "editable": found.editable,
    }


def as_if_folders_exist(parsed):
    with mock.patch.object(constructors.os.path, "isdir", lambda path: True):
        with mock.patch.object(constructors, "is_installable_dir", lambda path: True):
            return installed(parsed)


def entry(number, line, parse):
    try:
        args, opts = parse(line)
    except req_file.OptionParsingError as problem:
        return {"line": number, "refused": problem.msg}
    except InstallationError as problem:
        return {"line": number, "refused": str(problem)}
    except Exception as problem:  # CommandError is one of these
        return {"line": number, "refused": f"{type(problem).__name__}: {problem}"}
    whole = req_file.ParsedLine("file.txt", number, args, opts, False)
    if whole.requirement is None:
        return {"line": number, **options(opts)}
    parsed = req_file.handle_requirement_line(whole)
    said = {"line": number, "kept": parsed.options or {}, **installed(parsed)}
    if "refused" in said:
        said["if_folder"] = as_if_folders_exist(parsed)
    return said


def options(opts):
    if opts.requirements:
        return {"include": opts.requirements[0]}
    if opts.constraints:
        return {"constraint": opts.constraints[0]}
    kept = {
        "index-url": opts.index_url,
        "extra-index-url": opts.extra_index_urls,
        "no-index": opts.no_index,
        "find-links": opts.find_links[:1],
        "no-binary": sorted(opts.format_control.no_binary),
        "only-binary": sorted(opts.format_control.only_binary),
        "prefer-binary": opts.prefer_binary,
        "require-hashes": opts.require_hashes,
        "pre": opts.pre,
        "trusted-host": opts.trusted_hosts,
    }
    return {"options": {name: value for name, value in kept.items() if value}}


def read(text):
    entries = []
    for number, line in req_file.preprocess(text):
        entries.append(entry(number, line, req_file.get_line_parser(None)))
    return entries


def main():
    texts = json.load(sys.stdin)
    sys.stderr = io.StringIO()  # optparse prints its usage for every refused line
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        here = os.getcwd()
        files = [read(text) for text in texts]
        os.chdir(os.path.dirname(here))
    # Lone surrogates cannot be printed, so the answer is ASCII.
    json.dump({"pip": pip.__version__, "folder": here, "files": files}, sys.stdout)


if __name__ == "__main__":
    main()
