import type { Declaration, Span } from "../requirements/declaration.ts";
import { withoutSecrets } from "../requirements/secret.ts";
import type { Need } from "./need.ts";
import { phrase } from "./phrase.ts";

/** Who wants what, and where it says so: one side of a conflict. No secret is in it. */
export interface Claim {
  readonly file: string;
  readonly span: Span;
  /** The project that owns the file; null for a person's own line in the central file. */
  readonly project: string | null;
  /** Short: `>=1.2`, a link, `any version`. */
  readonly wants: string;
  /** In words: `numpy below 2`. */
  readonly words: string;
  /** Whether it belongs to the smallest set that clashes. */
  readonly clashes: boolean;
  /** null where it is no requirement (an option, a `requires-python`). */
  readonly declaration: Declaration | null;
}

/** `services/a/requirements.txt:4`, as messages and the terminal show a place. */
export function place({ file, span }: Pick<Claim, "file" | "span">): string {
  return `${file}:${span.line}`;
}

export function claimOf(need: Need, clashes: boolean): Claim {
  const { declaration, project, name, link, specifier } = need;
  const wants = withoutSecrets(link ?? (declaration.specifier || "any version"));
  const linked = name === link ? wants : `${name} from ${wants}`;
  const words = link === null ? phrase(name, specifier) : linked;
  return {
    ...{ file: declaration.file, span: declaration.span, project, wants, words },
    clashes,
    declaration,
  };
}

/** `A needs numpy below 2, B needs numpy 2 or newer`, of the claims that clash. */
export function sentenceOf(claims: readonly Claim[]): string {
  return claims
    .filter(({ clashes }) => clashes)
    .map((claim) => `${place(claim)} needs ${claim.words}`)
    .join(", ");
}
