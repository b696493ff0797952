import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EsbuildPlugin } from "esbuild-loader";
import webpack from "webpack";
import { noticesOf } from "./scripts/notices.mjs";

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

// What lands in people's repositories, copied as it is.
const copied = ["python/run.py", "python/setup.py"];

// Readable by any Node, so that one too old for the rest can be told so.
const launcher = `#!/usr/bin/env node
var major = Number(process.versions.node.split(".")[0]);
if (major < 22) {
  console.error("one-venv needs Node 22 or newer, this is v" + process.versions.node);
  process.exit(2);
}
require("./cli.cjs");
`;

/** @param {import("webpack").Compiler} compiler */
function addAssets(compiler) {
  compiler.hooks.thisCompilation.tap("assets", (compilation) => {
    const emit = (/** @type {string} */ name, /** @type {string | Buffer} */ content) =>
      compilation.emitAsset(name, new webpack.sources.RawSource(content));
    const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
    compilation.hooks.processAssets.tap({ name: "assets", stage }, () => {
      emit("one-venv.cjs", launcher);
      for (const name of copied) {
        compilation.fileDependencies.add(join(root, "src", name));
        emit(name, readFileSync(join(root, "src", name)));
      }
      const files = [...compilation.modules].map((module) => module.nameForCondition() ?? "");
      emit("NOTICES.txt", noticesOf(files));
    });
  });
}

/**
 * `dist/extension.cjs` for VS Code and `dist/left.cjs` for a thread that it starts, `dist/cli.cjs`
 * for the terminal, behind `dist/one-venv.cjs`.
 * In both `import.meta.dirname` of a file in `src/` is the folder that holds `python/`, as it is
 * in the source.
 * @param {{ production?: boolean }} env
 * @returns {import("webpack").Configuration}
 */
export default (env = {}) => ({
  mode: env.production ? "production" : "development",
  devtool: env.production ? false : "source-map",
  target: "node22",
  context: root,
  entry: {
    extension: "./src/extension.ts",
    left: "./src/editor/left-worker.ts",
    cli: "./src/cli.ts",
  },
  output: {
    path: join(root, "dist"),
    filename: "[name].cjs",
    library: { type: "commonjs2" },
    clean: env.production === true,
  },
  externals: { vscode: "commonjs vscode" },
  resolve: { extensions: [".ts", ".js"] },
  module: {
    rules: [{ test: /\.ts$/, loader: "esbuild-loader", options: { target: "node22" } }],
    // One file a bundle, also where an import is dynamic.
    parser: { javascript: { dynamicImportMode: "eager" } },
  },
  // The folder at run time, not the one that this was built in.
  node: { __dirname: false, __filename: false },
  optimization: {
    minimizer: [
      new EsbuildPlugin({ target: "node22", legalComments: "none", exclude: "one-venv.cjs" }),
    ],
  },
  plugins: [
    new webpack.DefinePlugin({
      "import.meta.dirname": "__dirname",
      ONE_VENV_VERSION: JSON.stringify(version),
    }),
    { apply: addAssets },
  ],
  performance: { hints: false },
  stats: "errors-warnings",
});
