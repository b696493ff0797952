import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const IGNORED =
  "__pycache__/\n*.py[cod]\n/build/\ndist/\n*.egg-info/\n.venv/\nvenv/\nnode_modules/\n";
const EXTENSIONS = ["py", "py", "py", "py", "py", "py", "ts", "json", "md", "txt"];
const MODULE = "import os\n\n\ndef answer():\n    return 42\n".repeat(8);
const SCRIPT = `${MODULE}\nif __name__ == "__main__":\n    print(answer())\n`;
const REQUIREMENTS = "requests==2.31.0\nflask>=2,<4\nsix\n";

/**
 * Makes a git repository of about `count` files, ten in a folder, six of ten Python, one of sixty
 * a script and one of four hundred a requirements file. The same count gives the same tree.
 */
export function generatedTree(root: string, count: number): void {
  for (let made = 0, folder = 0; made < count; folder++) {
    const parts = [`team${folder % 17}`, `service${Math.floor(folder / 17) % 23}`];
    const path = join(root, "services", ...parts, `module${Math.floor(folder / 391)}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < 10 && made < count; file++, made++) {
      if (file === 0 && folder % 40 === 0) {
        writeFileSync(join(path, "requirements.txt"), REQUIREMENTS);
      } else {
        const text = file === 3 && folder % 6 === 0 ? SCRIPT : MODULE;
        writeFileSync(join(path, `file${file}.${EXTENSIONS[(file * 7 + folder) % 10]}`), text);
      }
    }
  }
  writeFileSync(join(root, ".gitignore"), IGNORED);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root });
  git("init", "--quiet");
  git("add", "--all");
  const author = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  git(...author, "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "generated");
}
