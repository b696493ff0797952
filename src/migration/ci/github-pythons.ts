import { textOf, valueAt } from "../formats/yaml-text.ts";
import type { MigrationInput } from "../input.ts";
import { expanded, type Job, matrixValues } from "./github-job.ts";

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

/** Why it is only offered: another Python than the central venv's; null where it is the same. */
export function reasonToOffer(job: Job, { python }: MigrationInput): string | null {
  const [version] = pythonsOf(job);
  const minor = /^(\d+\.\d+)/.exec(version ?? "")?.[1];
  if (minor === undefined || python === null || minor === python) return null;
  return `The job sets up Python ${minor}; the central venv has ${python}.`;
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
