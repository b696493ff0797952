/** Programs that packages install under another name than their own, where people call them. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  build: ["pyproject-build"],
  django: ["django-admin"],
  ipython: ["ipython", "ipython3"],
  jupyterlab: ["jupyter", "jupyter-lab"],
  notebook: ["jupyter", "jupyter-notebook"],
  "pip-tools": ["pip-compile", "pip-sync"],
  pytest: ["pytest", "py.test"],
  robotframework: ["robot", "rebot"],
  sphinx: ["sphinx-build", "sphinx-quickstart", "sphinx-apidoc"],
};

/** Packages whose program has the package's name. */
const OWN_NAME = new Set(
  [
    "alembic ansible autoflake bandit black bumpversion celery codespell commitizen cookiecutter coverage daphne",
    "dvc fastapi flake8 flask gunicorn honcho httpie hypercorn invoke isort jupyter locust",
    "mkdocs mlflow mypy nox pre-commit pydocstyle pylint pyright pyupgrade ruff scrapy streamlit",
    "towncrier tox twine uvicorn yamllint yapf",
  ].flatMap((names) => names.split(" ")),
);

/** The programs that the central venv has, and how far that is known. */
export interface ConsoleScripts {
  readonly names: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/**
 * The names in the venv's program folder (`programs`). Without a venv: what well-known packages
 * among the declared ones (normalised names) install.
 */
export function scriptsOf(
  programs: readonly string[] | null,
  declared: ReadonlySet<string>,
): ConsoleScripts {
  if (programs !== null) return { names: new Set(programs), notes: [] };
  const known = [...declared].flatMap(
    (name) => PROGRAMS[name] ?? (OWN_NAME.has(name) ? [name] : []),
  );
  return {
    names: new Set(known),
    notes: [
      "There is no central venv on this machine yet: of the programs that packages install only well-known ones are looked for. Build it first to find all.",
    ],
  };
}
