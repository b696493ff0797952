/**
 * Passwords and tokens in addresses. `${VAR}` is no secret: pip expands it when it installs.
 */
const USER_INFO = /\b([a-z][a-z0-9+.-]*):\/\/([^\s/?#'"<>]+)@/gi;
const VARIABLE = /^(?:[^:]*:)?\$\{[A-Z0-9_]+\}$/;

/** What a signed or private address carries behind its `?`. */
const QUERY =
  /([?&][\w-]*(?:token|passw(?:or)?d|secret|api[-_]?key|signature|sig)=)(?!\$\{[A-Z0-9_]+\}|\*)([^&#\s'"<>]+)/gi;

/** Whether a text holds an address with a literal password or token. */
export function holdsSecret(text: string): boolean {
  if (!/[@?&]/.test(text)) return false;
  return (
    [...text.matchAll(USER_INFO)].some(([, scheme, user]) => isSecret(scheme!, user!)) ||
    text.search(QUERY) >= 0
  );
}

/** The text with every literal password or token replaced by `****`. */
export function withoutSecrets(text: string): string {
  // Most texts hold no address at all, and there are very many.
  if (!/[@?&]/.test(text)) return text;
  return text
    .replace(USER_INFO, (whole, scheme: string, user: string) =>
      isSecret(scheme, user) ? `${scheme}://${masked(user)}@` : whole,
    )
    .replace(QUERY, "$1****");
}

/** Over ssh a name alone is a login; over http it is as good as a password. */
function isSecret(scheme: string, user: string): boolean {
  if (VARIABLE.test(user) || isMasked(user)) return false;
  const [name, password] = split(user);
  return password !== "" || (!/ssh/i.test(scheme) && name !== "git" && !VARIABLE.test(name));
}

function isMasked(user: string): boolean {
  return /(^|:)\*{4}$/.test(user);
}

/** A name beside what stands for no password is the token itself. */
function masked(user: string): string {
  const [name, password] = split(user);
  return NO_PASSWORD.test(password) ? "****" : `${name}:****`;
}

const NO_PASSWORD = /^(x-oauth-basic|x)?$/;

function split(user: string): readonly [name: string, password: string] {
  const colon = user.indexOf(":");
  return colon < 0 ? [user, ""] : [user.slice(0, colon), user.slice(colon + 1)];
}
