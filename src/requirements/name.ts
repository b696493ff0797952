const VALID = /^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i;
const SEPARATORS = /[-_.]+/g;

/** The name by which an index knows a package or an extra (PEP 503): `Foo.Bar_baz` is `foo-bar-baz`. */
export function normalizeName(name: string): string {
  return name.replace(SEPARATORS, "-").toLowerCase();
}

/** Whether a text can be the name of a package or an extra. */
export function isValidName(text: string): boolean {
  return VALID.test(text);
}
