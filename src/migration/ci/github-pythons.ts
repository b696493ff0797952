import { textOf, valueAt } from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import { expanded, type Job, matrixValues } from "./github-job.ts";
import { PUBLISHES } from "./job.ts";

/** Why nothing of the job is moved: several Pythons, or Conda's; null where neither is. */
export function reasonToReport(job: Job): string | null {
  const { document, steps } = job;
  const several =
    pythonsOf(job).length > 1 ||
    (matrixValues(job, "python-version")?.length ?? 0) > 1 ||
    (matrixValues(job, "python")?.length ?? 0) > 1;
  if (several) return "The job tests several Pythons; the central venv has one.";
  const conda = steps.some((step) =>
    /setup-miniconda|setup-micromamba|provision-with-micromamba/.test(
      textOf(valueAt(document, step, "uses")) ?? "",
    ),
  );
  return conda
    ? "The job works in a Conda environment, which may hold more than Python packages."
    : null;
}

/** Why it is only offered; null where nothing speaks against it. */
export function reasonToOffer(job: Job, input: MigrationInput): string | null {
  return differingPython(job, input) ?? besidePython(job);
}

/** What else in a job may need the packages of the Python that the job found. */
function besidePython({ document, steps }: Job): string | null {
  if (
    steps.some((step) =>
      /gh-action-pypi-publish/.test(textOf(valueAt(document, step, "uses")) ?? ""),
    )
  )
    return PUBLISHES;
  const code = steps.some((step) => /^python/.test(textOf(valueAt(document, step, "shell")) ?? ""));
  return code ? "A step of the job is Python code, which goes on in the job's own Python." : null;
}

function differingPython(job: Job, input: MigrationInput): string | null {
  const { python } = input;
  const [version] = [...pythonsOf(job), ...fromFile(job, input)];
  // A variable that is not known here may be any of them, and is taken for the right one.
  if (version === undefined || python === null || /\$|^computed$/.test(version)) return null;
  const [, minor, open] = /^(\d+\.\d+)(?:$|[^\d])|^(.*)$/s.exec(version) ?? [];
  if (minor === python) return null;
  return `The job sets up Python ${minor ?? open}; the central venv has ${python}.`;
}

/** The version in a file that `python-version-file` names. */
function fromFile(
  { document, steps }: Job,
  { textOf: contentOf }: MigrationInput,
): readonly string[] {
  return steps.flatMap((step) => {
    const path = textOf(valueAt(document, step, "with", "python-version-file"));
    const text = path === null || !/\.python-version$/.test(path) ? null : contentOf(path);
    const version = text?.split(/\s+/).find((line) => /^\d/.test(line));
    return version === undefined ? [] : [version];
  });
}

/** The Pythons that the job sets up; more than one where that is computed. */
function pythonsOf(job: Job): readonly string[] {
  const { document, steps, node } = job;
  const written = steps.flatMap((step) => {
    const uses = textOf(valueAt(document, step, "uses")) ?? "";
    if (!/setup-python|setup-uv/.test(uses)) return [];
    return textOf(valueAt(document, step, "with", "python-version")) ?? [];
  });
  const container = valueAt(document, node, "container");
  const image = textOf(container) ?? textOf(valueAt(document, container, "image")) ?? "";
  const tag = /(?:^|\/)python:(.*)$/s.exec(image)?.[1];
  const all = [...written, ...(tag === undefined ? [] : [tag])].flatMap((one) => {
    const matrix = /\$\{\{\s*matrix\.([\w-]+)/.exec(one)?.[1];
    if (matrix !== undefined) return matrixValues(job, matrix) ?? ["computed", "computed"];
    return expanded(job, null, one.trim()).flatMap((each) => each.split(/\s*\n\s*/));
  });
  // Two that are computed are not the same one.
  return all.includes("computed") ? all : [...new Set(all)];
}
