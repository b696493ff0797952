/** A line, and whether it may be left out. */
export interface Judged {
  readonly line: string;
  readonly talk: boolean;
}

/**
 * Tells the installer's talk while all goes well from what setup.py itself says and from all that
 * follows an error. Feed it line by line.
 */
export function startJudging(): (line: string) => Judged {
  let talk = false;
  return (line) => {
    if (line.startsWith("One Venv: ")) talk = false;
    // pip, then uv.
    if (/^ERROR: |^error: |^ *× /.test(line)) talk = false;
    const judged = { line, talk };
    if (/^One Venv: (making|copying|installing|resolving)/.test(line)) talk = true;
    return judged;
  };
}
