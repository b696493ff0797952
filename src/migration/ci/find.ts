import { isNode } from "yaml";
import { yamlFragment } from "../formats/yaml-fragment.ts";
import { isProblem, keyedTexts, readYaml, type YamlFile } from "../formats/yaml-text.ts";
import type { FinderInput } from "../input.ts";
import { jenkinsSites } from "../jenkins.ts";
import { justfileSites } from "../justfile.ts";
import { mentionsIn } from "../mentions.ts";
import { placesOf } from "../places.ts";
import { reportAt } from "../report.ts";
import { mentionIn } from "../shell/mention.ts";
import { folderOf } from "../shell/paths.ts";
import type { Site } from "../site.ts";
import { AZURE, azureJobs } from "./azure.ts";
import { circleJobs } from "./circle.ts";
import { dependabotSites } from "./dependabot.ts";
import { GITHUB, githubJobs } from "./github.ts";
import { GITLAB, gitlabJobs } from "./gitlab.ts";
import { handedOn } from "./handed-on.ts";
import { makesVenv } from "./hanging.ts";
import type { CiJob } from "./job.ts";
import { namedSites } from "./named.ts";
import { appveyorJobs, bitbucketJobs, buildspecJobs, droneJobs, travisJobs } from "./others.ts";
import { ciSites, type Expressions, remembering } from "./sites.ts";
import { taskJobs } from "./taskfile.ts";

/** One CI system: which texts of its files are run, and what it puts into them itself. */
interface System {
  readonly name: RegExp;
  readonly expressions: Expressions;
  readonly jobs: (file: YamlFile, input: FinderInput, path: string) => readonly CiJob[];
}

type Jobs = typeof travisJobs;

const each =
  (jobs: Jobs): System["jobs"] =>
  (file, input) =>
    file.documents.flatMap((document) => jobs(file, document, input));

/** Read the Docs makes an environment of its own; what it installs is named all the same. */
const noJobs: System["jobs"] = () => [];

const NONE: Expressions = { pattern: /(?!)/g, names: new Map() };
const CIRCLE: Expressions = { pattern: /<<\s*[\w.]+\s*>>/g, names: new Map() };
const TASK: Expressions = { pattern: /\{\{(.*?)\}\}/g, names: new Map() };
const DRONE: Expressions = { pattern: /\$\$?\{\{(.*?)\}\}/g, names: new Map() };

const SYSTEMS: readonly System[] = [
  { name: /gitlab-ci\.ya?ml$|(^|\/)\.gitlab\//, expressions: GITLAB, jobs: gitlabJobs },
  { name: /azure-pipelines[^/]*$/, expressions: AZURE, jobs: azureJobs },
  { name: /bitbucket-pipelines[^/]*$/, expressions: NONE, jobs: each(bitbucketJobs) },
  { name: /\.travis\.yml$/, expressions: NONE, jobs: each(travisJobs) },
  { name: /(^|\/)\.circleci\//, expressions: CIRCLE, jobs: each(circleJobs) },
  {
    name: /\.(drone|woodpecker)\.ya?ml$|(^|\/)\.woodpecker\//,
    expressions: DRONE,
    jobs: each(droneJobs),
  },
  { name: /\.?appveyor\.yml$/, expressions: NONE, jobs: each(appveyorJobs) },
  { name: /\.?readthedocs\.ya?ml$/, expressions: NONE, jobs: noJobs },
  { name: /[Tt]askfile\.ya?ml$/, expressions: TASK, jobs: taskJobs },
  { name: /buildspec[^/]*$/, expressions: NONE, jobs: each(buildspecJobs) },
];

/** The call sites of a GitHub workflow or action. */
export function githubSites(path: string, text: string, input: FinderInput): readonly Site[] {
  return sitesIn(path, text, input, GITHUB_ACTIONS);
}

const GITHUB_ACTIONS: System = {
  name: /$/,
  expressions: GITHUB,
  jobs: (file, input, path) =>
    /(^|\/)action\.ya?ml$/.test(path)
      ? githubJobs(file, input).map((job) => withCallers(job, path, input))
      : githubJobs(file, input).map((job) => withActions(job, input)),
};

/** A job whose venv an action of the repository makes: nothing has to make it there. */
function withActions(job: CiJob, input: FinderInput): CiJob {
  const made = (job.actions ?? []).flatMap((folder) =>
    ["action.yml", "action.yaml"].flatMap((name) => {
      const path = `${folder}/${name}`;
      const text = input.tree.has(path) ? input.textOf(path) : null;
      if (text === null) return [];
      if (/build\/python\/setup\.py/.test(text)) return ["rewrite"];
      return githubSites(path, text, input)
        .filter(makesVenv)
        .map(({ kind }) => kind);
    }),
  );
  if (made.length === 0) return job;
  return { ...job, bare: false, offer: job.offer ?? (made.includes("rewrite") ? null : ACTION) };
}

/** An action that makes the venv is moved with the jobs that use it, or with none. */
function withCallers(job: CiJob, path: string, input: FinderInput): CiJob {
  const folder = folderOf(path);
  const callers = input.files
    .filter((one) => one.kind === "github" && one.path !== path && one.text.includes(folder))
    .flatMap(({ text }) => {
      const file = readYaml(text);
      return isProblem(file) ? [] : githubJobs(file, input);
    })
    .filter(({ actions }) => actions?.includes(folder) === true);
  const stays = callers.some(
    ({ report, offer, parts }) =>
      report !== null || offer !== null || parts.some(({ scalar }) => FILLS.test(scalar.value)),
  );
  return stays ? { ...job, offer: job.offer ?? CALLERS } : job;
}

const FILLS = /\b(pip[\d.]*|uv|poetry|pipenv|pdm)\s+(install|sync|add)\b|\buv\s+pip\b/;
const ACTION = "The action that makes the venv for it is only offered: the two go together.";
const CALLERS = "A job that uses this action may need the Python that the job found.";

/** The call sites of any other CI file: of a system that is not known, reports only. */
export function otherCiSites(path: string, text: string, input: FinderInput): readonly Site[] {
  if (/(^|\/)[Jj]ustfile$/.test(path)) return justfileSites(path, text, input);
  if (/(^|\/)Jenkinsfile/.test(path)) return jenkinsSites(path, text, input);
  const system = SYSTEMS.find(({ name }) => name.test(path));
  return sitesIn(path, text, input, system ?? null);
}

function sitesIn(
  path: string,
  text: string,
  input: FinderInput,
  system: System | null,
): readonly Site[] {
  const file = readYaml(text);
  const places = remembering(placesOf(path, text));
  if (isProblem(file)) {
    const at = mentionIn(text);
    if (at < 0) return [];
    return [
      reportAt(
        places,
        at,
        `It is not valid YAML (line ${places.lineOf(file.offset)}): ${file.reason}`,
      ),
    ];
  }
  if (/(^|\/)\.github\/dependabot\.ya?ml$/.test(path)) return dependabotSites(file, input, places);
  const jobs = system?.jobs(file, input, path) ?? [];
  const called =
    system === null ? [] : ciSites(path, file, jobs, system.expressions, input, places);
  const run = new Set(jobs.flatMap(({ parts }) => parts.map(({ scalar }) => scalar)));
  const others = keyedTexts(file).filter(
    ({ scalar, key }) => !run.has(scalar) && key !== null && !LABELS.has(key),
  );
  const unknown = system === null ? unknownCalls(file, input, places) : [];
  const lines = new Set([...called, ...unknown].map(({ line }) => line));
  const moved = (at: number): boolean => isMoved(at, jobs, called);
  const exported = handedOn(file, jobs, moved, input, places).filter(
    ({ line }) => !lines.has(line),
  );
  const named = namedSites(file, others, input, places, system === null ? null : moved).filter(
    ({ line }) => !lines.has(line),
  );
  return [...called, ...unknown, ...exported, ...named].toSorted(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

/** Whether the steps that an offset lies among make the central venv from now on. */
function isMoved(at: number, jobs: readonly CiJob[], sites: readonly Site[]): boolean {
  return jobs.some(({ parts }) => {
    const steps = parts[0]?.list?.node;
    const [first, last] = Array.isArray(steps) ? [steps[0], steps.at(-1)] : [];
    if (!isNode(first) || !isNode(last)) return false;
    const start = first.range?.[0] ?? 0;
    const end = last.range?.[2] ?? 0;
    const inside = (offset: number): boolean => offset >= start && offset <= end;
    return (
      inside(at) &&
      sites.some(
        (site) => site.kind === "rewrite" && makesVenv(site) && inside(site.edits[0]!.start),
      )
    );
  });
}

/** Keys whose texts are for people. */
const LABELS = new Set([
  "name",
  "id",
  "description",
  "displayName",
  "stage",
  "group",
  "label",
  "title",
]);

/** In a file whose system is not known, every text that seems to run Python is only named. */
function unknownCalls(
  file: YamlFile,
  input: FinderInput,
  places: ReturnType<typeof placesOf>,
): readonly Site[] {
  return keyedTexts(file).flatMap(({ scalar, key }) => {
    // A lone word is a program only where a program is asked for.
    const isCommand = /\s/.test(scalar.value.trim()) || key === "entrypoint";
    const fragment =
      key === null || LABELS.has(key) || !isCommand ? null : yamlFragment(file.text, scalar);
    const at = fragment === null ? -1 : mentionIn(fragment.text);
    if (fragment === null || at < 0) return [];
    const names = [...new Set(mentionsIn(fragment.text, [""], input).map(({ path }) => path))];
    const reason = "What this file runs, and where, is not known here: change it by hand.";
    return [reportAt(places, fragment.offsets[at]!, reason, names)];
  });
}
