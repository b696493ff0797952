const { EventEmitter } = require("vscode");

/** Stand-in for ms-python.python: keeps a path for each folder, and nothing else. */
exports.activate = () => {
  const changed = new EventEmitter();
  const paths = new Map();
  return {
    environments: {
      getActiveEnvironmentPath: (/** @type {import("vscode").Uri} */ folder) => {
        const path = paths.get(folder.toString());
        return path ? { id: path, path } : { id: "DEFAULT_PYTHON", path: "python" };
      },
      updateActiveEnvironmentPath: async (
        /** @type {string} */ path,
        /** @type {import("vscode").Uri} */ folder,
      ) => {
        paths.set(folder.toString(), path);
        changed.fire({ path, resource: folder });
      },
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
