/** Why a text could not be parsed, and where: `offset` counts UTF-16 code units from 0. */
export interface ParseFailure {
  readonly message: string;
  readonly offset: number;
}

/** Tells a failure from anything that a parser returns when it understood the text. */
export function isFailure(value: unknown): value is ParseFailure {
  return typeof value === "object" && value !== null && "message" in value && "offset" in value;
}
