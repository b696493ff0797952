import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtExample, consolidatedExample } from "../test/prepared.ts";
import { commitAll, copyExample } from "./example.ts";

/** A workspace that one run of VS Code opens; the tests for it are `test/vscode/NAME/*.ts`. */
export interface Fixture {
  readonly trusted: boolean;
  /** Folders of `test/vscode/stand-ins` that are loaded as extensions. */
  readonly standIns?: readonly string[];
  /** Make it below a scratch folder; the path to open. */
  make(scratch: string): Promise<string>;
}

const filled = (fill: (folder: string) => Promise<void>) => async (scratch: string) => {
  await fill(join(scratch, "monorepo"));
  return join(scratch, "monorepo");
};

export const fixtures: Record<string, Fixture> = {
  example: { trusted: true, make: filled(copyExample) },
  built: { trusted: true, standIns: ["python", "environments"], make: filled(builtExample) },
  untrusted: { trusted: false, make: filled(consolidatedExample) },
  "multi-root": {
    trusted: true,
    async make(scratch) {
      await copyExample(join(scratch, "monorepo"));
      await consolidatedExample(join(scratch, "consolidated"));
      await mkdir(join(scratch, "other"));
      await writeFile(join(scratch, "other", "requirements.txt"), "idna==3.7\n");
      await writeFile(join(scratch, "other", "main.py"), 'if __name__ == "__main__":\n    pass\n');
      await commitAll(join(scratch, "other"), "A second folder");
      const file = join(scratch, "several.code-workspace");
      const paths = ["monorepo", "other", "consolidated/services/vision-ai"];
      await writeFile(file, JSON.stringify({ folders: paths.map((path) => ({ path })) }));
      return file;
    },
  },
  "several-built": {
    trusted: true,
    standIns: ["python", "language-servers"],
    async make(scratch) {
      await builtExample(join(scratch, "monorepo"));
      const file = join(scratch, "several.code-workspace");
      const paths = ["monorepo", "monorepo/services/vision-ai"];
      await writeFile(file, JSON.stringify({ folders: paths.map((path) => ({ path })) }));
      return file;
    },
  },
  unrelated: {
    trusted: true,
    async make(scratch) {
      const folder = join(scratch, "unrelated");
      await mkdir(folder);
      await writeFile(join(folder, "notes.md"), "Nothing of Python here.\n");
      await writeFile(join(folder, "alone.py"), 'if __name__ == "__main__":\n    print(1)\n');
      return folder;
    },
  },
};

/** Puts the stand-ins where VS Code finds extensions. */
export async function addStandIns(
  { standIns = [] }: Pick<Fixture, "standIns">,
  tests: string,
  extensionsFolder: string,
): Promise<void> {
  for (const name of standIns) {
    const target = join(extensionsFolder, `stand-in-${name}-0.0.1`);
    await cp(join(tests, "stand-ins", name), target, { recursive: true });
  }
}
