/** Why a command that git runs at a commit is only offered. */
export const COMMIT = "A new clone cannot commit until somebody has built the venv.";

/** Whether a command needed a venv before: then it needs no new one. */
export function needsVenv(command: string): boolean {
  return /(^|[\s'"/])(\.?v?env)\/|\/bin\/activate|(^|\s)(poetry|pipenv|uv) run\s/.test(command);
}
