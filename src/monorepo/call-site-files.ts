/** What a file is written in, as far as running Python, pip or a venv goes. */
export type CallSiteKind =
  | "make"
  | "shell"
  | "github"
  | "gitlab"
  | "ci"
  | "docker"
  | "dockerignore"
  | "compose"
  | "pre-commit"
  | "package.json"
  | "vscode"
  | "devcontainer"
  | "procfile"
  | "systemd"
  | "tox"
  | "batch"
  | "powershell"
  | "document";

/** A file that can hold call sites. */
export interface CallSiteFile {
  readonly path: string;
  readonly kind: CallSiteKind;
}

/** Which kind of call-site file a path (relative to the root, with `/`) names, or null. */
export function callSiteKind(path: string): CallSiteKind | null {
  const end = path.lastIndexOf("/");
  const name = path.slice(end + 1);
  for (const [pattern, kind] of BY_NAME) if (pattern.test(name)) return kind;
  const folder = path.slice(0, end + 1);
  const found = BY_FOLDER.find(([pattern, home]) => pattern.test(name) && home.test(folder));
  return found?.[2] ?? null;
}

/** Patterns of the file's own name. */
const BY_NAME: readonly (readonly [RegExp, CallSiteKind])[] = [
  [/^(GNU)?[Mm]akefile([-_.](?!py$).*)?$|\.(mk|mak)$/, "make"],
  [/\.(sh|bash|zsh|ksh|command|bats)$|^\.(envrc|bashrc|zshrc|profile)$/, "shell"],
  [/^action\.ya?ml$/, "github"],
  [/^(.*\.)?gitlab-ci\.ya?ml$/, "gitlab"],
  [
    /^(azure-pipelines.*\.ya?ml|bitbucket-pipelines\.yml|\.travis\.yml|\.?appveyor\.yml|\.drone\.yml|\.woodpecker\.ya?ml|cloudbuild.*\.ya?ml|buildspec.*\.ya?ml|\.?readthedocs\.ya?ml|Jenkinsfile.*|[Tt]askfile\.ya?ml|[Jj]ustfile)$/,
    "ci",
  ],
  [/^(docker|container)file([-_.](?!py$).*)?$|\.(docker|container)file$/i, "docker"],
  [/^(.*\.)?(docker|container)ignore$/, "dockerignore"],
  [/^(docker-)?compose([-_.].*)?\.ya?ml$/, "compose"],
  [/^\.pre-commit-config\.ya?ml$/, "pre-commit"],
  [/^package\.json$/, "package.json"],
  [/\.code-workspace$/, "vscode"],
  [/^\.?devcontainer\.json$/, "devcontainer"],
  [/^Procfile([-_.].*)?$/, "procfile"],
  [/\.(service|timer)$|^supervisord?.*\.conf$/, "systemd"],
  [/^tox\.ini$/, "tox"],
  [/\.(bat|cmd)$/i, "batch"],
  [/\.psm?1$/i, "powershell"],
  [/\.(md|markdown|rst|adoc)$/i, "document"],
];

/** Patterns of the name, and of the folder (with `/` at its end) that makes it one. */
const BY_FOLDER: readonly (readonly [RegExp, RegExp, CallSiteKind])[] = [
  [/^(settings|launch|tasks)\.json$/, /(^|\/)\.vscode\/$/, "vscode"],
  [/\.ya?ml$/, /(^|\/)\.github\//, "github"],
  [/\.ya?ml$/, /(^|\/)\.gitlab\//, "gitlab"],
  [/\.ya?ml$/, /(^|\/)\.(circleci|woodpecker|buildkite)\//, "ci"],
  [/^(pre|post|commit|prepare|applypatch)-[\w-]+$/, /(^|\/)\.(husky|githooks)\/$/, "shell"],
];
