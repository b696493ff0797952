import type { Step } from "./draft.ts";
import { installsItself } from "./setup-script.ts";
import { filledBy } from "./step.ts";

/**
 * The first command of a job that goes on to fill the Python that the job found: what runs behind
 * it may need what it brings, and the central venv does not have that.
 */
export function unsettled(steps: readonly Step[]): Step | null {
  return steps.find((step) => isUnsettled(step)) ?? null;
}

function isUnsettled(step: Step): boolean {
  const { act, install } = step;
  if (act.kind === "python")
    return act.python.mode === "script" && installsItself(act.python.text ?? "", act.python.rest);
  if (act.kind === "program")
    return installsItself(act.path ?? "", step.ran.words.slice(step.ran.main + 1));
  if (install === null || !install.adds || filledBy(step) !== null) return false;
  const { missing, sources } = install;
  return sources.length > 0 || missing.length === 0 || !missing.every((name) => ALONE.has(name));
}

/** Tools that only look at files or make environments of their own: nothing imports them. */
const ALONE: ReadonlySet<string> = new Set(
  `ansible-lint auditwheel awscli bandit black build bump2version bumpversion check-manifest
  check-wheel-contents cibuildwheel codecov codespell coveralls delocate flake8 flit hatch isort nox
  pdm pip-audit pip-tools pipenv pipx poetry pre-commit pycodestyle pydocstyle pyflakes ruff safety
  semgrep towncrier tox tox-gh tox-gh-actions tox-uv twine uv virtualenv vulture yamllint
  zizmor`.split(/\s+/),
);
