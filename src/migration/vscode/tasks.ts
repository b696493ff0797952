import type { Node } from "jsonc-parser";
import { jsonAt, jsonEscape, jsonFragment, jsonItems, jsonString } from "../formats/json-text.ts";
import { editOfFile } from "../fragment.ts";
import { resolvedFrom } from "../paths.ts";
import { reportAt } from "../report.ts";
import type { Edit, Site } from "../site.ts";
import { centralPath, environmentPath, isCentralPython } from "./environment-path.ts";
import type { Settings } from "./settings.ts";
import { folderOfTask, shellTask } from "./shell-task.ts";

/** What a task takes over from the file or from the task that it is a part of. */
interface Inherited {
  readonly type: string | null;
  readonly cwd: string | null;
  readonly command: Node | null;
  readonly args: Node | null;
}

const NOTHING: Inherited = { type: null, cwd: null, command: null, args: null };

/** The sites of `tasks`: of a tasks.json, or of the `tasks` of a workspace file. */
export function tasksSites(root: Node, settings: Settings): readonly Site[] {
  const common = inherited(root, NOTHING);
  return [root, ...jsonItems(jsonAt(root, "tasks"))].flatMap((task) =>
    taskSites(task, common, settings),
  );
}

function inherited(task: Node, from: Inherited): Inherited {
  const command = jsonAt(task, "command");
  return {
    type: jsonString(jsonAt(task, "type")) ?? from.type,
    cwd: jsonString(jsonAt(task, "options", "cwd")) ?? from.cwd,
    command: command?.type === "object" ? jsonAt(command, "value") : (command ?? from.command),
    args: jsonAt(task, "args") ?? from.args,
  };
}

function taskSites(task: Node, common: Inherited, settings: Settings): readonly Site[] {
  const here = inherited(task, { ...common, command: null, args: null });
  const own = here.command === null ? [] : callSites(here, settings);
  const platforms = ["windows", "linux", "osx"].flatMap((name) => {
    const part = jsonAt(task, name);
    if (part === null || jsonAt(part, "command") === null) return [];
    return callSites(inherited(part, { ...here, args: null, command: null }), settings);
  });
  return [...own, ...platforms];
}

function callSites(call: Inherited, settings: Settings): readonly Site[] {
  const command = jsonString(call.command);
  if (command === null) return [];
  const single = !/[\s&|;<>()`]/.test(command);
  if (call.type === "shell" && (call.args === null || !single))
    return shellTask(call.command!, call.cwd, settings);
  return single ? processSites(call, command, settings) : [];
}

/** A program and its arguments: the runner is one more argument, or the program itself. */
function processSites(call: Inherited, command: string, settings: Settings): readonly Site[] {
  const { text, folder, input, places } = settings;
  const at = call.command!.offset;
  const fragment = jsonFragment(text, call.command);
  const args = jsonItems(call.args).map(
    (one) => jsonString(one) ?? jsonString(jsonAt(one, "value")) ?? "",
  );
  if (fragment === null || args.some((one) => /build[/\\]python[/\\](run|setup)\.py$/.test(one)))
    return [];
  const path = environmentPath(command, folder, input);
  const program = path?.program ?? command;
  const names = path === null ? [] : [path.environment];
  const rewrite = (
    edits: readonly Edit[],
    kind: Site["kind"] = "rewrite",
    reason = RUNS,
  ): readonly Site[] => [
    {
      ...reportAt(places, at, reason, names),
      kind,
      edits,
      stillNames: [],
    },
  ];
  const report = (reason: string) => [reportAt(places, at, reason, names)];
  const isPython = /^(python|pythonw|py)(\d(\.\d+)?)?(\.exe)?$/i.test(program);
  const script = input.consoleScripts.has(program);
  if (!isPython && !script) {
    return path === null
      ? []
      : report(`The central venv may have no ${program}: change it by hand.`);
  }
  if (isPython && (args.length === 0 || /^-(V|-version|h|-help)$/.test(args[0]!))) return [];
  if (
    /^pip\d*$/.test(program) ||
    (args[0] === "-m" && /^(pip|venv|virtualenv|ensurepip)$/.test(args[1] ?? ""))
  )
    return installSites(call, args, settings, rewrite, report);
  if (isPython && args[0] === "-3" && program === "py")
    return report("Start it by python, or through the runner.");
  if (
    isPython &&
    path === null &&
    !/^py(thon)?w?3?(\.exe)?$/i.test(program) &&
    !isCentralPython(program, input)
  )
    return report(`It names another Python than the central venv's.`);
  const runner = `\${workspaceFolder}/${centralPath(folder, "build/python/run.py", "/")}`;
  const program_ = script && !isPython ? [program] : [];
  if (path?.windows) {
    const venv = centralPath(folder, "build/python/venv", path.separator);
    return rewrite([editOfFile(fragment, { start: path.start, end: path.end, text: venv })]);
  }
  if (path !== null) {
    const whole = { start: 0, end: command.length, text: runner };
    const more = program_.length === 0 ? [] : argument(call.args, call.command!, program_);
    return rewrite([editOfFile(fragment, whole), ...more]);
  }
  if (script && !isPython) {
    const whole = editOfFile(fragment, { start: 0, end: command.length, text: "python3" });
    return rewrite([whole, ...argument(call.args, call.command!, [runner, program])], "offer");
  }
  return rewrite(argument(call.args, call.command!, [runner]));
}

/** Puts texts before the arguments; where there are none, the list behind the command. */
function argument(args: Node | null, command: Node, texts: readonly string[]): readonly Edit[] {
  const written = texts.map((one) => `"${jsonEscape(one)}"`).join(", ");
  if (args === null || args.type !== "array") {
    const at = command.offset + command.length;
    return [{ start: at, end: at, text: `, "args": [${written}]` }];
  }
  const [first] = jsonItems(args);
  if (first === undefined) return [{ start: args.offset + 1, end: args.offset + 1, text: written }];
  return [{ start: first.offset, end: first.offset, text: `${written}, ` }];
}

/** `-m pip install -r FILE` of sources that are accounted for builds the central venv. */
function installSites(
  call: Inherited,
  args: readonly string[],
  { folder, input }: Settings,
  rewrite: (edits: readonly Edit[], kind?: Site["kind"], reason?: string) => readonly Site[],
  report: (reason: string) => readonly Site[],
): readonly Site[] {
  const items = jsonItems(call.args);
  const cwd = folderOfTask(call.cwd, folder);
  const from = args.indexOf("install");
  const files = args.flatMap((one, i) =>
    /^(-r|--requirement)$/.test(args[i - 1] ?? "") ? [one] : [],
  );
  const rest = args
    .slice(from + 1)
    .filter(
      (one, i, all) =>
        !/^-(r|-requirement|q|U|-upgrade|-quiet)$/.test(one) &&
        !/^(-r|--requirement)$/.test(all[i - 1] ?? ""),
    );
  const known = files.map((file) =>
    cwd === null ? null : resolvedFrom(cwd, file.replace(/^\$\{workspace(Folder|Root)\}\/?/, "./")),
  );
  const first = items[0];
  const last = items.at(-1);
  if (
    args[0] !== "-m" ||
    from < 0 ||
    files.length === 0 ||
    rest.length > 0 ||
    first === undefined
  ) {
    return report("It installs, or makes an environment: build/python/setup.py does that now.");
  }
  if (!known.every((file) => file !== null && input.accounted.has(file))) {
    return report("It installs what the central requirements do not account for.");
  }
  const setup = `\${workspaceFolder}/${centralPath(folder, "build/python/setup.py", "/")}`;
  const edit = {
    start: first.offset,
    end: last!.offset + last!.length,
    text: `"${jsonEscape(setup)}"`,
  };
  return rewrite([edit], "rewrite", "setup.py builds the central venv.");
}

const RUNS = "The task runs through the runner.";
