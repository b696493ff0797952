import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { openConflicts } from "../consolidation/conflict.ts";
import type { Hands } from "../environment/ground.ts";
import { handState } from "../environment/hands.ts";
import { CENTRAL, DECISIONS, HOME, RUNNER, SETUP, VENV } from "../environment/layout.ts";
import { findSites } from "../migration/find.ts";
import type { MigrationInput } from "../migration/input.ts";
import type { Site } from "../migration/site.ts";
import { callSiteKind } from "../monorepo/call-site-files.ts";
import { linesWith, repositoryFiles } from "../monorepo/git-files.ts";
import { nameOf } from "../monorepo/interest.ts";
import type { Scan } from "../monorepo/scan.ts";
import { readState } from "../plan/file-state.ts";
import type { FileState } from "../plan/plan.ts";
import { normalizeName } from "../requirements/name.ts";
import { readRequirementsFile } from "../requirements/readers/requirements-txt.ts";
import { accountedPaths, isMetadata, unaccounted } from "./accounted.ts";
import { callSiteTexts, reader } from "./call-site-texts.ts";
import { scriptsOf } from "./console-scripts.ts";
import { linesOf, mentionsOf } from "./mentions.ts";
import type { Material, Proposal, ProposeOptions } from "./propose.ts";
import { gather, propose } from "./propose.ts";
import type { RemovalInput } from "./removals.ts";

/** All that was read before a migration is proposed; the same for every choice that follows. */
export interface MigrationMaterial {
  readonly root: string;
  readonly hands: Hands;
  readonly processes: boolean;
  readonly material: Material;
  readonly consolidation: Proposal;
  readonly input: Omit<MigrationInput, "excluded">;
  /** The call sites as they are where those with the ids of `excluded` stay as they are. */
  readonly find: (excluded: ReadonlySet<string>) => readonly Site[];
  /** Every call site, as it is before anybody leaves one out. */
  readonly sites: readonly Site[];
  /** The files of the sites and of what can be removed, as planning saw them. */
  readonly states: ReadonlyMap<string, FileState>;
  readonly removal: RemovalInput;
  /** Why consolidation comes first, in sentences; empty where it does not. */
  readonly first: readonly string[];
  /** What a person should know of how the sites were found. */
  readonly notes: readonly string[];
}

/** Reads all that a migration of this root needs. Throws as `gather` does. */
export async function gatherMigration(
  root: string,
  options: ProposeOptions,
  finder: (input: MigrationInput) => readonly Site[] = findSites,
): Promise<MigrationMaterial> {
  const material = await gather(root, options);
  const consolidation = propose(material, material.decisions, null);
  const { scan } = material;
  const { processes, signal, hands } = options;
  const listed = processes ? await repositoryFiles(root, signal) : null;
  const tree = new Set([...(listed ?? []), ...scan.walk.files]);
  const texts = await callSiteTexts(root, scan, tree, signal);
  const { ledger } = consolidation.consolidation;
  const obstacles = unaccounted(scan.sources, { ledger, leftOut: material.decisions.leftOut });
  const declared = namesIn(consolidation.consolidation.central);
  const scripts = await scriptsOf(await programsIn(root), declared);
  const input = {
    files: texts.map(({ path, text }) => ({ path, text, kind: callSiteKind(path) })),
    tree,
    textOf: reader(root, texts),
    accounted: accountedPaths(scan.sources, obstacles),
    declared,
    consoleScripts: scripts.names,
    environments: new Set(scan.environments.map(({ path }) => path)),
    python: material.decisions.python,
  };
  const find = (excluded: ReadonlySet<string>) =>
    nestedAsReports(finder({ ...input, excluded }), scan);
  const sites = find(new Set());
  const removable = scan.sources.filter((one) => !isMetadata(one) && one.path !== CENTRAL);
  const names = [...new Set(removable.map(({ path }) => nameOf(path)))];
  // git knows the lines of all files; without it those that were read have to do.
  const inGit = processes ? await linesWith(root, names, signal) : [];
  const lines = listed === null ? linesOf(texts, names) : inGit;
  const spoken = {
    settled: new Set(sites.flatMap(({ path, listed }) => listed.map((line) => `${path}:${line}`))),
    reported: new Set(
      sites.filter(({ kind }) => kind === "report").map(({ path, line }) => `${path}:${line}`),
    ),
  };
  const states = new Map(texts.map(({ path, state }) => [path, state]));
  for (const path of [...removable, ...scan.locks].map((one) => one.path)) {
    const state = await readState(join(root, ...path.split("/"))).catch(() => null);
    if (state) states.set(path, state);
  }
  return {
    ...{ root, hands, processes, material, consolidation, input, find, sites, states },
    removal: {
      scan,
      unaccounted: obstacles,
      mentions: mentionsOf(lines, new Set(removable.map(({ path }) => path)), spoken),
      optionNotes: optionNotes(consolidation),
      textOf: (path) => input.textOf(path) ?? "",
    },
    first: firstOf(material, consolidation),
    notes: [
      ...scripts.notes,
      ...(processes && listed === null ? ["Without git every file counts, ignored ones too."] : []),
    ],
  };
}

/** What lies in a repository of its own is shown, and never edited. */
function nestedAsReports(sites: readonly Site[], { walk }: Pick<Scan, "walk">): Site[] {
  return sites.map((site) => {
    const home = walk.repositories.find((folder) => site.path.startsWith(`${folder}/`));
    if (home === undefined) return site;
    return asReport(site, `It lies in ${home}, a repository of its own: change it there.`);
  });
}

/** The site without its edits, and why. */
export function asReport(site: Site, reason: string): Site {
  return {
    ...site,
    kind: "report",
    reason,
    edits: [],
    alternative: null,
    creates: [],
    stillNames: site.names,
  };
}

function namesIn(central: string): ReadonlySet<string> {
  const { declarations } = readRequirementsFile(CENTRAL, central);
  return new Set(declarations.flatMap(({ name }) => (name === null ? [] : [normalizeName(name)])));
}

/** The programs of the central venv; null where there is none. */
async function programsIn(root: string): Promise<readonly string[] | null> {
  for (const folder of ["bin", "Scripts"]) {
    const names = await readdir(join(root, ...VENV.split("/"), folder)).catch(() => null);
    if (names) return names.map((name) => name.replace(/\.exe$/i, ""));
  }
  return null;
}

function optionNotes({ consolidation }: Proposal): ReadonlyMap<string, number> {
  const byFile = Map.groupBy(consolidation.optionNotes, ({ file }) => file);
  return new Map([...byFile].map(([file, notes]) => [file, notes.length]));
}

const CONSOLIDATE =
  "Consolidation comes first (One Venv: Consolidate Requirements, or one-venv consolidate)";

/** What consolidation has to write before call sites can move. */
function firstOf({ ground, hands }: Material, { consolidation, plan }: Proposal): string[] {
  const open = openConflicts(consolidation);
  if (open.length > 0) {
    return [`${CONSOLIDATE}: ${open.map(({ name }) => name).join(", ")} to decide.`];
  }
  if (ground.central === null && consolidation.lines.length === 0) {
    return [`${CONSOLIDATE}: there is no ${HOME} yet, and nothing is declared.`];
  }
  // A setup.py or run.py that a person changed is theirs, and serves.
  const edited = [
    ...(handState(ground.setup, hands.setup) === "edited" ? [SETUP] : []),
    ...(handState(ground.runner, hands.runner) === "edited" ? [RUNNER] : []),
  ];
  const behind = plan.changes
    .map(({ path }) => path)
    .filter((path) => path !== DECISIONS && !edited.includes(path));
  return behind.length === 0 ? [] : [`${CONSOLIDATE}: ${behind.join(", ")} would change.`];
}
