import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { scratch } from "../scratch.ts";

interface Step {
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly "working-directory"?: string;
}

interface Job {
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: Record<string, readonly string[]> };
}

/** What a step of a job printed, and its exit code. */
export interface Ran {
  readonly job: string;
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly all: string;
}

/**
 * A stand-in for GitHub's runner: runs the `run` steps of a workflow as it does, for each value of a
 * matrix, on a checkout and with an environment of its own (`machine` makes both).
 */
export async function runWorkflow(
  workflow: string,
  machine: () => Promise<{ readonly checkout: string; readonly env: NodeJS.ProcessEnv }>,
): Promise<Ran[]> {
  const { jobs } = parse(workflow) as { jobs: Record<string, Job> };
  const ran: Ran[] = [];
  for (const [name, { steps, strategy }] of Object.entries(jobs)) {
    const [key, values] = Object.entries(strategy?.matrix ?? { "": [""] })[0]!;
    for (const value of values) {
      const { checkout, env } = await machine();
      const expand = (text: string) =>
        text.replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (whole, what) =>
          what === "github.workspace" ? checkout : what === `matrix.${key}` ? value : whole,
        );
      for (const { run, env: own = {}, "working-directory": folder = "." } of steps) {
        if (run === undefined) continue;
        const file = join(scratch(), "step.sh");
        await writeFile(file, expand(run));
        const more = Object.fromEntries(Object.entries(own).map(([k, v]) => [k, expand(v)]));
        const { exitCode, stdout, all } = await execa("bash", ["-e", file], {
          cwd: join(checkout, expand(folder)),
          env: { ...env, CI: "true", GITHUB_WORKSPACE: checkout, ...more },
          ...{ extendEnv: false, all: true, reject: false },
        });
        ran.push({ job: `${name} ${value}`.trim(), exitCode, stdout, all });
        if (exitCode !== 0) break;
      }
    }
  }
  return ran;
}
