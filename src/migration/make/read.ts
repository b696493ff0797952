import { assignment, defineHead, modifiers } from "./assignment.ts";
import { command, joined, type Line, logicalLines, withoutComment } from "./lines.ts";
import { readRule } from "./rule.ts";
import type { Branch, Conditional, Problem, Reading, RecipeLine, Statement } from "./statement.ts";
import { findUnquoted, part, type Text, trimmed } from "./text.ts";

/** Reads a makefile the way GNU make does. Never throws: what make would refuse is a problem. */
export function readMakefile(path: string, text: string): Reading {
  const reader = new Reader(text);
  for (const line of logicalLines(text)) reader.read(line);
  reader.finish();
  return { path, text, statements: reader.statements, problems: reader.problems };
}

/** A `define` that has not ended yet. */
interface Open {
  readonly head: Text;
  readonly exported: boolean;
  readonly number: number;
  readonly body: Text[];
  depth: number;
}

class Reader {
  readonly statements: Statement[] = [];
  readonly problems: Problem[] = [];
  readonly #file: string;
  readonly #conditionals: { conditional: Conditional; number: number; hasElse: boolean }[] = [];
  #made = 0;
  #prefix = "\t";
  /** The recipe that a line with the prefix belongs to; null outside of rules. */
  #recipe: RecipeLine[] | null = null;
  #open: Open | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  read(line: Line): void {
    if (this.#open) this.#readDefine(line, this.#open);
    else if (this.#recipe && this.#file[line.start] === this.#prefix && line.end > line.start) {
      this.#readCommand(line, this.#recipe);
    } else this.#readSyntax(line);
  }

  finish(): void {
    if (this.#open) this.#problem(this.#open.number, "this define has no endef");
    if (this.#conditionals.length > 0) {
      const { tests } = this.#conditionals.at(-1)!.conditional;
      const place = tests[0]!.at[0]!;
      this.#problem(this.#file.slice(0, place).split("\n").length, "this conditional has no endif");
    }
  }

  get #branch(): Branch {
    return this.#conditionals.map(({ conditional, number }) => ({ conditional, number }));
  }

  #problem(line: number, what: string): void {
    this.problems.push({ line, what });
  }

  #readCommand(line: Line, recipe: RecipeLine[]): void {
    const text = command(this.#file, { start: line.start + 1, end: line.end }, this.#prefix);
    const { start, next, number } = line;
    recipe.push({ command: text, start, next, line: number, branch: this.#branch });
  }

  #readDefine(line: Line, open: Open): void {
    const text = joined(this.#file, line);
    const first = /^\s*(\S*)/.exec(this.#file[line.start] === this.#prefix ? "" : text.text)![1];
    if (first === "define") open.depth++;
    if (first === "endef" && --open.depth === 0) this.#endDefine(open);
    else open.body.push(text);
  }

  #endDefine({ head, exported, number, body }: Open): void {
    this.#open = null;
    const { name, operator } = defineHead(head);
    const value = joinLines(body, name.at.at(-1)!);
    const common = { line: number, branch: this.#branch };
    const rest = { name, operator, value, exported, targets: null, lines: true };
    this.statements.push({ is: "assignment", ...rest, ...common });
  }

  #readSyntax(line: Line): void {
    const whole = joined(this.#file, line);
    const text = withoutComment(whole);
    if (text.text.trim() === "") return;
    const common = { line: line.number, branch: this.#branch };
    const { end, define, exported } = modifiers(text);
    if (define) {
      this.#recipe = null;
      const head = part(text, end);
      this.#open = { head, exported, number: line.number, body: [], depth: 1 };
      return;
    }
    const written = assignment(part(text, end));
    if (written) {
      this.#recipe = null;
      const rest = { exported, targets: null, lines: false };
      this.statements.push({ is: "assignment", ...written, ...rest, ...common });
      if (written.name.text === ".RECIPEPREFIX") this.#prefix = written.value.text[0] ?? "\t";
      return;
    }
    const [, word = "", blank = ""] = /^\s*([^\s(]*)(\s*)/.exec(text.text)!;
    const from = text.text.indexOf(word) + word.length;
    const rest = trimmed(text, from);
    if (/^(ifn?eq|ifn?def|else|endif)$/.test(word)) {
      this.#readConditional(word, rest, line.number);
    } else if (/^(un)?export$/.test(word)) {
      this.#recipe = null;
      this.statements.push({ is: "export", names: rest, undone: word[0] === "u", ...common });
    } else if (/^[-s]?include$/.test(word) && blank !== "") {
      this.#recipe = null;
      this.statements.push({ is: "include", paths: rest, ...common });
    } else if (!/^(vpath|-?load|undefine)$/.test(word) || !blank) {
      this.#readRule(line, whole, text);
    } else this.#recipe = null;
  }

  #readConditional(word: string, rest: Text, number: number): void {
    const current = this.#conditionals.at(-1);
    if (word.startsWith("if")) {
      const conditional = { id: this.#made++, tests: [rest] };
      this.statements.push({ is: "test", text: rest, line: number, branch: this.#branch });
      this.#conditionals.push({ conditional, number: 0, hasElse: false });
    } else if (!current) this.#problem(number, `this ${word} has no if before it`);
    else if (word === "endif") this.#conditionals.pop();
    else if (current.hasElse) this.#problem(number, "this else follows another");
    else {
      current.number++;
      const again = /^(ifn?eq|ifn?def)\b/.exec(rest.text);
      current.hasElse = again === null;
      current.conditional.tests.push(again ? trimmed(rest, again[0].length) : null);
      if (again) {
        const text = trimmed(rest, again[0].length);
        this.statements.push({ is: "test", text, line: number, branch: this.#branch });
      }
    }
  }

  #readRule(line: Line, whole: Text, text: Text): void {
    this.#recipe = null;
    const common = { line: line.number, branch: this.#branch };
    if (findUnquoted(text.text, ":") < 0) {
      const bare = trimmed(text);
      if (bare.text.startsWith("$")) this.statements.push({ is: "bare", text: bare, ...common });
      else this.#problem(line.number, missing(this.#file, line, this.statements.at(-1)));
      return;
    }
    const { statement, inline } = readRule(whole, common, line.start);
    this.statements.push(statement);
    if (statement.is !== "rule") return;
    this.#recipe = statement.recipe;
    if (inline === null) return;
    const { start, end } = { start: inline, end: line.end };
    const one = command(this.#file, { start, end }, this.#prefix);
    statement.recipe.push({ command: one, start, next: line.end, ...common });
  }
}

/** Why a line that is no statement may stand there. */
function missing(file: string, { start, end }: Line, before: Statement | undefined): string {
  const text = file.slice(start, end);
  if (text.startsWith("\t")) return "this recipe line belongs to no rule";
  if (/^ +\S/.test(text) && before?.is === "rule") {
    return "this line begins with spaces, where make wants a tab";
  }
  return "make does not understand this line (missing separator)";
}

function joinLines(lines: readonly Text[], empty: number): Text {
  let text = "";
  const at: number[] = [];
  for (const [i, line] of lines.entries()) {
    if (i > 0) text += "\n";
    text += line.text;
    for (const place of line.at) at.push(place);
  }
  return { text, at: at.length > 0 ? at : [empty] };
}
