"""`python3 -m census FOLDER...` says how much Python lives there."""

import sys

import tabulate

from census.count import lines_of_python

rows = [(folder, *lines_of_python(folder)) for folder in sys.argv[1:] or ["services"]]
print(tabulate.tabulate(rows, headers=["folder", "files", "lines"]))
