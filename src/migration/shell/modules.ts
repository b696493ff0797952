/** Modules of the standard library that people run with `-m`. */
const STANDARD: ReadonlySet<string> = new Set(
  `antigravity ast asyncio base64 bdb calendar cgi cmd code compileall cProfile csv ctypes curses dis
  distutils doctest encodings ensurepip filecmp fileinput ftplib gzip http idlelib imghdr imaplib inspect
  json lib2to3 locale mailcap mimetypes modulefinder multiprocessing nntplib pathlib pdb pickle pickletools
  pip platform poplib profile pstats py_compile pyclbr pydoc quopri random runpy site smtpd smtplib sqlite3
  ssl symtable sysconfig tabnanny tarfile telnetlib test textwrap this timeit tkinter tokenize tomllib trace
  turtle turtledemo unittest urllib uu uuid venv webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport`.split(
    /\s+/,
  ),
);

/** The name of the package that `-m MODULE` needs; null for the standard library's own. */
export function packageOf(module: string): string | null {
  const [first = ""] = module.split(".");
  return first === "" || STANDARD.has(first) ? null : first;
}
