import { delimiter, join } from "node:path";

/**
 * The environment that the person gave us, without what npm and node:test put there for their own
 * run: what a VS Code that we start hands on to its terminals.
 */
export function personsEnvironment(env = process.env): NodeJS.ProcessEnv {
  const ours = join(import.meta.dirname, "..", "node_modules");
  const path = (env.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(ours));
  const kept = Object.entries(env).filter(
    ([name]) => !/^(npm_.*|INIT_CWD|NODE_TEST_CONTEXT|PATH)$/i.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
