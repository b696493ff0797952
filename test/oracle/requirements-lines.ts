/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: requirements files have variables written like this */
import fc from "fast-check";

/** Texts of requirements files, from plain to hostile, put together from what real ones hold. */

const name = fc.constantFrom(
  ..."flask Django zope.interface ruamel_yaml a A-b.c_d x1 pip foo.zip".split(" "),
);
const version = fc.constantFrom(
  ..."1 1.0 2.0.1 1!2.0 1.0rc1 1.0.post1 2024.1.dev3 1.0+cpu v1 1.x 9007199254740993".split(" "),
);
const operator = fc.constantFrom("==", ">=", "<=", "<", ">", "~=", "!=", "===", "=", "=>", "");
const blank = fc.constantFrom("", "", "", " ", "  ", "\t", "\u00a0", "\u3000");
const specifier = fc
  .tuple(operator, blank, version, fc.constantFrom("", "", "", ".*"))
  .map((parts) => parts.join(""));
const specifiers = fc
  .tuple(fc.array(specifier, { maxLength: 3 }), fc.constantFrom(",", ", ", " ,", ",,"))
  .map(([list, comma]) => list.join(comma));
const extras = fc.constantFrom(
  "",
  "",
  "",
  "[a]",
  "[A,b]",
  "[ a , b ]",
  "[]",
  "[a",
  "[a,]",
  " [x.y]",
);
const marker = fc.constantFrom(
  ...[
    "",
    "",
    ";",
    "; ",
    " ; python_version<'3'",
    ";python_version >= \"3.8\" and os_name=='posix'",
  ],
  ...[
    "; (sys_platform == 'win32' or extra == 'x')",
    "; nonsense",
    " ;'a' in sys_platform",
    "; python_version",
  ],
);
const url = fc.constantFrom(
  ...[
    "https://h.example/p-1.0.tar.gz",
    "http://h.example/foo-1.0-py3-none-any.whl",
    "file:///tmp/p",
    "file:../lib/p",
  ],
  ...[
    "git+https://h.example/o/r.git@main#egg=r",
    "git+ssh://git@h.example/o/r.git#egg=r[x]&subdirectory=s",
  ],
  ...[
    "git+https://u:p@h.example/r",
    "hg+http://h.example/r#egg=r",
    "svn+svn://h/r",
    "bzr+lp:r#egg=r",
    "git://h/r#egg=r",
  ],
  ...[
    "git+git@h.example:o/r.git",
    "https://h.example/x.whl",
    "https://h.example/My_P.k-1.0-1-py3-none-any.whl#sha256=ab",
  ],
  ...[
    "HTTPS://h.example/a%20b.zip",
    "ftp://h/a.zip",
    "https://${OV_TOKEN}@h.example/a.zip",
    "git+file:///r#egg=r-1",
  ],
);
const path = fc.constantFrom(
  ...[
    ".",
    "..",
    "./a",
    "./a[x]",
    "./a[X,y]",
    "../b/c",
    "/abs/p",
    "a/b",
    "./a b",
    "./d/p-1.0-py3-none-any.whl",
  ],
  ...[
    "p-1.0.tar.gz",
    "./p.zip[x]",
    "foo.whl",
    "./foo-1.0.whl",
    "a/b#egg=c",
    "./.zip",
    "x.tgz/",
    "~/p",
    "./a[b[]",
  ],
  ...[
    "./p.tar.Z",
    "d.tar.lzma",
    "./a;b",
    "./wheels/My-2.0+cpu-cp310-cp310-linux_x86_64.whl",
    "${OV_DIR}/p",
    "c:p",
  ],
);
const digest = fc.constantFrom(
  "sha256:ab12",
  "sha384:cd",
  "sha512:ef",
  "md5:aa",
  "sha256",
  ":",
  "sha256:",
);
const value = fc.constantFrom(
  ...[
    "other.txt",
    "'a b.txt'",
    '"a b.txt"',
    "a\\ b.txt",
    "https://h.example/r.txt",
    "${OV_DIR}/r.txt",
    "''",
    "-x",
  ],
  ...[":all:", "a,b", "h.example:80", "K=V", "'K=a b'", "'open", "../up.txt", "./dir", "x=y=z"],
);
const valued = fc.constantFrom(
  ..."-r -c -i -f -e --requirement --constraint --index-url --pypi-url --extra-index-url --find-links".split(
    " ",
  ),
  ..."--editable --no-binary --only-binary --trusted-host --config-settings -C --config-setting --req --ext --e".split(
    " ",
  ),
  ..."--index --i --const --hash --global-option --only-final --all-releases".split(" "),
);
const flag = fc.constantFrom(
  ..."--pre --no-index --prefer-binary --require-hashes --pref --no --p --no-require-hashes -q -- - --unknown".split(
    " ",
  ),
);
const option = fc.oneof(
  fc.tuple(valued, fc.constantFrom(" ", " ", "=", "  ", ""), value).map((parts) => parts.join("")),
  flag,
  digest.map((one) => `--hash=${one}`),
  digest.map((one) => `--hash ${one}`),
);
const requirement = fc.oneof(
  fc.tuple(name, extras, blank, specifiers, marker).map((parts) => parts.join("")),
  fc
    .tuple(name, extras, fc.constantFrom(" @ ", "@", " @"), fc.oneof(url, path), marker)
    .map((parts) => parts.join("")),
  fc
    .tuple(url, fc.constantFrom("", "", " ; python_version<'3'", ";os_name=='nt'", "[x]"))
    .map((parts) => parts.join("")),
  fc.tuple(path, marker).map((parts) => parts.join("")),
  fc
    .tuple(name, fc.constantFrom(" (", "("), specifiers, fc.constantFrom(")", ""))
    .map((parts) => parts.join("")),
);
const editable = fc
  .tuple(
    fc.constantFrom("-e ", "--editable=", "--editable ", "-e", "-e  "),
    fc.oneof(url, path, value, name),
    marker,
  )
  .map((parts) => parts.join(""));
const comment = fc.constantFrom(
  "",
  "",
  "",
  "",
  " # why",
  "#tight",
  "\t# tab",
  " #",
  " # on \\",
  "# -*- coding: utf-8 -*-",
);
const end = fc.constantFrom(
  "\n",
  "\n",
  "\n",
  "\n",
  "\r\n",
  "\r",
  " \\\n",
  "\\\n",
  "\\\r\n    ",
  "\\\\\n",
  "\f",
  "\u2028",
  "\x1e",
  "\v",
  "",
);
const noise = fc.constantFrom(
  "",
  "",
  "  ",
  "# comment",
  "   # indented \\",
  "\\",
  "- item",
  "The system needs more.",
  "<<<<<<< HEAD",
  "\ufeff",
);

const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(requirement, fc.array(option, { maxLength: 2 }))
      .map(([head, rest]) => [head, ...rest].join(" ")),
  },
  {
    weight: 3,
    arbitrary: fc.array(option, { minLength: 1, maxLength: 3 }).map((rest) => rest.join(" ")),
  },
  { weight: 2, arbitrary: editable },
  { weight: 1, arbitrary: noise },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
);

/** A requirements file of up to twelve lines. */
export const requirementsText: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom("", "", "", " ", "\t"), line, comment, end), { maxLength: 12 })
  .map((lines) => lines.map((parts) => parts.join("")).join(""));
