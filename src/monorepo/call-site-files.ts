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
  const found = KINDS.find(([pattern]) => pattern.test(path));
  return found ? found[1] : null;
}

/** Patterns of whole paths; `(^|/)` begins a name. */
const KINDS: readonly (readonly [RegExp, CallSiteKind])[] = [
  [/(^|\/)(GNU)?[Mm]akefile([-_.][^/]*)?$|\.(mk|mak)$/, "make"],
  [/\.(sh|bash|zsh|ksh|command|bats)$|(^|\/)\.(envrc|bashrc|zshrc|profile)$/, "shell"],
  [/(^|\/)\.github\/.*\.ya?ml$|(^|\/)action\.ya?ml$/, "github"],
  [/(^|\/)(\.gitlab\/.*|[^/]*\.gitlab-ci)\.ya?ml$/, "gitlab"],
  [
    /(^|\/)(\.circleci\/[^/]+\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.yml|\.travis\.yml|\.?appveyor\.yml|\.drone\.yml|\.woodpecker\.ya?ml|cloudbuild[^/]*\.ya?ml|buildspec[^/]*\.ya?ml|\.?readthedocs\.ya?ml|Jenkinsfile[^/]*|[Tt]askfile\.ya?ml|[Jj]ustfile)$/,
    "ci",
  ],
  [/(^|\/)((Docker|Container)file([-_.][^/]*)?|[^/]*\.(docker|container)file)$/i, "docker"],
  [/(^|\/)([^/]*\.)?(docker|container)ignore$/, "dockerignore"],
  [/(^|\/)(docker-)?compose([-_.][^/]*)?\.ya?ml$/, "compose"],
  [/(^|\/)\.pre-commit-config\.ya?ml$/, "pre-commit"],
  [/(^|\/)package\.json$/, "package.json"],
  [/(^|\/)\.vscode\/(settings|launch|tasks)\.json$|\.code-workspace$/, "vscode"],
  [/(^|\/)\.?devcontainer\.json$/, "devcontainer"],
  [/(^|\/)Procfile([-_.][^/]*)?$/, "procfile"],
  [/\.(service|timer)$/, "systemd"],
  [/(^|\/)tox\.ini$/, "tox"],
  [/\.(bat|cmd)$/i, "batch"],
  [/\.psm?1$/i, "powershell"],
  [/\.(md|markdown|rst|adoc)$/i, "document"],
];
