/** A command that runs the command that follows it, here and as it is. */
export interface Wrapper {
  /** Options whose value is the next word. */
  readonly values: readonly string[];
  /** Words of its own before the command. */
  readonly words: number;
  /** `NAME=value` before the command. */
  readonly assignments: boolean;
}

const wrapper = (values = "", words = 0, assignments = false): Wrapper => ({
  values: values.split(" ").filter((option) => option !== ""),
  words,
  assignments,
});

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  builtin: wrapper(),
  caffeinate: wrapper("-t -w"),
  chronic: wrapper(),
  chrt: wrapper("-T -P -D", 1),
  command: wrapper(),
  "cross-env": wrapper("", 0, true),
  "dbus-run-session": wrapper(),
  doas: wrapper("-u -C"),
  env: wrapper("-u --unset -C --chdir", 0, true),
  exec: wrapper("-a"),
  faketime: wrapper("", 1),
  flock: wrapper("-w --timeout -E --conflict-exit-code", 1),
  fakeroot: wrapper(),
  gtime: wrapper("-f -o --format --output"),
  ionice: wrapper("-c -n -p --class --classdata"),
  mpiexec: wrapper("-n -np --np -host -H --host -x -bind-to --bind-to -map-by --map-by"),
  mpirun: wrapper("-n -np --np -host -H --host -x -bind-to --bind-to -map-by --map-by -mca --mca"),
  nice: wrapper("-n --adjustment"),
  nohup: wrapper(),
  numactl: wrapper("-N -m -i -C -p"),
  setsid: wrapper(),
  stdbuf: wrapper("-i -o -e --input --output --error"),
  sudo: wrapper("-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt", 0, true),
  taskset: wrapper("", 1),
  time: wrapper("-f -o --format --output"),
  timeout: wrapper("-k -s --kill-after --signal", 1),
  gtimeout: wrapper("-k -s --kill-after --signal", 1),
  unbuffer: wrapper(),
  xargs: wrapper(
    "-I -n -P -L -d -a -E -s -R -S --max-args --max-procs --max-lines --delimiter --arg-file --replace",
  ),
  "xvfb-run": wrapper("-s -n -e -f -p -w --server-args --server-num --error-file --auth-file"),
};

/** Shells: a string behind `-c` is text that they run. */
export const SHELLS: ReadonlySet<string> = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash"]);

/** What runs its words on another machine or in a container. */
export const ELSEWHERE: ReadonlySet<string> = new Set(
  `adb ansible ansible-playbook apptainer aws az buildah chroot colima compose crictl ctr distrobox docker
  docker-compose eb fly flyctl gcloud helm heroku k3s kubectl lima limactl lxc lxd lxc-attach microk8s
  minikube mosh multipass nerdctl nomad nsenter oc pct pdsh podman podman-compose proot pssh rsh schroot
  singularity skaffold srun sbatch ssh sshpass systemd-nspawn toolbox tsh udocker vagrant wsl`.split(
    /\s+/,
  ),
);

/** What asks about commands and runs none. */
export const ASKING: ReadonlySet<string> = new Set(
  "alias hash man type unalias whatis where whereis which".split(" "),
);

/** What needs no activated environment. */
export const HARMLESS: ReadonlySet<string> = new Set(
  `: [ [[ alias apt apt-get awk basename brew break builtin cat cd chmod chown clear column comm continue cp curl
  cut date dd declare deactivate df diff dirname du echo egrep env exec exit export expr false fgrep file find
  git grep gunzip gzip hash head help hostname id ifconfig install jobs jq kill killall less let ln local ls lsof
  md5sum mkdir mkfifo mktemp more mv nc netstat nproc open paste pgrep ping pkill popd printenv printf ps pushd
  pwd read readlink readonly realpath return rm rmdir rsync scp sed seq set setopt sha256sum shasum shift shopt
  sleep sort source_env split ssh stat stty sync tail tar tee test touch tput tr trap true tty type typeset
  ulimit umask unalias uname uniq unset unzip vim wait wc wget which whoami xdg-open yes zip`.split(
    /\s+/,
  ),
);

/** Tools that make environments of their own, or run Python in one. */
export const TOOLS: ReadonlySet<string> = new Set(
  "poetry pipenv uv uvx pipx pdm hatch rye conda mamba micromamba tox nox pyenv pip-compile pip-sync easy_install pixi".split(
    " ",
  ),
);

/** Programs that run a command in a terminal or at a time of their own. */
export const TERMINALS: ReadonlySet<string> = new Set(
  "at batch byobu gnome-terminal konsole osascript screen tmux xfce4-terminal xterm".split(" "),
);

/** Programs that want a program itself, not a script that becomes one. */
export const DEBUGGERS: ReadonlySet<string> = new Set("cuda-gdb gdb lldb valgrind".split(" "));
