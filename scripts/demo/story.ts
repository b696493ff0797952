import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stage } from "./stage.ts";

const CENTRAL = "build/python/requirements.txt";
const SETUP = "build/python/setup.py";
const RUNNER = "build/python/run.py";
/** What pip says, or uv, where nothing else is installed. */
const ONLY_ATTRS = /^Installing collected packages: attrs$|^Installed 1 package /m;
const VISION = "services/vision-ai";

/** The demo itself: what is shown in which order, and what has to come of it. */
export async function play(folder: string, stage: Stage): Promise<void> {
  const { headline, run, edit, remark } = stage;
  const central = () => readFile(join(folder, ...CENTRAL.split("/")), "utf8");

  headline("What is here?");
  await run(["one-venv", "scan"], {
    exit: 0,
    shows: [
      /6 sources, 18 declarations, 6 scripts/,
      /services\/vision-ai\/requirements\.txt/,
      /venv/,
    ],
  });
  remark("Six files declare what is needed, and somebody forgot a venv. Looking changes nothing.");

  headline("Do they agree?");
  await run(["one-venv", "consolidate"], {
    exit: 1,
    shows: [
      /services\/speech-to-text\/requirements\.txt:2 needs humanize exactly 4\.4\.0/,
      /services\/vision-ai\/requirements\.txt:3 needs tabulate exactly 0\.9\.0/,
      /2 conflicts to decide/,
    ],
  });
  promise("that nothing is written before a person decides", !existsSync(join(folder, CENTRAL)));
  remark(
    "Both conflicts at once, each side with its file and line. That takes a second and no network. Nothing is written: a person has to decide.",
  );

  headline("Decide, and write");
  await run(
    [
      "one-venv",
      "consolidate",
      "--decide",
      "humanize=highest",
      "--decide",
      "tabulate=highest",
      "--write",
    ],
    { exit: 0, shows: [/tabulate==0\.9\.0 {2}# \., services\/vision-ai/, /Wrote 7 files/] },
  );
  remark(
    "One line for each package, with the projects that need it. What was decided stands in decisions.json; nobody is asked twice.",
  );

  headline("Build the one venv");
  await run(["python3", SETUP], {
    exit: 1,
    shows: [
      /mdit-py-plugins(==| )0\.3\.5 depends on markdown-it-py/,
      /build\/python\/requirements\.txt:11: mdit-py-plugins==0\.3\.5 {2}# services\/speech-to-text/,
    ],
  });
  promise(
    "that a failed build leaves no venv behind",
    !existsSync(join(folder, "build/python/venv")),
  );
  remark(
    "No file says this one: mdit-py-plugins 0.3.5 itself wants an older markdown-it-py than text-to-speech pins, and only the installer can see it. Its words are shown, then the lines they are about and whose they are. 0.4.0 is content with both (one-venv consolidate --suggest looks for such changes):",
  );
  await edit(CENTRAL, "mdit-py-plugins==0.3.5", "mdit-py-plugins==0.4.0");
  await run(["python3", SETUP], { exit: 0, shows: [/the central venv is built/] });
  await run(["git", "status", "--short", "--untracked-files=all"], {
    exit: 0,
    shows: [/^ M \.gitignore\n(\?\? build\/python\/\S+\n?){6}$/],
  });
  remark(
    "Seven files to commit. They are plain Python and text: teammates and CI need no One Venv to build and run.",
  );

  headline("Run with it");
  const picture = `${VISION}/samples/traffic-light.ppm`;
  await run([RUNNER, `${VISION}/main.py`, picture], { exit: 0, shows: [/skyblue +30/] });
  remark(
    "Nothing to activate: the runner stands where python3 stood. This script imports the generated client; the runner knows where it lies.",
  );
  await run(["one-venv", "check"], { exit: 0, shows: [/Central venv: healthy/] });

  headline("A requirement changes");
  await edit(`${VISION}/requirements.txt`, "attrs==23.2.0", "attrs==23.1.0");
  await run(["one-venv", "check"], { exit: 1, shows: [/Central venv: sources changed/] });
  remark("Drift is noticed, with the command that mends it; in CI the exit code stops the job.");
  const before = await central();
  await run(["one-venv", "consolidate", "--write"], {
    exit: 0,
    shows: [/attrs==23\.1\.0 {2}# generated\/python\/clients, services\/vision-ai/],
  });
  await run(["python3", SETUP], { exit: 0, shows: [ONLY_ATTRS, /the central venv is built/] });
  await run(["one-venv", "check"], { exit: 0, shows: [/Central venv: healthy/] });
  remark("Only the difference was installed, into a copy that then took the venv's place.");

  headline("Changed your mind?");
  await run(["one-venv", "undo", "--write"], { exit: 0, shows: [/Undid .*: 2 files/] });
  promise("that undo brings back every byte", (await central()) === before);
  remark("What the last plan replaced is back, byte for byte.");
}

/** What a remark says, made sure of. */
function promise(what: string, holds: boolean): void {
  if (!holds) throw new Error(`\nThe demo promised ${what}, and it is not so.`);
}
