import type { AndOr, Command, CompoundList, PipelineNode, Statement } from "unbash";
import { ASKING } from "./wrappers.ts";

/**
 * What a command is to the block that makes and fills a venv: `member` of it, `soft` (it may go
 * with the block: a test of what the block makes, a message), or `other`.
 */
export type Role = "member" | "soft" | "other";

/** What is known about single commands. */
export interface Roles {
  readonly members: ReadonlySet<Command>;
  /** Activations that nothing needs any more. */
  readonly activations: ReadonlySet<Command>;
  /** Tests that ask for an environment or a source; by the node that tests. */
  readonly guards: ReadonlySet<object>;
}

type Node = PipelineNode | AndOr | CompoundList;

/** The role of a statement or a part of one. */
export function roleOf(node: Node, roles: Roles): Role {
  switch (node.type) {
    case "Command":
      if (roles.members.has(node)) return "member";
      return roles.activations.has(node) || roles.guards.has(node) ? "soft" : "other";
    case "TestCommand":
      return roles.guards.has(node) ? "soft" : "other";
    case "Pipeline": {
      if (node.commands.length === 1) return roleOf(node.commands[0]!, roles);
      const [first, ...rest] = node.commands.map((one) => roleOf(one, roles));
      return first === "member" &&
        rest.every((role) => role !== "member") &&
        node.commands.slice(1).every(isFilter)
        ? "member"
        : "other";
    }
    case "AndOr":
      return andOr(node, roles);
    case "Redirected":
      return roleOf(node.command, roles);
    case "BraceGroup":
    case "Subshell":
      return ofList(node.body.commands, roles);
    case "CompoundList":
      return ofList(node.commands, roles);
    case "If": {
      if (node.elif.length > 0) return "other";
      if (isCheckOfLast(node)) return "soft";
      if (ofList(node.clause.commands, roles) !== "soft") return "other";
      const otherwise = node.else;
      if (
        otherwise &&
        !otherwise.commands.every(
          (one) => isTalk(one.command) || roleOf(one.command, roles) !== "other",
        )
      )
        return "other";
      const then = node.then.commands.filter((one) => !isTalk(one.command));
      return ofList(then, roles);
    }
    default:
      return "other";
  }
}

function ofList(list: readonly Statement[], roles: Roles): Role {
  const found = list.map(({ command }, i) =>
    i === 0 && isCheckOfLast(command) ? "other" : roleOf(command, roles),
  );
  if (found.length === 0 || found.includes("other")) return "other";
  return found.includes("member") ? "member" : "soft";
}

/** All parts belong to it; behind `||` a message or an exit is what a failure does. */
function andOr(node: AndOr, roles: Roles): Role {
  let member = false;
  for (const [i, one] of node.commands.entries()) {
    const role = roleOf(one, roles);
    if (role === "member") member = true;
    else if (role === "other" && !(node.operators[i - 1] === "||" && isTalk(one))) return "other";
  }
  return member ? "member" : "soft";
}

/** `if [ $? -ne 0 ]; then echo …; exit 1; fi`: it belongs to the command before it. */
export function isCheckOfLast(node: Node): boolean {
  if (node.type !== "If" || node.elif.length > 0) return false;
  const [first, another] = node.clause.commands;
  const test = first?.command;
  const words = test?.type === "Command" ? [test.name, ...test.args] : [];
  if (another !== undefined || !words.some((word) => /\$\?/.test(word?.text ?? ""))) return false;
  const bodies = [...node.then.commands, ...(node.else?.commands ?? [])];
  return bodies.every(({ command }) => isTalk(command));
}

/** A message, or giving up: it says or does nothing of its own. */
export function isTalk(node: Node): boolean {
  switch (node.type) {
    case "Command": {
      const name = node.name?.value ?? "";
      return (
        /^(echo|printf|exit|return|true|false|:)$/.test(name) &&
        node.redirects.every(({ operator }) => operator !== ">" && operator !== ">>")
      );
    }
    case "BraceGroup":
    case "Subshell":
      return node.body.commands.every(({ command }) => isTalk(command));
    case "AndOr":
      return node.commands.every(isTalk);
    case "Pipeline":
      return node.commands.every(isTalk);
    default:
      return false;
  }
}

function isFilter(node: PipelineNode): boolean {
  return (
    node.type === "Command" &&
    /^(tail|head|grep|egrep|tee|cat|sed|awk)$/.test(node.name?.value ?? "")
  );
}

/** Whether a command only asks. */
export function isTestName(name: string): boolean {
  return name === "[" || name === "test" || ASKING.has(name);
}
