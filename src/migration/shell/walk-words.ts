import type { PipelineNode, SyntaxNode, TestCommand } from "unbash";
import { forEachChild } from "unbash";
import { mentionIn } from "./mention.ts";
import type { Spot } from "./model.ts";
import type { State } from "./state.ts";
import { conditional, doubt, said, type Walk, type Where } from "./walking.ts";
import { ASKING } from "./wrappers.ts";

/** The words of `[[ ]]`. */
export function tests(w: Walk, node: TestCommand, state: State, where: Where, spot: Spot): void {
  const visit = (one: SyntaxNode): void => {
    if (one.type !== "Word") {
      forEachChild(one, visit);
      return;
    }
    substitutions(w, one, state, where);
    if (!w.recording) return;
    const { fragment, part: inPart } = where;
    const { place, variables } = state;
    const word = said(one, state, where);
    w.tested.push({ said: word, node, fragment, part: inPart, spot, place, variables });
  };
  visit(node.expression);
}

/** The commands inside of a word: `$(…)`, `<(…)`. */
export function substitutions(w: Walk, word: SyntaxNode, state: State, where: Where): void {
  const visit = (one: SyntaxNode): void => {
    if (one.type !== "Script") {
      forEachChild(one, visit);
      return;
    }
    if (one.source !== undefined && one.source !== where.fragment.text) {
      // Backslashes inside of backquotes: its offsets are not those of the file.
      const at = word.pos;
      if (mentionIn(one.source) >= 0)
        doubt(w, where, at, "A command inside of escaped backquotes.");
      return;
    }
    w.script(one, state, { ...conditional(where), apart: true }, "body");
  };
  visit(word);
}

/** Whether a command only asks. */
export function isTest(node: PipelineNode): boolean {
  if (node.type === "TestCommand" || node.type === "ArithmeticCommand") return true;
  if (node.type === "Pipeline") return node.commands.length > 1 || isTest(node.commands[0]!);
  const name = node.type === "Command" ? node.name?.value : undefined;
  return name !== undefined && (ASKING.has(name) || /^(\[|test|command|grep)$/.test(name));
}

/** Whether a function's own text changes directory for its caller. */
export function changesFolder(node: SyntaxNode): boolean {
  let moves = false;
  const visit = (one: SyntaxNode): void => {
    if (one.type === "Subshell" || one.type === "Script" || one.type === "Function") return;
    if (one.type === "Command" && /^(cd|pushd|popd)$/.test(one.name?.value ?? "")) moves = true;
    forEachChild(one, visit);
  };
  visit(node);
  return moves;
}
