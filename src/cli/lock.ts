import { exists } from "../environment/exists.ts";
import { findInterpreter } from "../environment/interpreter.ts";
import { LOCK, SETUP } from "../environment/layout.ts";
import type { BuildEvent } from "../environment/setup-build.ts";
import { buildVenv } from "../environment/setup-build.ts";
import { checkVenv } from "../environment/setup-check.ts";
import { MessageError } from "../plan/message.ts";
import type { Output } from "./output.ts";
import { DONE, NEEDED, paint } from "./output.ts";

/** `one-venv lock`: says whether the lock fits, and with `--write` has setup.py write it. */
export async function runLock(
  root: string,
  json: boolean,
  write: boolean,
  output: Output,
): Promise<number> {
  const { interpreter } = await findInterpreter();
  if (!interpreter) throw new MessageError("No Python 3.8 or newer was found on this machine.");
  const there = await exists(root, SETUP);
  if (!there)
    throw new MessageError(
      `There is no ${SETUP} here yet. Start with: one-venv consolidate --write`,
    );
  return write
    ? writeLock(root, interpreter.path, json, output)
    : sayWhetherItFits(root, interpreter.path, json, output);
}

async function sayWhetherItFits(
  root: string,
  python: string,
  json: boolean,
  output: Output,
): Promise<number> {
  const { reasons } = await checkVenv(root, python);
  const locked = await exists(root, LOCK);
  const about = reasons.filter(({ code }) => code.startsWith("lock")).map(({ message }) => message);
  const fits = locked && about.length === 0;
  if (json) output.json({ locked, fits, reasons: about, written: false });
  else if (fits) output.print(paint("green", `${LOCK} fits.`));
  else {
    output.print(
      paint("yellow", locked ? `${LOCK} does not fit:` : `There is no ${LOCK}: nothing is pinned.`),
    );
    for (const reason of about) output.print(`  ${reason}`);
    output.print("Nothing was written; add --write to lock.");
  }
  return fits ? DONE : NEEDED;
}

async function writeLock(
  root: string,
  python: string,
  json: boolean,
  output: Output,
): Promise<number> {
  const onEvent = (event: BuildEvent) => {
    if (!json && event.event !== "package" && event.event !== "failed") output.print(event.text);
  };
  const signal = new AbortController().signal;
  const end = await buildVenv(root, { python, base: null, command: "lock", signal, onEvent });
  if (end !== null)
    throw new MessageError(end === "cancelled" ? "Broken off; nothing was written." : end.message);
  if (json) output.json({ locked: true, fits: true, reasons: [], written: true });
  return DONE;
}
