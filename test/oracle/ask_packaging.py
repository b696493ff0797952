"""Answers questions with the installed packaging: a JSON list of [kind, *arguments] in, a list of answers out."""

import json
import sys

import packaging
from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


def version(text):
    try:
        return str(Version(text))
    except InvalidVersion:
        return None


def compare(left, right):
    left, right = Version(left), Version(right)
    return (left > right) - (left < right)


def specifier_set(text, versions):
    try:
        read = SpecifierSet(text)
    except InvalidSpecifier:
        return None
    empty = read.is_unsatisfiable()
    finals = SpecifierSet(text, prereleases=False)
    return {
        "printed": str(read),
        "empty": empty,
        "onlyPrereleases": not empty and finals.is_unsatisfiable(),
        "allowed": [one for one in versions if read.contains(one, prereleases=True)],
        "finals": [one for one in versions if read.contains(one, prereleases=False)],
        "chosen": list(read.filter(versions)),
    }


def marker(text, environment):
    try:
        read = Marker(text)
    except InvalidMarker:
        return None
    try:
        holds = read.evaluate(environment)
    except Exception:  # a comparison without meaning, or a variable that is not set
        holds = "unknown"
    return {"printed": printed(read), "holds": holds}


def printed(read):
    """None where packaging prints what it reads back as something else."""
    try:
        return str(read) if str(Marker(str(read))) == str(read) else None
    except ValueError:
        return None


def requirement(text):
    try:
        read = Requirement(text)
    except InvalidRequirement:
        return None
    except ValueError:
        return "too long a number"
    return {
        "name": read.name,
        "extras": sorted(read.extras),
        "specifier": str(read.specifier),
        "url": read.url,
        "marker": read.marker and printed(read.marker),
    }


def same(left, right, versions):
    """Whether two sets of specifiers allow the same, and choose alike from these versions."""
    left, right = SpecifierSet(left), SpecifierSet(right)
    if hasattr(left, "is_subset") and "===" not in str(left):
        if not (left.is_subset(right) and right.is_subset(left)):
            return False
    alone = all(left.contains(one, prereleases=True) == right.contains(one, prereleases=True) for one in versions)
    return alone and list(left.filter(versions)) == list(right.filter(versions))


KINDS = {
    "version": version,
    "compare": compare,
    "set": specifier_set,
    "marker": marker,
    "requirement": requirement,
    "same": same,
    "packaging": lambda: f"packaging {packaging.__version__}, Python {sys.version.split()[0]}",
}

json.dump([KINDS[kind](*arguments) for kind, *arguments in json.load(sys.stdin)], sys.stdout)
