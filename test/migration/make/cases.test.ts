import assert from "node:assert/strict";
import { test } from "node:test";
import { withEdits } from "../../../src/migration/edit.ts";
import { findSites } from "../../../src/migration/find.ts";
import { finderInput, type MigrationInput } from "../../../src/migration/input.ts";
import { concernsIn } from "../../../src/migration/make/concern.ts";
import { programOf } from "../../../src/migration/make/program.ts";
import { readMakefile } from "../../../src/migration/make/read.ts";
import { siteFile } from "../vectors.ts";

/** What becomes of makefiles: all edits made, and the ids of what is offered and reported. */
interface Case {
  readonly name: string;
  readonly file?: string;
  readonly before: string;
  /** Where it is left out, nothing changes. */
  readonly after?: string;
  /** Other makefiles, before and after. */
  readonly others?: Readonly<Record<string, readonly [string, string]>>;
  readonly tree?: readonly string[];
  readonly scripts?: readonly string[];
  readonly offers?: readonly string[];
  readonly reports?: readonly string[];
}

const TREE = ["services/a/main.py", "services/b/main.py", "main.py", "tools/x.py"];

const cases: readonly Case[] = [
  {
    name: "what a rule needs runs before its recipe makes the venv: Python there stays",
    before: `PYTHON = python3
requirements: check
	$(PYTHON) -m pip install -r requirements.txt
check:
	$(PYTHON) tools/x.py
data: requirements main
	$(PYTHON) main.py
main: requirements
	$(PYTHON) services/a/main.py
`,
    after: `PYTHON = python3
requirements: check
	$(PYTHON) build/python/setup.py
check:
	$(PYTHON) tools/x.py
data: requirements main
	build/python/run.py main.py
main: requirements
	build/python/run.py services/a/main.py
`,
  },
  {
    name: "once the venv is made, what a later rule needs runs in it",
    before: `venv:
	python3 -m venv venv
install: venv check
	venv/bin/pip install -r requirements.txt
check:
	python3 tools/x.py
`,
    after: `.PHONY: venv
venv:
	python3 build/python/setup.py
install: venv check
	python3 build/python/setup.py
check:
	build/python/run.py tools/x.py
`,
  },
  {
    name: "a variable that activates before it names Python has two changes in one place: a person's",
    before: `PYTHON := . venv/bin/activate && python
install:
	$(PYTHON) -m pip install -e .
x:
	$(PYTHON) main.py
`,
    reports: ["Makefile:3", "Makefile:5", "Makefile:5#2"],
  },
  {
    name: "the target that stands for the venv follows, with the variable that names it",
    before: `VENV := venv
PYTHON := $(VENV)/bin/python
PIP := $(VENV)/bin/pip

$(VENV)/bin/activate: requirements.txt
	python3 -m venv $(VENV)
	$(PIP) install -r requirements.txt
	touch $(VENV)/bin/activate

run: $(VENV)/bin/activate
	$(PYTHON) main.py

clean:
	rm -rf $(VENV) __pycache__
`,
    after: `VENV := build/python/venv
PYTHON := build/python/run.py
PIP := $(VENV)/bin/pip

$(VENV)/bin/activate: build/python/requirements.txt
	python3 build/python/setup.py
	touch $(VENV)/bin/activate

run: $(VENV)/bin/activate
	$(PYTHON) main.py

clean:
	rm -rf $(VENV) __pycache__
`,
  },
  {
    name: "a venv target written out follows everywhere, what touches it too",
    before: `venv/bin/activate: requirements.txt
	test -d venv || python3 -m venv venv
	. venv/bin/activate; pip install -Ur requirements.txt
	touch venv/bin/activate

test: venv/bin/activate
	. venv/bin/activate; pytest -q
`,
    after: `build/python/venv/bin/activate: build/python/requirements.txt
	python3 build/python/setup.py
	touch build/python/venv/bin/activate

test: build/python/venv/bin/activate
	build/python/run.py pytest -q
`,
  },
  {
    name: "a target that is the venv folder is a name that people type: it stays, and becomes phony",
    before: `venv: requirements.txt
	python3 -m venv venv
	venv/bin/pip install -r requirements.txt
	touch venv
run: venv
	venv/bin/python main.py
`,
    after: `.PHONY: venv
venv: build/python/requirements.txt
	python3 build/python/setup.py
	touch build/python/venv
run: venv
	build/python/run.py main.py
`,
  },
  {
    name: "the folder in a variable follows, as target and as prerequisite",
    before: `VENV = .venv
$(VENV): requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -r requirements.txt
	touch $(VENV)
run: $(VENV)
	$(VENV)/bin/python main.py
`,
    after: `VENV = build/python/venv
$(VENV): build/python/requirements.txt
	python3 build/python/setup.py
	touch $(VENV)
run: $(VENV)
	build/python/run.py main.py
`,
  },
  {
    name: "the Python of the venv as a target",
    tree: ["manage.py"],
    before: `PYTHON=venv/bin/python
MANAGE=$(PYTHON) manage.py
migrate:
	$(MANAGE) migrate
shell:
	$(MANAGE) shell
venv/bin/python:
	python3 -m venv venv
	venv/bin/pip install -r requirements.txt
`,
    after: `PYTHON=build/python/run.py
MANAGE=$(PYTHON) manage.py
migrate:
	$(MANAGE) migrate
shell:
	$(MANAGE) shell
build/python/venv/bin/python:
	python3 build/python/setup.py
`,
  },
  {
    name: "activation in a variable that nothing needs any more",
    before: `ACTIVATE := . venv/bin/activate &&
run:
	$(ACTIVATE) python main.py
test:
	$(ACTIVATE) pytest
`,
    after: `ACTIVATE := . build/python/venv/bin/activate &&
run:
	build/python/run.py main.py
test:
	build/python/run.py pytest
`,
  },
  {
    name: "activation in a variable that something still needs",
    before: `VENV_ACTIVATE = . venv/bin/activate
run:
	$(VENV_ACTIVATE) && python main.py
other:
	$(VENV_ACTIVATE) && ./configure
`,
    after: `VENV_ACTIVATE = . build/python/venv/bin/activate
run:
	build/python/run.py main.py
other:
	$(VENV_ACTIVATE) && ./configure
`,
  },
  {
    name: "a chain that ends in a program folder",
    before: `VENV ?= .venv
BIN := $(VENV)/bin
test:
	$(BIN)/pytest -q
run:
	$(BIN)/python main.py
fmt:
	$(BIN)/pip list
`,
    after: `VENV ?= build/python/venv
BIN := $(VENV)/bin
test:
	build/python/run.py pytest -q
run:
	build/python/run.py main.py
fmt:
	build/python/run.py -m pip list
`,
    offers: ["Makefile:8"],
  },
  {
    name: "the branch for Windows is reported, the other one moves",
    before: `ifeq ($(OS),Windows_NT)
PYTHON := venv/Scripts/python
else
PYTHON := venv/bin/python
endif
run:
	$(PYTHON) main.py
`,
    after: `ifeq ($(OS),Windows_NT)
PYTHON := venv/Scripts/python
else
PYTHON := build/python/run.py
endif
run:
	$(PYTHON) main.py
`,
    reports: ["Makefile:2"],
  },
  {
    name: "both values of a variable move",
    before: `PYTHON = python3
ifeq ($(shell uname),Darwin)
PYTHON = python3.11
endif
x:
	$(PYTHON) main.py
`,
    after: `PYTHON = build/python/run.py
ifeq ($(shell uname),Darwin)
PYTHON = build/python/run.py
endif
x:
	$(PYTHON) main.py
`,
  },
  {
    name: "a value for one target with a version that the venv does not have",
    before: `PYTHON = python3
test: PYTHON = python3.9
test:
	$(PYTHON) main.py
run:
	$(PYTHON) main.py
`,
    after: `PYTHON = build/python/run.py
test: PYTHON = python3.9
test:
	$(PYTHON) main.py
run:
	$(PYTHON) main.py
`,
    reports: ["Makefile:4"],
  },
  {
    name: "a value for some targets",
    before: `run test: PY := python3
run:
	$(PY) main.py
test:
	$(PY) -m pytest
`,
    after: `run test: PY := build/python/run.py
run:
	$(PY) main.py
test:
	$(PY) -m pytest
`,
  },
  {
    name: "a canned recipe that two targets call, each in another folder",
    before: `define run-service
	@echo running $(1)
	@cd services/$(1) && python3 main.py
endef
a:
	$(call run-service,a)
b:
	$(call run-service,b)
`,
    after: `define run-service
	@echo running $(1)
	@cd services/$(1) && "$(CURDIR)/build/python/run.py" main.py
endef
a:
	$(call run-service,a)
b:
	$(call run-service,b)
`,
  },
  {
    name: "a canned recipe behind a semicolon",
    before: `define py
python3 tools/x.py $(1)
endef
a:
	$(call py,a)
b: ; $(call py,b)
`,
    after: `define py
build/python/run.py tools/x.py $(1)
endef
a:
	$(call py,a)
b: ; $(call py,b)
`,
  },
  {
    name: "what foreach repeats is changed once",
    before: `SERVICES = a b
all:
	$(foreach s,$(SERVICES),python3 services/$(s)/main.py;)
`,
    after: `SERVICES = a b
all:
	$(foreach s,$(SERVICES),build/python/run.py services/$(s)/main.py;)
`,
  },
  {
    name: "what other programs get by the environment stays, the uses move",
    before: `export PYTHON := python3
run:
	$(PYTHON) main.py
	./run.sh
`,
    after: `export PYTHON := python3
run:
	build/python/run.py main.py
	./run.sh
`,
  },
  {
    name: "what a make below is handed stays, the uses move",
    before: `PYTHON := python3
run:
	$(PYTHON) main.py
sub:
	$(MAKE) -C services/a PYTHON=$(PYTHON) run
`,
    after: `PYTHON := python3
run:
	build/python/run.py main.py
sub:
	$(MAKE) -C services/a PYTHON=$(PYTHON) run
`,
  },
  {
    name: "a variable that a container uses too stays, the other uses move",
    before: `PYTHON := python3
run:
	$(PYTHON) main.py
img:
	docker run --rm img $(PYTHON) main.py
`,
    after: `PYTHON := python3
run:
	build/python/run.py main.py
img:
	docker run --rm img $(PYTHON) main.py
`,
  },
  {
    name: "a variable that is compared stays, the uses move",
    before: `PYTHON := python3
ifeq ($(PYTHON),python3)
X = 1
endif
run:
	$(PYTHON) main.py
`,
    after: `PYTHON := python3
ifeq ($(PYTHON),python3)
X = 1
endif
run:
	build/python/run.py main.py
`,
  },
  {
    name: "asking for the version and printing need no other Python",
    before: `PYTHON ?= python3
run:
	$(PYTHON) main.py
	@$(PYTHON) --version
	@echo "using $(PYTHON)"
	@command -v $(PYTHON)
`,
    after: `PYTHON ?= build/python/run.py
run:
	$(PYTHON) main.py
	@$(PYTHON) --version
	@echo "using $(PYTHON)"
	@command -v $(PYTHON)
`,
  },
  {
    name: "a Python that is looked up",
    before: `PYTHON := $(shell which python3)
PY2 := $(shell command -v python3 2>/dev/null || command -v python)
run:
	$(PYTHON) main.py
x:
	$(PY2) main.py
`,
    after: `PYTHON := build/python/run.py
PY2 := build/python/run.py
run:
	$(PYTHON) main.py
x:
	$(PY2) main.py
`,
  },
  {
    name: "one of two Pythons by what is there",
    before: `PYTHON := $(if $(wildcard venv/bin/python),venv/bin/python,python3)
run:
	$(PYTHON) main.py
`,
    after: `PYTHON := build/python/run.py
run:
	$(PYTHON) main.py
`,
  },
  {
    name: "the root in variables",
    before: `ROOT := $(shell git rev-parse --show-toplevel)
DIR := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
run:
	cd $(ROOT)/services/a && python3 main.py
run2:
	cd $(DIR)services/a && python3 main.py
run3:
	python3 $(CURDIR)/main.py
`,
    after: `ROOT := $(shell git rev-parse --show-toplevel)
DIR := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
run:
	cd $(ROOT)/services/a && ../../build/python/run.py main.py
run2:
	cd $(DIR)services/a && ../../build/python/run.py main.py
run3:
	build/python/run.py $(CURDIR)/main.py
`,
  },
  {
    name: "a variable that make itself runs at its start",
    before: `PYTHON := python3
V := $(shell $(PYTHON) -c 'print(1)')
run:
	$(PYTHON) main.py
`,
    after: `PYTHON := python3
V := $(shell build/python/run.py -c 'print(1)')
run:
	build/python/run.py main.py
`,
    offers: ["Makefile:2"],
  },
  {
    name: "one shell for several lines, whose block becomes one call",
    before: `SHELL := /bin/bash
.ONESHELL:
run:
	@. venv/bin/activate
	if true; then
	  python3 main.py
	fi
`,
    after: `SHELL := /bin/bash
.ONESHELL:
run:
	@
	if true; then
	  build/python/run.py main.py
	fi
`,
  },
  {
    name: "recipes in Python",
    before: `SHELL := /usr/bin/env python3
.ONESHELL:
run:
	import sys
	print(sys.version)
`,
    reports: ["Makefile:1"],
  },
  {
    name: "spaces where make wants a tab: nothing is changed, both lines are told",
    before: `run:
    python3 main.py
ok:
	python3 main.py
`,
    reports: ["Makefile:2", "Makefile:4"],
  },
  {
    name: "CRLF stays",
    before: `PYTHON := python3\r
run:\r
	$(PYTHON) \\\r
	  main.py\r
x:\r
	python3 -m venv venv\r
	venv/bin/pip install -r requirements.txt\r
`,
    after: `PYTHON := build/python/run.py\r
run:\r
	$(PYTHON) \\\r
	  main.py\r
x:\r
	python3 build/python/setup.py\r
`,
  },
  {
    name: "the variable of an included file, used by the file that includes",
    before: `include common.mk
run:
	$(PYTHON) main.py
`,
    others: {
      "common.mk": [
        `PYTHON ?= python3
test:
	$(PYTHON) -m pytest
`,
        `PYTHON ?= build/python/run.py
test:
	$(PYTHON) -m pytest
`,
      ],
    },
  },
  {
    name: "a file that makefiles in two folders include",
    file: "services/a/Makefile",
    before: `include ../../common.mk
run:
	$(PYTHON) main.py
`,
    after: `include ../../common.mk
run:
	../../build/python/run.py main.py
`,
    others: {
      "common.mk": [
        `PYTHON ?= python3
test:
	$(PYTHON) -m pytest
`,
        `PYTHON ?= python3
test:
	$(PYTHON) -m pytest
`,
      ],
      Makefile: [
        `include common.mk
`,
        `include common.mk
`,
      ],
    },
    reports: ["common.mk:3"],
  },
  {
    name: "a file of its own runs where the files are that it names",
    file: "scripts/x.mk",
    before: `run:
	python3 tools/x.py
`,
    after: `run:
	build/python/run.py tools/x.py
`,
  },
  {
    name: "a target named build",
    tree: ["main.py"],
    before: `PY = python3
build: main.py
	$(PY) main.py
`,
    after: `PY = build/python/run.py
.PHONY: build
build: main.py
	$(PY) main.py
`,
    offers: ["Makefile:2"],
  },
  {
    name: "flags come along where the variable cannot change",
    before: `PY = python3 -u
x:
	$(PY) main.py
y:
	docker exec z $(PY) main.py
`,
    after: `PY = python3 -u
x:
	build/python/run.py -u main.py
y:
	docker exec z $(PY) main.py
`,
  },
  {
    name: "the variable that makes the venv stays a real Python",
    before: `PYTHON ?= python3
VENV = venv
install: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --upgrade pip
	$(VENV)/bin/pip install -r requirements.txt
run:
	$(VENV)/bin/python main.py
dist:
	$(PYTHON) setup.py sdist
`,
    after: `PYTHON ?= python3
VENV = build/python/venv
install: build/python/requirements.txt
	$(PYTHON) build/python/setup.py
run:
	build/python/run.py main.py
dist:
	build/python/run.py setup.py sdist
`,
  },
  {
    name: "a rule for a source stands in the way of its removal",
    before: `requirements.txt: requirements.in
	pip-compile requirements.in
install: requirements.txt
	pip install -r requirements.txt
`,
    after: `requirements.txt: requirements.in
	pip-compile requirements.in
install: build/python/requirements.txt
	python3 build/python/setup.py
`,
    reports: ["Makefile:1", "Makefile:2"],
  },
  {
    name: "a nested makefile",
    file: "services/a/Makefile",
    before: `VENV = venv
run:
	$(VENV)/bin/python main.py
clean:
	rm -rf $(VENV)
`,
    after: `VENV = ../../build/python/venv
run:
	../../build/python/run.py main.py
clean:
	rm -rf $(VENV)
`,
  },
  {
    name: "absolute values stay absolute",
    before: `VENV := $(CURDIR)/venv
PYTHON := $(VENV)/bin/python
run:
	cd services/a && $(PYTHON) main.py
clean:
	rm -rf $(VENV)
`,
    after: `VENV := $(CURDIR)/build/python/venv
PYTHON := "$(CURDIR)/build/python/run.py"
run:
	cd services/a && $(PYTHON) main.py
clean:
	rm -rf $(VENV)
`,
  },
  {
    name: "a value made by abspath",
    before: `VENV := $(abspath venv)
run:
	cd services/a && $(VENV)/bin/python main.py
clean:
	rm -rf $(VENV)
`,
    after: `VENV := $(CURDIR)/build/python/venv
run:
	cd services/a && ../../build/python/run.py main.py
clean:
	rm -rf $(VENV)
`,
  },
  {
    name: "quotes around a reference",
    before: `PYTHON = venv/bin/python
run:
	"$(PYTHON)" main.py
`,
    after: `PYTHON = build/python/venv/bin/python
run:
	build/python/run.py main.py
`,
  },
  {
    name: "a template is told, and what it names stays",
    before: `define T
run-$(1):
	$$(PYTHON) services/$(1)/main.py
endef
PYTHON = python3
$(foreach s,a b,$(eval $(call T,$(s))))
x:
	$(PYTHON) main.py
`,
    after: `define T
run-$(1):
	$$(PYTHON) services/$(1)/main.py
endef
PYTHON = python3
$(foreach s,a b,$(eval $(call T,$(s))))
x:
	build/python/run.py main.py
`,
    reports: ["Makefile:6"],
  },
  {
    name: "loops and continuations",
    before: `test:
	@for d in services/*/; do \\
		(cd $$d && python3 -m pytest) || exit 1; \\
	done
	cd services/a; \\
	  python3 main.py --x "$$HOME" # python3
`,
    after: `test:
	@for d in services/*/; do \\
		(cd $$d && "$(CURDIR)/build/python/run.py" -m pytest) || exit 1; \\
	done
	cd services/a; \\
	  ../../build/python/run.py main.py --x "$$HOME" # python3
`,
    offers: ["Makefile:3"],
  },
  {
    name: "the commonest template of libraries",
    before: `define BROWSER_PYSCRIPT
import os, webbrowser, sys
webbrowser.open("file://" + sys.argv[1])
endef
export BROWSER_PYSCRIPT
BROWSER := python -c "$$BROWSER_PYSCRIPT"
help:
	@python -c "$$PRINT_HELP_PYSCRIPT" < $(MAKEFILE_LIST)
docs:
	$(BROWSER) docs/index.html
servedocs: docs
	watchmedo shell-command -p '*.rst' -c '$(MAKE) -C docs html' -R -D .
release: dist
	twine upload dist/*
install: clean
	python setup.py install
`,
    after: `define BROWSER_PYSCRIPT
import os, webbrowser, sys
webbrowser.open("file://" + sys.argv[1])
endef
export BROWSER_PYSCRIPT
BROWSER := build/python/run.py -c "$$BROWSER_PYSCRIPT"
help:
	@build/python/run.py -c "$$PRINT_HELP_PYSCRIPT" < $(MAKEFILE_LIST)
docs:
	$(BROWSER) docs/index.html
servedocs: docs
	watchmedo shell-command -p '*.rst' -c '$(MAKE) -C docs html' -R -D .
release: dist
	twine upload dist/*
install: clean
	python setup.py install
`,
    reports: ["Makefile:16"],
  },
  {
    name: "Sphinx as a console script in a variable",
    file: "docs/Makefile",
    scripts: ["sphinx-build", "pytest"],
    before: `SPHINXOPTS    ?=
SPHINXBUILD   ?= sphinx-build
SOURCEDIR     = .
BUILDDIR      = _build
help:
	@$(SPHINXBUILD) -M help "$(SOURCEDIR)" "$(BUILDDIR)" $(SPHINXOPTS) $(O)
.PHONY: help Makefile
%: Makefile
	@$(SPHINXBUILD) -M $@ "$(SOURCEDIR)" "$(BUILDDIR)" $(SPHINXOPTS) $(O)
`,
    after: `SPHINXOPTS    ?=
SPHINXBUILD   ?= ../build/python/run.py sphinx-build
SOURCEDIR     = .
BUILDDIR      = _build
help:
	@$(SPHINXBUILD) -M help "$(SOURCEDIR)" "$(BUILDDIR)" $(SPHINXOPTS) $(O)
.PHONY: help Makefile
%: Makefile
	@$(SPHINXBUILD) -M $@ "$(SOURCEDIR)" "$(BUILDDIR)" $(SPHINXOPTS) $(O)
`,
  },
  {
    name: "a command in a variable, used in two folders",
    tree: ["manage.py", "services/a/manage.py"],
    before: `MANAGE = python manage.py
migrate:
	$(MANAGE) migrate
run:
	cd services/a && $(MANAGE) runserver
`,
    after: `MANAGE = "$(CURDIR)/build/python/run.py" manage.py
migrate:
	$(MANAGE) migrate
run:
	cd services/a && $(MANAGE) runserver
`,
  },
  {
    name: "a Python inside of a container",
    tree: ["manage.py"],
    before: `IMAGE = x
DC = docker-compose run --rm web
PY = $(DC) python
test:
	$(PY) manage.py test
`,
  },
  {
    name: "activation in a chain of variables",
    before: `VENV_DIR ?= venv
VENV_RUN = . $(VENV_DIR)/bin/activate
PIP_CMD ?= pip
install: $(VENV_DIR)/bin/activate
	$(VENV_RUN); $(PIP_CMD) install -r requirements.txt
$(VENV_DIR)/bin/activate:
	test -d $(VENV_DIR) || python3 -m venv $(VENV_DIR)
	$(VENV_RUN); pip install --upgrade pip
	touch $(VENV_DIR)/bin/activate
test:
	$(VENV_RUN); pytest
`,
    after: `VENV_DIR ?= build/python/venv
VENV_RUN = . $(VENV_DIR)/bin/activate
PIP_CMD ?= pip
install: $(VENV_DIR)/bin/activate
	python3 build/python/setup.py
$(VENV_DIR)/bin/activate:
	python3 build/python/setup.py
	touch $(VENV_DIR)/bin/activate
test:
	build/python/run.py pytest
`,
  },
  {
    name: "order-only prerequisites",
    before: `run: | venv
	venv/bin/python main.py
venv:
	python3 -m venv venv && venv/bin/pip install -r requirements.txt
`,
    after: `run: | venv
	build/python/run.py main.py
.PHONY: venv
venv:
	python3 build/python/setup.py
`,
  },
  {
    name: "recipes behind a semicolon",
    before: `venv: ; python3 -m venv venv
run: ; python3 main.py
`,
    after: `.PHONY: venv
venv: ; python3 build/python/setup.py
run: ; build/python/run.py main.py
`,
  },
  {
    name: "appended values",
    before: `FLAGS = -u
FLAGS += -B
PY = python3
PY += $(FLAGS)
x:
	$(PY) main.py
`,
    after: `FLAGS = -u
FLAGS += -B
PY = build/python/run.py
PY += $(FLAGS)
x:
	$(PY) main.py
`,
  },
  {
    name: "a Python as an argument of a call",
    before: `run = $(1) main.py
x:
	$(call run,python3)
y:
	$(call run,python3 -u)
`,
    after: `run = $(1) main.py
x:
	$(call run,build/python/run.py)
y:
	$(call run,build/python/run.py -u)
`,
  },
  {
    name: "the venv made by its target and filled by its Python",
    before: `PY = $(VENV)/bin/python3
VENV = .venv
$(VENV): ## make it
	@python3 -m venv $@
	@$(PY) -m pip install --upgrade pip
	@$(PY) -m pip install -r requirements.txt
lint: $(VENV)
	$(PY) -m flake8 services/a
`,
    after: `PY = build/python/run.py
VENV = build/python/venv
$(VENV): ## make it
	@python3 build/python/setup.py
lint: $(VENV)
	$(PY) -m flake8 services/a
`,
  },
  {
    name: "statements that backslashes join go with what joins them",
    before: `SHELL := /bin/bash
check:
	( \\
		source venv/bin/activate; \\
		pytest -q $(ARGS); \\
	)
unit:
	source venv/bin/activate; \\
		python -m unittest; \\
		deactivate
try:
	@bash -c 'set -e; \\
	if [ ! -d "venv" ]; then python -m venv venv; fi; \\
	source venv/bin/activate; \\
	pip install -r requirements.txt; \\
	python main.py'
`,
    after: `SHELL := /bin/bash
check:
	( \\
		build/python/run.py pytest -q $(ARGS); \\
	)
unit:
	build/python/run.py -m unittest
try:
	@bash -c 'set -e; \\
	python build/python/setup.py; \\
	build/python/run.py main.py'
`,
    offers: ["Makefile:10"],
  },
  {
    name: "an environment that a line still makes is not deleted under another name",
    before: `VENV = .venv
setup:
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install nothing-declares-it
run:
	$(VENV)/bin/python main.py
clean:
	rm -rf $(VENV)
`,
    after: `VENV = .venv
setup:
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install nothing-declares-it
run:
	build/python/run.py main.py
clean:
	rm -rf $(VENV)
`,
    reports: ["Makefile:3", "Makefile:4", "Makefile:8"],
  },
  {
    name: "an option of virtualenv is no environment",
    before: `VENV = venv
OPTIONS = --python=python3
$(VENV)/bin/activate: requirements.txt
	test -d $(VENV) || virtualenv $(VENV) $(OPTIONS)
	$(VENV)/bin/pip install -r requirements.txt
`,
    after: `VENV = build/python/venv
OPTIONS = --python=python3
$(VENV)/bin/activate: build/python/requirements.txt
	python3 build/python/setup.py
`,
  },
  {
    name: "all variables exported, and no make below",
    before: `VENV = .venv
export
run:
	$(VENV)/bin/pytest -q
clean:
	rm -rf $(VENV)
`,
    after: `VENV = build/python/venv
export
run:
	build/python/run.py pytest -q
clean:
	rm -rf $(VENV)
`,
  },
  {
    name: "a Python that is chosen by what is there",
    before: `VENV := .venv
PYTHON := $(shell test -x $(VENV)/bin/python && echo $(VENV)/bin/python || echo python3)
PY := $(shell if [ -f venv/bin/python ]; then echo "venv/bin/python"; else echo "python3"; fi)
P3 := $(shell command -v python3 >/dev/null 2>&1 && echo python3 || echo python)
run:
	$(PYTHON) main.py
x:
	$(PY) main.py
y:
	$(P3) main.py
clean:
	rm -rf $(VENV)
`,
    after: `VENV := build/python/venv
PYTHON := build/python/run.py
PY := build/python/run.py
P3 := build/python/run.py
run:
	$(PYTHON) main.py
x:
	$(PY) main.py
y:
	$(P3) main.py
clean:
	rm -rf $(VENV)
`,
  },
  {
    name: "absolute values by way of the folder",
    tree: ["manage.py"],
    scripts: ["celery", "flake8"],
    before: `PROJECT_DIR=$(shell pwd)
VENV_DIR=$(PROJECT_DIR)/.env
PIP=$(VENV_DIR)/bin/pip
PYTHON=$(VENV_DIR)/bin/python
CELERY=$(VENV_DIR)/bin/celery
MANAGE=$(PROJECT_DIR)/manage.py
virtualenv:
	virtualenv -p python3 $(VENV_DIR) --no-site-packages
install: requirements
requirements:
	$(PIP) install -r $(PROJECT_DIR)/requirements.txt
celery:
	$(CELERY) -A src worker -E
pep8:
	$(PROJECT_DIR)/.env/bin/flake8 --exclude '*migrations*' src
load:
	find src/apps -name '*.json' -exec $(PYTHON) $(MANAGE) loaddata {} \\;
create_admin:
	echo "from x; y('admin')" | $(PYTHON) $(MANAGE) shell
clean_venv:
	rm -rf $(VENV_DIR)
`,
    after: `PROJECT_DIR=$(shell pwd)
VENV_DIR=$(PROJECT_DIR)/build/python/venv
PIP=$(VENV_DIR)/bin/pip
PYTHON=build/python/run.py
CELERY=build/python/run.py celery
MANAGE=$(PROJECT_DIR)/manage.py
virtualenv:
	python3 build/python/setup.py
install: requirements
requirements:
	python3 build/python/setup.py
celery:
	$(CELERY) -A src worker -E
pep8:
	build/python/run.py flake8 --exclude '*migrations*' src
load:
	find src/apps -name '*.json' -exec $(PYTHON) $(MANAGE) loaddata {} \\;
create_admin:
	echo "from x; y('admin')" | $(PYTHON) $(MANAGE) shell
clean_venv:
	rm -rf $(VENV_DIR)
`,
  },
  {
    name: "a Python inside of a container, by a variable that a local line uses too",
    tree: ["manage.py"],
    before: `COMPOSE = docker compose
PYTHON := python
migrate:
	$(COMPOSE) exec $(CONTAINER) $(PYTHON) manage.py migrate
local:
	$(PYTHON) manage.py x
`,
    after: `COMPOSE = docker compose
PYTHON := python
migrate:
	$(COMPOSE) exec $(CONTAINER) $(PYTHON) manage.py migrate
local:
	build/python/run.py manage.py x
`,
  },
];

function inputOf({ file = "Makefile", before, others = {}, tree, scripts }: Case): MigrationInput {
  const rest = Object.entries(others).map(([path, [text]]) => siteFile(path, text));
  const files = [siteFile(file, before), ...rest];
  return {
    files,
    tree: new Set([...files.map(({ path }) => path), ...(tree ?? TREE), "requirements.txt"]),
    textOf: () => null,
    accounted: new Set(["requirements.txt"]),
    declared: new Set(),
    consoleScripts: new Set(scripts ?? ["pytest", "flake8"]),
    environments: new Set(["venv"]),
    python: "3.11",
    excluded: new Set(),
  };
}

function migrated(input: MigrationInput): Readonly<Record<string, string>> {
  const sites = findSites(input);
  return Object.fromEntries(
    input.files.map(({ path, text }) => [
      path,
      withEdits(
        text,
        sites.filter((site) => site.path === path).flatMap(({ edits }) => edits),
      ),
    ]),
  );
}

for (const one of cases) {
  test(`Makefile: ${one.name}`, () => {
    const { file = "Makefile", before, after, others = {}, offers = [], reports = [] } = one;
    const input = inputOf(one);
    const wanted = Object.entries(others).map(([path, [, text]]) => [path, text] as const);
    const done = { [file]: after ?? before, ...Object.fromEntries(wanted) };
    assert.deepEqual(migrated(input), done);
    const sites = findSites(input);
    const ids = (kind: string) => sites.filter((site) => site.kind === kind).map(({ id }) => id);
    assert.deepEqual(ids("offer"), offers);
    assert.deepEqual(ids("report"), reports);
    assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
  });

  test(`Makefile: twice is once: ${one.name}`, () => {
    const input = inputOf(one);
    const once = migrated(input);
    const files = input.files.map((file) => ({ ...file, text: once[file.path]! }));
    const tree = new Set([...input.tree, "build/python/run.py", "build/python/setup.py"]);
    assert.deepEqual(migrated({ ...input, files, tree }), once);
  });
}

test("what a person left out stays, with what hangs on it", () => {
  const before =
    "PYTHON := python3\nx:\n\t. venv/bin/activate && $(PYTHON) main.py\ny:\n\t$(PYTHON) tools/x.py\n";
  const without = (...ids: string[]) =>
    migrated({ ...inputOf({ name: "", before }), excluded: new Set(ids) }).Makefile;
  assert.equal(without("Makefile:1", "Makefile:3"), before);
  assert.equal(without("Makefile:3"), before.replace("python3", "build/python/run.py"));
  const all = before
    .replace("python3", "build/python/run.py")
    .replace(". venv/bin/activate && ", "");
  assert.equal(without(), all);
});

test("a deactivate that is left out keeps the activation that it ends, with the venv's new path", () => {
  const before =
    "SHELL := /bin/bash\nx:\n\tsource venv/bin/activate; python3 main.py; deactivate\n";
  const input = inputOf({ name: "", before });
  const offers = findSites(input).filter(({ kind }) => kind === "offer");
  const excluded = new Set(offers.map(({ id }) => id));
  assert.equal(
    migrated({ ...input, excluded }).Makefile,
    "SHELL := /bin/bash\nx:\n\tsource build/python/venv/bin/activate; build/python/run.py main.py; deactivate\n",
  );
});

test("values that would double with each conditional are not known, and what they use stays", () => {
  const many = Array.from(
    { length: 40 },
    (_, i) => `ifdef F${i}\nFLAGS += -D$(PYTHON)${i}\nendif\n`,
  );
  const before = `PYTHON = python3\n${many.join("")}run:\n\t$(PYTHON) main.py\nlib:\n\tcc $(FLAGS)\n`;
  // The variable is handed to cc by ways that were not looked at: only the line itself changes.
  assert.equal(
    migrated(inputOf({ name: "", before })).Makefile,
    before.replace("$(PYTHON) main", "build/python/run.py main"),
  );
  const reading = readMakefile("Makefile", before);
  const { variables } = programOf(reading, [""], () => []);
  const place = { before: null, branch: [], holds: () => "no" as const };
  assert.equal(variables.values("FLAGS", place), null);
  assert.equal(variables.reachedFrom("FLAGS").length, 41);
});

test("a makefile that has nothing of Python is read, and none of its text is expanded", () => {
  const concerns = concernsIn(finderInput(inputOf({ name: "", before: "" })));
  assert.equal(concerns("all:\n\tcc -o x x.c\n"), false);
  for (const text of ["python3", "$(PIP)", "./main.py", "rm -rf build"]) {
    assert.equal(concerns(`all:\n\t${text}\n`), true);
  }
});

test("what automake writes is only told: its first mention, and each source that it names", () => {
  const before = `# Makefile.in generated by automake 1.16.5 from Makefile.am.
# python3 here is a comment
PYTHON = python3
all:
\tpython3 main.py
\tpip install -r requirements.txt
`;
  const input = { ...inputOf({ name: "", file: "Makefile.in", before }) };
  const sites = findSites({ ...input, accounted: new Set(["requirements.txt"]) });
  assert.deepEqual(
    sites.map(({ kind, line, stillNames }) => [kind, line, stillNames]),
    [
      ["report", 3, []],
      ["report", 6, ["requirements.txt"]],
    ],
  );
});

test("a folder of the name is no module that -m could run", () => {
  const before = "x:\n\tpython3 -m build\n\tpython3 -m tools.x\n";
  const tree = [...TREE, "build/python/run.py"];
  const input = { ...inputOf({ name: "", before, tree }), declared: new Set(["requests"]) };
  assert.deepEqual(
    findSites(input).map(({ line, kind }) => [line, kind]),
    [
      [2, "offer"],
      [3, "rewrite"],
    ],
  );
});
