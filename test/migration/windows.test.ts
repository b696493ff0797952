import { type Row, testRows } from "./table.ts";

const rows: readonly Row[] = [
  {
    name: "a guard in a block, with what it prints",
    path: "setup.bat",
    before:
      "@echo off\nif not exist venv (\n    python -m venv venv\n)\ncall venv\\Scripts\\activate\npython -m pip install --upgrade pip\npip install -r requirements.txt\npython main.py %*\n",
    after: "@echo off\npython build\\python\\setup.py\npython build\\python\\run.py main.py %*\n",
    kinds: "ooo",
  },
  {
    name: "the script's own folder",
    path: "scripts/run.bat",
    before: "@echo off\ncd /d %~dp0..\nvenv\\Scripts\\python.exe main.py\n",
    after: "@echo off\ncd /d %~dp0..\npython build\\python\\run.py main.py\n",
    kinds: "o",
  },
  {
    name: "where it runs is not known",
    path: "scripts/run.bat",
    before: 'python "%~dp0gen.py"\npytest -q\n',
    files: { "scripts/gen.py": "" },
    after:
      'python "%~dp0..\\build\\python\\run.py" "%~dp0gen.py"\npython "%~dp0..\\build\\python\\run.py" pytest -q\n',
    kinds: "oo",
  },
  {
    name: "something else may need the environment: the path follows",
    path: "run.cmd",
    before: "call venv\\Scripts\\activate.bat\npython main.py\ncall other.bat\n",
    after:
      "call build\\python\\venv\\Scripts\\activate.bat\npython build\\python\\run.py main.py\ncall other.bat\n",
    kinds: "oo",
  },
  {
    name: "joined commands, and comments",
    path: "run.bat",
    before:
      "rem python main.py\n:: python main.py\ncall venv\\Scripts\\activate && python main.py && echo python main.py\n",
    after:
      "rem python main.py\n:: python main.py\npython build\\python\\run.py main.py && echo python main.py\n",
    kinds: "oo",
  },
  {
    name: "branches and continuations",
    path: "run.bat",
    before:
      'if "%1"=="a" (\n  python main.py ^\n    --x\n) else (\n  python tools\\gen.py > out.txt\n)\nfor %%f in (a b) do python services\\%%f\\main.py\n',
    after:
      'if "%1"=="a" (\n  python build\\python\\run.py main.py ^\n    --x\n) else (\n  python build\\python\\run.py tools\\gen.py > out.txt\n)\nfor %%f in (a b) do python build\\python\\run.py services\\%%f\\main.py\n',
    kinds: "ooo",
  },
  {
    name: "what is reported",
    path: "run.bat",
    before:
      "py -2 main.py\npy -3.9 main.py\npip install requests\npython setup.py install\npip freeze > requirements.txt\nconda activate x\npython --version\n",
    kinds: "pppppp",
    still: ["requirements.txt"],
  },
  {
    name: "an install that is not settled holds the block",
    path: "run.bat",
    before: "python -m venv venv\npip install -r other.txt\n",
    kinds: "pp",
  },
  {
    name: "activated, made and filled",
    path: "run.ps1",
    before:
      'if (-not (Test-Path "venv")) {\n    python -m venv venv\n}\n.\\venv\\Scripts\\Activate.ps1\npip install -r requirements.txt # c\n& python .\\main.py $args\n',
    after: "python build/python/setup.py\n& python build\\python\\run.py .\\main.py $args\n",
    kinds: "ooo",
  },
  {
    name: "assignments, here-strings, comments and blocks",
    path: "tools/run.ps1",
    before:
      '<# python main.py #>\n$x = @"\npython main.py\n"@\n# python main.py\n$out = python "$PSScriptRoot\\gen.py" | Select-Object -First 1\ntry { python "$PSScriptRoot/gen.py" } catch { exit 1 }\n',
    after:
      '<# python main.py #>\n$x = @"\npython main.py\n"@\n# python main.py\n$out = python "$PSScriptRoot\\..\\build\\python\\run.py" "$PSScriptRoot\\gen.py" | Select-Object -First 1\ntry { python "$PSScriptRoot/../build/python/run.py" "$PSScriptRoot/gen.py" } catch { exit 1 }\n',
    kinds: "oo",
  },
  {
    name: "already migrated",
    path: "run.bat",
    before:
      "python build\\python\\setup.py\npython build\\python\\run.py main.py\ncall build\\python\\venv\\Scripts\\activate.bat\n",
    kinds: "",
  },
  {
    name: "quotes that are not closed",
    path: "run.bat",
    before: 'echo "python main.py\npython main.py\n',
    after: 'echo "python main.py\npython build\\python\\run.py main.py\n',
    kinds: "o",
  },
];
testRows(rows);
