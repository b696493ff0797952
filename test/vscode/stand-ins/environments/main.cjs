const { EventEmitter } = require("vscode");

/** Stand-in for ms-python.vscode-python-envs: keeps an environment for each scope. */
exports.activate = () => {
  const changed = new EventEmitter();
  const chosen = new Map();
  const environmentOf = (/** @type {string} */ executable) => ({
    // The real one's ids are random, too.
    envId: { id: String(Math.random()), managerId: "stand-in" },
    execInfo: { run: { executable } },
  });
  return {
    resolveEnvironment: async (/** @type {import("vscode").Uri} */ uri) =>
      environmentOf(uri.fsPath),
    setEnvironment: async (
      /** @type {import("vscode").Uri} */ scope,
      /** @type {unknown} */ environment,
    ) => {
      chosen.set(scope.toString(), environment);
      changed.fire({ uri: scope, new: environment });
    },
    getEnvironment: async (/** @type {import("vscode").Uri} */ scope) =>
      chosen.get(scope.toString()) ?? environmentOf("/usr/bin/python3"),
    onDidChangeEnvironment: changed.event,
  };
};
