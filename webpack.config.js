import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EsbuildPlugin } from "esbuild-loader";
import webpack from "webpack";

const root = import.meta.dirname;

// Copied as they are: the Python that lands in repositories, and what a terminal starts.
const assets = {
  "python/run.py": "src/python/run.py",
  "python/setup.py": "src/python/setup.py",
  "one-venv.cjs": "src/one-venv.cjs",
};

/** @param {import("webpack").Compiler} compiler */
function copyAssets(compiler) {
  compiler.hooks.thisCompilation.tap("assets", (compilation) => {
    for (const [name, source] of Object.entries(assets)) {
      const path = join(root, source);
      compilation.fileDependencies.add(path);
      if (!existsSync(path)) continue;
      compilation.emitAsset(name, new webpack.sources.RawSource(readFileSync(path)));
    }
  });
}

/**
 * `dist/extension.cjs` for VS Code, `dist/cli.cjs` for the terminal (behind `dist/one-venv.cjs`,
 * which any Node can read). In both `import.meta.dirname` of a file in `src/` is the folder that
 * holds `python/`, as it is in the source.
 * @param {{ production?: boolean }} env
 * @returns {import("webpack").Configuration}
 */
export default (env = {}) => ({
  mode: env.production ? "production" : "development",
  devtool: env.production ? false : "source-map",
  target: "node22",
  context: root,
  entry: { extension: "./src/extension.ts", cli: "./src/cli.ts" },
  output: {
    path: join(root, "dist"),
    filename: "[name].cjs",
    chunkFilename: "[id].cjs",
    library: { type: "commonjs2" },
    clean: env.production === true,
  },
  externals: { vscode: "commonjs vscode" },
  resolve: { extensions: [".ts", ".js"] },
  module: {
    rules: [{ test: /\.ts$/, loader: "esbuild-loader", options: { target: "node22" } }],
  },
  // The folder at run time, not the one that this was built in.
  node: { __dirname: false, __filename: false },
  optimization: {
    minimizer: [
      new EsbuildPlugin({ target: "node22", legalComments: "none", exclude: "one-venv.cjs" }),
    ],
  },
  plugins: [
    new webpack.DefinePlugin({ "import.meta.dirname": "__dirname" }),
    { apply: copyAssets },
  ],
  performance: { hints: false },
  stats: "errors-warnings",
});
