/**
 * Passwords and tokens in addresses. `${VAR}` is no secret: pip expands it when it installs.
 */
const USER_INFO = /\b([a-z][a-z0-9+.-]*):\/\/([^\s/?#@'"<>]+)@/gi;
const VARIABLE = /^(?:[^:]*:)?\$\{[A-Z0-9_]+\}$/;

/** Whether a text holds an address with a literal password or token. */
export function holdsSecret(text: string): boolean {
  return [...text.matchAll(USER_INFO)].some(([, scheme, user]) => isSecret(scheme!, user!));
}

/** The text with every literal password or token replaced by `****`. */
export function withoutSecrets(text: string): string {
  return text.replace(USER_INFO, (whole, scheme: string, user: string) =>
    isSecret(scheme, user) ? `${scheme}://${masked(user)}@` : whole,
  );
}

/** Over ssh a name alone is a login; over http it is as good as a password. */
function isSecret(scheme: string, user: string): boolean {
  if (VARIABLE.test(user)) return false;
  return user.includes(":") ? !user.endsWith(":") : !/ssh/i.test(scheme) && user !== "git";
}

function masked(user: string): string {
  return user.includes(":") ? `${user.slice(0, user.indexOf(":"))}:****` : "****";
}
