import { stringUnder, type TomlTable, under } from "./toml.ts";

/** Where a package comes from, when not from an index. */
export interface PackageLink {
  readonly link: string;
  readonly editable: boolean;
}

/**
 * The link that a table gives by `git`, `path`, `file` or `url`, as Poetry, uv and Pipenv write
 * them, or null. Paths stay as written: relative to the file that holds the table.
 */
export function linkOf(table: TomlTable): PackageLink | null {
  const git = stringUnder(table, "git");
  if (git !== null)
    return { link: gitLink(git, table), editable: isTrue(table, "develop", "editable") };
  const path = stringUnder(table, "path") ?? stringUnder(table, "file");
  const subdirectory = stringUnder(table, "subdirectory");
  if (path !== null) {
    const inside = subdirectory === null ? path : `${path.replace(/\/$/, "")}/${subdirectory}`;
    return { link: inside, editable: isTrue(table, "develop", "editable") };
  }
  const url = stringUnder(table, "url");
  if (url === null) return null;
  return {
    link: subdirectory === null ? url : `${url}#subdirectory=${subdirectory}`,
    editable: false,
  };
}

function gitLink(url: string, table: TomlTable): string {
  const revision = ["branch", "tag", "rev", "ref"]
    .map((key) => stringUnder(table, key))
    .find((one) => one !== null);
  const subdirectory = stringUnder(table, "subdirectory");
  return (
    gitAddress(url) +
    (revision === undefined ? "" : `@${revision}`) +
    (subdirectory === null ? "" : `#subdirectory=${subdirectory}`)
  );
}

/** A git address as pip writes it; `git@host:path` is short for ssh. */
function gitAddress(url: string): string {
  if (url.startsWith("git+")) return url;
  if (url.includes("://")) return `git+${url}`;
  const short = /^([^@/:]+@[^/:]+):(.*)$/.exec(url);
  return short === null ? `git+file:${url}` : `git+ssh://${short[1]}/${short[2]}`;
}

function isTrue(table: TomlTable, ...keys: readonly string[]): boolean {
  return keys.some((key) => {
    const value = under(table, key);
    return value?.kind === "other" && value.value === true;
  });
}
