/** The arrows between the rooms of src/ (docs/architecture.md); `npm run test:lint` checks them. */

/** For each room, the rooms that it may import from besides itself. */
const arrows = {
  plan: [],
  requirements: ["plan"],
  consolidation: ["requirements", "plan"],
  migration: ["consolidation", "requirements", "plan"],
  monorepo: ["requirements", "plan"],
  environment: ["requirements", "plan"],
  commands: ["migration", "consolidation", "monorepo", "environment", "requirements", "plan"],
  cli: [
    "commands",
    "migration",
    "consolidation",
    "monorepo",
    "environment",
    "requirements",
    "plan",
  ],
  editor: [
    "commands",
    "migration",
    "consolidation",
    "monorepo",
    "environment",
    "requirements",
    "plan",
  ],
  extension: ["editor"],
};

/** A room is a folder of src/, or a file where it is one file. */
const room = (name) => `^src/${name}(/|\\.ts$)`;

const directions = Object.entries(arrows).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  comment: `${name} imports from ${["itself", ...allowed].join(", ")} only`,
  severity: "error",
  from: { path: room(name) },
  to: { path: "^src/", pathNot: [name, ...allowed].map(room) },
}));

const outside = [
  "fs",
  "child_process",
  "cluster",
  "dgram",
  "dns",
  "http",
  "http2",
  "https",
  "inspector",
  "net",
  "os",
  "process",
  "readline",
  "repl",
  "sqlite",
  "tls",
  "worker_threads",
].join("|");

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "known-rooms",
      comment: "every file of src/ belongs to a room that these rules know",
      severity: "error",
      from: { path: "^src/", pathNot: Object.keys(arrows).map(room) },
      to: {},
    },
    {
      name: "vscode-in-editor-only",
      severity: "error",
      from: { path: "^src/", pathNot: [room("editor"), room("extension")] },
      to: { path: "^vscode$|node_modules/@types/vscode/" },
    },
    {
      name: "pure-rooms",
      comment: "text and values in, values out: no files, no processes, no network",
      severity: "error",
      from: { path: ["requirements", "consolidation", "migration"].map(room) },
      to: { path: `^(node:)?(${outside})(/|$)|node_modules/execa/` },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "src-stands-alone",
      comment: "what ships imports nothing that does not",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|scripts|examples)/" },
    },
    {
      name: "no-dev-dependencies",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], pathNot: "node_modules/@types/" },
    },
  ],
  options: {
    // TypeScript 7 has no JavaScript API; swc sees type-only imports too.
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
};
