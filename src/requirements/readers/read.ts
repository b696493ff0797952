import type { Format, Reading } from "../declaration.ts";
import { decode } from "./decode.ts";
import { readEnvironment } from "./environment-yml.ts";
import { noFindings, reading } from "./findings.ts";
import { readScript } from "./pep723.ts";
import { readPipfile } from "./pipfile.ts";
import { readPyproject } from "./pyproject.ts";
import { formatOf } from "./recognise.ts";
import { readRequirementsFile } from "./requirements-txt.ts";
import { readSetupCfg } from "./setup-cfg.ts";
import { readSetupPy } from "./setup-py.ts";

/** Lock files are recognised, not merged: their reading is empty. */
const lock =
  (format: Format) =>
  (file: string): Reading =>
    reading(file, format, noFindings());

const readers: Readonly<Record<Format, (file: string, text: string) => Reading>> = {
  "requirements.txt": readRequirementsFile,
  "pyproject.toml": readPyproject,
  "setup.cfg": readSetupCfg,
  "setup.py": readSetupPy,
  Pipfile: readPipfile,
  "environment.yml": readEnvironment,
  pep723: readScript,
  "poetry.lock": lock("poetry.lock"),
  "uv.lock": lock("uv.lock"),
  "Pipfile.lock": lock("Pipfile.lock"),
  "pylock.toml": lock("pylock.toml"),
};

/**
 * Reads a file by the format that its name tells: a Python file that is no setup.py for its PEP 723
 * block, and anything without a format of its own as a requirements file. Never throws.
 */
export function readSource(file: string, bytes: Uint8Array): Reading {
  const { text, note } = decode(bytes);
  const read = readText(file, text);
  if (note === null) return read;
  const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { ...read, notes: [{ span: start, raw: "", message: note }, ...read.notes] };
}

/** Reads a text by the format that the file's name tells, as `readSource` does. Never throws. */
export function readText(file: string, text: string): Reading {
  return readers[formatFor(file)](file, text);
}

function formatFor(file: string): Format {
  const format = formatOf(file);
  if (format !== null && format !== "maybe requirements") return format;
  return /\.pyw?$/.test(file) ? "pep723" : "requirements.txt";
}
