import { type Row, testRows } from "../table.ts";

const rows: readonly Row[] = [
  {
    name: "what a template and the defaults bring",
    path: ".gitlab-ci.yml",
    before:
      "default:\n  before_script:\n    - pip install -r requirements.txt\n.base:\n  script: &s\n    - cd services/a\n    - python main.py\na:\n  extends: .base\nb:\n  script: *s\n",
    after:
      "default:\n  before_script:\n    - python build/python/setup.py\n.base:\n  script: &s\n    - cd services/a\n    - ../../build/python/run.py main.py\na:\n  extends: .base\nb:\n  script: *s\n",
    kinds: "rr",
  },
  {
    name: "one job needs the activated environment, another does not",
    path: ".gitlab-ci.yml",
    before:
      "before_script:\n- python -m venv venv\n- . venv/bin/activate\n- pip install -r requirements.txt\na:\n  script:\n  - python main.py\nb:\n  script:\n  - make all\n",
    after:
      "before_script:\n- python build/python/setup.py\n- . build/python/venv/bin/activate\na:\n  script:\n  - build/python/run.py main.py\nb:\n  script:\n  - make all\n",
    kinds: "rrr",
  },
  {
    name: "two jobs that stand in different folders run one line",
    path: ".gitlab-ci.yml",
    before:
      ".s: &s\n  - python main.py\na:\n  before_script:\n    - cd services/a\n  script: *s\nb:\n  before_script: [pip install -r requirements.txt]\n  script: *s\n",
    kinds: "pp",
    still: ["requirements.txt"],
  },
  {
    name: "!reference, a text in place of a list, and a block",
    path: ".gitlab-ci.yml",
    before:
      ".x:\n  script:\n    - pip install -r requirements.txt\na:\n  script:\n    - !reference [.x, script]\n    - |\n      echo hi\n      python main.py\nb:\n  script: python main.py\n",
    after:
      ".x:\n  script:\n    - python build/python/setup.py\na:\n  script:\n    - !reference [.x, script]\n    - |\n      echo hi\n      build/python/run.py main.py\nb:\n  script: python build/python/setup.py && build/python/run.py main.py\n",
    kinds: "rro",
  },
  {
    name: "the path of the venv is a variable of the job",
    path: ".gitlab-ci.yml",
    before:
      "t:\n  variables:\n    V: $CI_PROJECT_DIR/venv\n  script:\n    - python -m venv $V\n    - . $V/bin/activate\n    - pip install -r requirements.txt\n    - python main.py\n",
    after:
      "t:\n  variables:\n    V: $CI_PROJECT_DIR/build/python/venv\n  script:\n    - python build/python/setup.py\n    - build/python/run.py main.py\n",
    kinds: "rrrr",
  },
  {
    name: "a container of another Python",
    path: "azure-pipelines.yml",
    before:
      "jobs:\n- job: a\n  container: python:3.9\n  steps:\n  - script: pip install -r requirements.txt\n",
    after:
      "jobs:\n- job: a\n  container: python:3.9\n  steps:\n  - script: python build/python/setup.py\n",
    kinds: "o",
  },
  {
    name: "an image of the newest Python, whichever that is",
    path: ".gitlab-ci.yml",
    before: "t:\n  image: python:latest\n  script:\n    - pip install -r requirements.txt\n",
    after: "t:\n  image: python:latest\n  script:\n    - python build/python/setup.py\n",
    kinds: "o",
  },
  {
    name: "a venv of each of two folders, left again",
    path: ".gitlab-ci.yml",
    accounted: ["services/a/requirements.txt", "services/b/requirements.txt"],
    before:
      "t:\n  script:\n    - cd services/a\n    - python -m venv venv\n    - . venv/bin/activate\n    - pip install -r requirements.txt\n    - python main.py\n    - deactivate\n    - cd ../..\n    - cd services/b\n    - python -m venv venv\n    - . venv/bin/activate\n    - pip install -r requirements.txt\n    - python main.py\n    - deactivate\n    - cd ..\n",
    after:
      "t:\n  script:\n    - cd services/a\n    - python ../../build/python/setup.py\n    - ../../build/python/run.py main.py\n    - cd ../..\n    - cd services/b\n    - ../../build/python/run.py main.py\n    - cd ..\n",
    kinds: "rrrrrrr",
  },
  {
    name: "several Pythons",
    path: ".gitlab-ci.yml",
    before:
      "a:\n  image: python:$V\n  parallel:\n    matrix:\n      - V: ['3.9', '3.11']\n  script:\n    - pip install -r requirements.txt\n",
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "a cached venv follows",
    path: ".gitlab-ci.yml",
    before: "cache:\n  paths:\n    - venv/\n    - .cache/pip\n",
    after: "cache:\n  paths:\n    - build/python/venv/\n    - .cache/pip\n",
    kinds: "o",
  },
  {
    name: "steps, macros and folders",
    path: "azure-pipelines.yml",
    before:
      "steps:\n- task: UsePythonVersion@0\n  inputs: { versionSpec: '3.11' }\n- script: |\n    python -m pip install --upgrade pip\n    pip install -r requirements.txt\n  displayName: Install\n- bash: python $(Build.SourcesDirectory)/main.py --d $(date)\n- script: python main.py\n  workingDirectory: $(System.DefaultWorkingDirectory)/services/a\n",
    after:
      "steps:\n- task: UsePythonVersion@0\n  inputs: { versionSpec: '3.11' }\n- script: |\n    python build/python/setup.py\n  displayName: Install\n- bash: build/python/run.py $(Build.SourcesDirectory)/main.py --d $(date)\n- script: ../../build/python/run.py main.py\n  workingDirectory: $(System.DefaultWorkingDirectory)/services/a\n",
    kinds: "rrr",
  },
  {
    name: "stages on Windows",
    path: "azure-pipelines.yml",
    before:
      "stages:\n- stage: s\n  jobs:\n  - job: j\n    pool: { vmImage: windows-latest }\n    steps:\n    - script: pip install -r requirements.txt\n    - powershell: python .\\main.py\n",
    after:
      "stages:\n- stage: s\n  jobs:\n  - job: j\n    pool: { vmImage: windows-latest }\n    steps:\n    - script: python build/python/setup.py\n    - powershell: python build\\python\\run.py .\\main.py\n",
    kinds: "rr",
  },
  {
    name: "steps of a default and in parallel",
    path: "bitbucket-pipelines.yml",
    before:
      "image: python:3.11\npipelines:\n  default:\n    - step:\n        script:\n          - pip install -r requirements.txt\n          - cd services/a\n          - python main.py\n    - parallel:\n        - step: { script: [python main.py] }\n",
    after:
      "image: python:3.11\npipelines:\n  default:\n    - step:\n        script:\n          - python build/python/setup.py\n          - cd services/a\n          - ../../build/python/run.py main.py\n    - parallel:\n        - step: { script: [python build/python/setup.py && build/python/run.py main.py] }\n",
    kinds: "rro",
  },
  {
    name: "one shell for all phases, one Python",
    path: ".travis.yml",
    before:
      'language: python\npython: "3.11"\ninstall:\n  - pip install -r requirements.txt\nscript:\n  - cd services/a\n  - python main.py\nafter_success: pytest\n',
    after:
      'language: python\npython: "3.11"\ninstall:\n  - python build/python/setup.py\nscript:\n  - cd services/a\n  - ../../build/python/run.py main.py\nafter_success: ../../build/python/run.py pytest\n',
    kinds: "rrr",
  },
  {
    name: "several Pythons",
    path: ".travis.yml",
    before: "python: ['3.9', '3.11']\ninstall: pip install -r requirements.txt\n",
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "a venv in steps, a cache, a parameter",
    path: ".circleci/config.yml",
    before:
      "version: 2.1\njobs:\n  build:\n    docker: [{ image: 'cimg/python:3.11' }]\n    steps:\n      - checkout\n      - restore_cache: { key: 'd-{{ checksum \"requirements.txt\" }}' }\n      - run:\n          name: install\n          command: |\n            python -m venv venv\n            . venv/bin/activate\n            pip install -r requirements.txt\n      - run: |\n          . venv/bin/activate\n          python main.py << parameters.x >>\n",
    after:
      "version: 2.1\njobs:\n  build:\n    docker: [{ image: 'cimg/python:3.11' }]\n    steps:\n      - checkout\n      - restore_cache: { key: 'd-{{ checksum \"build/python/requirements.txt\" }}' }\n      - run:\n          name: install\n          command: |\n            python build/python/setup.py\n      - run: |\n          build/python/run.py main.py << parameters.x >>\n",
    kinds: "rrrrr",
  },
  {
    name: "steps are containers on one checkout; two documents",
    path: ".drone.yml",
    before:
      "kind: pipeline\nsteps:\n- name: t\n  image: python:3.11\n  commands:\n  - pip install -r requirements.txt\n  - pytest\n---\nkind: pipeline\nsteps:\n- name: u\n  image: python:3.9\n  commands:\n  - python main.py\n",
    after:
      "kind: pipeline\nsteps:\n- name: t\n  image: python:3.11\n  commands:\n  - python build/python/setup.py\n  - build/python/run.py pytest\n---\nkind: pipeline\nsteps:\n- name: u\n  image: python:3.9\n  commands:\n  - python build/python/setup.py\n  - build/python/run.py main.py\n",
    kinds: "rro",
  },
  {
    name: "cmd, PowerShell and a Python of its own place",
    path: "appveyor.yml",
    before:
      'install:\n  - "%PYTHON%\\\\python.exe -m pip install -r requirements.txt"\n  - pip install -r requirements.txt\ntest_script:\n  - python main.py\n  - ps: python .\\main.py\n',
    after:
      'install:\n  - "%PYTHON%\\\\python.exe -m pip install -r requirements.txt"\n  - python build/python/setup.py\ntest_script:\n  - python build/python/run.py main.py\n  - ps: python build\\python\\run.py .\\main.py\n',
    kinds: "prrr",
    still: ["requirements.txt"],
  },
  {
    name: "all phases run in one shell",
    path: "buildspec.yml",
    before:
      "version: 0.2\nphases:\n  install:\n    runtime-versions: { python: 3.11 }\n    commands:\n      - pip install -r requirements.txt\n  build:\n    commands:\n      - cd services/a\n      - python main.py\n",
    after:
      "version: 0.2\nphases:\n  install:\n    runtime-versions: { python: 3.11 }\n    commands:\n      - python build/python/setup.py\n  build:\n    commands:\n      - cd services/a\n      - ../../build/python/run.py main.py\n",
    kinds: "rr",
  },
  {
    name: "a system that is not known is only reported",
    path: "cloudbuild.yaml",
    before:
      "steps:\n- name: x\n  entrypoint: bash\n  args: ['-c', 'pip install -r requirements.txt && python main.py']\n",
    kinds: "p",
    still: ["requirements.txt"],
  },
  {
    name: "what it installs follows",
    path: ".readthedocs.yaml",
    before: "version: 2\npython:\n  install:\n    - requirements: requirements.txt\n",
    after: "version: 2\npython:\n  install:\n    - requirements: build/python/requirements.txt\n",
    kinds: "o",
  },
  {
    name: "folders, variables and templates",
    path: "Taskfile.yml",
    before:
      "version: '3'\nvars:\n  PY: python3\ntasks:\n  a:\n    dir: services/a\n    cmds:\n      - python main.py {{.CLI_ARGS}}\n      - cmd: pytest\n  b: '{{.PY}} main.py'\n",
    after:
      "version: '3'\nvars:\n  PY: python3\ntasks:\n  a:\n    dir: services/a\n    cmds:\n      - python ../../build/python/run.py main.py {{.CLI_ARGS}}\n      - cmd: python3 ../../build/python/run.py pytest\n  b: 'python3 build/python/run.py main.py'\n",
    kinds: "rrr",
  },
  {
    name: "recipes, scripts, variables, continuations",
    path: "justfile",
    before:
      'py := "python3"\n# python main.py\na *args:\n    @{{py}} main.py {{args}}\n    -python \\\n      tools/gen.py\n\nb: a\n    #!/usr/bin/env bash\n    source venv/bin/activate\n    python main.py\n\nc:\n    #!/usr/bin/env python3\n    print("python main.py")\n',
    after:
      'py := "build/python/run.py"\n# python main.py\na *args:\n    @{{py}} main.py {{args}}\n    -build/python/run.py \\\n      tools/gen.py\n\nb: a\n    #!/usr/bin/env bash\n    build/python/run.py main.py\n\nc:\n    #!/usr/bin/env python3\n    print("python main.py")\n',
    kinds: "rrrr",
  },
  {
    name: "another shell",
    path: "justfile",
    before: 'set shell := ["nu", "-c"]\na:\n    python main.py\n',
    kinds: "p",
  },
  {
    name: "the steps of a program",
    path: "Jenkinsfile",
    before:
      "pipeline {\n  // python main.py\n  steps {\n    sh 'pip install -r requirements.txt'\n    dir('services/a') { sh \"python main.py ${X}\" }\n    sh '''\n      pytest\n    '''\n    sh 'python main.py \\$X'\n    bat 'python main.py'\n  }\n}\n",
    after:
      "pipeline {\n  // python main.py\n  steps {\n    sh 'python3 build/python/setup.py'\n    dir('services/a') { sh \"../../build/python/run.py main.py ${X}\" }\n    sh '''\n      build/python/run.py pytest\n    '''\n    sh 'python main.py \\$X'\n    bat 'python main.py'\n  }\n}\n",
    kinds: "ooopp",
  },
  {
    name: "steps of a program that nothing makes a venv for",
    path: "Jenkinsfile",
    before: "node {\n  dir(path) { sh 'pip install -r x.txt' }\n  sh 'python main.py'\n}\n",
    kinds: "pp",
  },
  {
    name: "folders that are looked through",
    path: ".github/dependabot.yml",
    accounted: ["requirements.txt", "services/a/requirements.txt"],
    before:
      'version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: "/"\n  - package-ecosystem: pip\n    directory: /services/a\n  - package-ecosystem: npm\n    directory: /\n',
    after:
      'version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: "/build/python"\n  - package-ecosystem: pip\n    directory: /services/a\n  - package-ecosystem: npm\n    directory: /\n',
    kinds: "op",
    still: ["services/a/requirements.txt"],
  },
];
testRows(rows);
