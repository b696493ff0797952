"""Counting, by walking."""

import os


def lines_of_python(folder):
    """How many Python files, and how many lines in them, lie below a folder."""
    files = lines = 0
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("venv", "__pycache__")]
        for name in names:
            if name.endswith(".py"):
                files += 1
                with open(os.path.join(here, name), encoding="utf-8") as source:
                    lines += sum(1 for _ in source)
    return files, lines
