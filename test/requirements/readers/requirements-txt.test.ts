/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: requirements files have variables written like this */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRequirementsFile } from "../../../src/requirements/readers/requirements-txt.ts";
import { said } from "./said.ts";

const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
  ["nothing", ""],
  ["comments only", "# a\n\n   # b \\\n"],
  ["names and specifiers", "flask\nDjango >= 4.0 , <5\n", "1:1 flask", "2:1 Django>=4.0,<5"],
  ["extras once and sorted", "a[y, x,y]==1", "1:1 a[x,y]==1"],
  ["a marker", "a; python_version<'3'", '1:1 a ; python_version < "3"'],
  [
    "a comment needs white space before it",
    "a==1 # b\nb @ https://h/b.zip#egg=b#c",
    "1:1 a==1",
    "2:1 ? #egg= takes a package name and nothing else",
  ],
  ["a continuation", "a \\\n  >=1 \\\n  ,<2\nb", "1:1 a>=1,<2", "4:1 b"],
  ["a comment line ends a continuation", "a==1 \\\n# why\nb", "1:1 a==1", "3:1 b"],
  [
    "a backslash before a blank continues nothing",
    "a==1 \\ \n==2",
    "1:1 ? a backslash continues a line only where it is the last character",
    "2:1 ? expected a package name",
  ],
  [
    "a comment that ends in a backslash swallows a line",
    "a==1 # why \\\nb==2\nc",
    "1:1 a==1",
    "2:1 note: pip takes this line for a comment: the comment above it ends in a backslash",
    "3:1 c",
  ],
  [
    "hashes over lines",
    "a==1 \\\n --hash=sha256:ab \\\n --hash sha512:cd",
    "1:1 a==1 --hash=sha256:ab --hash=sha512:cd",
  ],
  [
    "a weak hash",
    "a==1 --hash=md5:ab",
    "1:1 ? --hash needs sha256:, sha384: or sha512: before the digest",
  ],
  [
    "a tab before --hash",
    "a==1\t--hash=sha256:ab",
    "1:1 ? an option must stand after a blank, not after a tab",
  ],
  [
    "config settings",
    "a --config-settings 'K=a b' -C x=y",
    "1:1 a --config-settings=K=a b --config-settings=x=y",
  ],
  ["config settings without a value", "a -C x", "1:1 ? --config-settings needs KEY=VALUE"],
  [
    "options that a requirement's line ignores",
    "a --no-binary :all: --pre",
    "1:1 a",
    "1:3 note: pip ignores --no-binary on a requirement's line",
    "1:21 note: pip ignores --pre on a requirement's line",
  ],
  [
    "an unknown option",
    "a --global-option=x",
    "1:1 ? pip knows no option --global-option in a requirements file",
  ],
  ["an ambiguous option", "--re x", "1:1 ? --re is ambiguous: --requirement, --require-hashes"],
  [
    "abbreviations",
    "--requirem x.txt\n--extra=https://h",
    "1:1 include x.txt",
    "2:1 --extra-index-url https://h",
  ],
  [
    "every way to write -r",
    "-r a\n-rb\n--requirement c\n--requirement=d\n-r 'e f'\n-r g\\ h",
    "1:1 include a",
    "2:1 include b",
    "3:1 include c",
    "4:1 include d",
    "5:1 include e f",
    "6:1 include g h",
  ],
  [
    "constraints",
    "-c c.txt\n--constraint ${DIR}/d.txt",
    "1:1 constraint c.txt",
    "2:1 constraint ${DIR}/d.txt",
  ],
  [
    "only the first -r counts",
    "-r a -r b --pre",
    "1:1 include a",
    "1:6 note: pip ignores --requirement here: --requirement on the same line",
    "1:11 note: pip ignores --pre here: --requirement on the same line",
  ],
  ["an include without a name", "-r ''", "1:1 ? --requirement names no file"],
  ["a value that is missing", "-r", "1:1 ? --requirement needs a value"],
  ["a flag with a value", "--pre=1", "1:1 ? --pre takes no value"],
  [
    "options",
    "-i https://a --extra-index-url https://b\n--no-index\n-f ./wheels -f other\n--trusted-host h",
    "1:1 --index-url https://a",
    "1:14 --extra-index-url https://b",
    "2:1 --no-index",
    "3:1 --find-links ./wheels",
    "3:13 note: pip ignores --find-links here: only the first on a line counts",
    "4:1 --trusted-host h",
  ],
  [
    "the last index of a line wins",
    "-i a --pypi-url b",
    "1:1 note: pip ignores --index-url here: a later one on the same line wins",
    "1:6 --index-url b",
  ],
  [
    "a hash without a requirement",
    "--hash=sha256:ab",
    "1:1 note: pip ignores --hash here: no requirement on this line",
  ],
  ["an open quotation", "-r 'a", "1:1 ? a quotation or an escape is not finished"],
  [
    "words after options",
    "--pre and more",
    "1:1 --pre",
    "1:7 note: pip ignores words after an option",
    "1:11 note: pip ignores words after an option",
  ],
  [
    "a bullet",
    "- flask",
    "1:1 note: pip ignores words after an option",
    "1:3 note: pip ignores words after an option",
  ],
  [
    "editables",
    "-e .\n-e ./a[x]\n--editable=git+https://h/r@v1#egg=b\n-e c @ git+https://h/c",
    "1:1 -e .",
    "2:1 -e [x]./a",
    "3:1 -e b @ git+https://h/r@v1#egg=b",
    "4:1 ? -e takes one word: put NAME @ URL in quotes",
  ],
  [
    "a quoted editable with a marker",
    "-e \"c @ git+https://h/c ; os_name=='nt'\"",
    '1:1 -e c @ git+https://h/c ; os_name == "nt"',
  ],
  ["git:// where editable", "-e git://h/r#egg=r", "1:1 -e r @ git+git://h/r#egg=r"],
  [
    "an editable that names no package",
    "-e git+https://h/r",
    "1:1 ? nothing names the package; write NAME @ URL",
  ],
  [
    "extras in #egg=",
    "git+https://h/r#egg=a[b]",
    "1:1 ? #egg= takes no extras any more; write a[b] @ URL instead",
  ],
  [
    "URLs",
    "https://h/a.zip\na @ https://h/a.zip ; os_name=='nt'\nhttps://h/b.zip ; os_name=='nt'",
    "1:1 https://h/a.zip",
    '2:1 a @ https://h/a.zip ; os_name == "nt"',
    '3:1 https://h/b.zip ; os_name == "nt"',
  ],
  ["a marker right after a URL", "a@http://h;extra=='x'", '1:1 a @ http://h ; extra == "x"'],
  [
    "wheels name their package",
    "https://h/My_P-1.0-py3-none-any.whl\n./d/q-2.0-1-py3-none-any.whl[x]",
    "1:1 my-p==1.0 @ https://h/My_P-1.0-py3-none-any.whl",
    "2:1 q[x]==2.0 @ ./d/q-2.0-1-py3-none-any.whl",
  ],
  [
    "no wheel's name",
    "./a.whl",
    "1:1 ? a.whl is not the name of a wheel (NAME-VERSION-PYTHON-ABI-PLATFORM.whl)",
  ],
  [
    "paths",
    "./a\n../b[x] ; os_name=='nt'\nc/d\n/e/f\n~/g\nh.tar.gz",
    "1:1 ./a",
    '2:1 [x]../b ; os_name == "nt"',
    "3:1 c/d",
    "4:1 /e/f",
    "5:1 ~/g",
    "6:1 h.tar.gz",
  ],
  [
    "a Windows path",
    ".\\lib",
    "1:1 .\\lib",
    "1:1 note: a path with backslashes is one on Windows only",
  ],
  [
    "a variable in a URL stays",
    "git+https://${TOKEN}@h/r#egg=r",
    "1:1 r @ git+https://${TOKEN}@h/r#egg=r",
  ],
  [
    "a variable that only the environment knows",
    "a==${VERSION}",
    "1:1 ? depends on the environment variable ${VERSION}: expected a version specifier, @ or a semicolon or the end",
  ],
  ["git without git+", "git://h/r#egg=r", "1:1 ? write git+ before git://"],
  ["an assignment", "a=1.0", "1:1 ? = is not an operator; did you mean ==?"],
  [
    "merge conflict marks",
    "<<<<<<< HEAD\na\n=======",
    "1:1 ? expected a package name",
    "2:1 a",
    "3:1 ? expected a package name",
  ],
  ["lines as Python splits them", "a\fb\u2028c\x1ed", "1:1 a", "1:3 b", "1:5 c", "1:7 d"],
  ["every line end", "a\r\nb\rc\nd", "1:1 a", "2:1 b", "3:1 c", "4:1 d"],
  ["white space of every kind", "\u00a0a == 1\u3000", "1:2 a==1"],
  ["a backslash alone", "\\\n\nflask", "3:1 flask"],
];

for (const [what, text, ...expected] of rows) {
  test(`reads ${what}`, () => {
    const read = said(readRequirementsFile("requirements.txt", text));
    assert.deepEqual(read, expected);
  });
}

test("a declaration's text spans its continuation lines, comments left out", () => {
  const text = "\n  a==1 \\\r\n    --hash=sha256:ab  # why\r\nb\n";
  const [first] = readRequirementsFile("x/requirements.txt", text).declarations;
  assert.equal(first?.file, "x/requirements.txt");
  assert.equal(first?.raw, "a==1 \\\r\n    --hash=sha256:ab");
  assert.deepEqual(first?.span, { line: 2, column: 3, endLine: 3, endColumn: 21 });
});

test("columns count UTF-16 code units", () => {
  const [option] = readRequirementsFile("r.txt", "-r 🐍.txt --pre").notes;
  assert.deepEqual(option?.span, { line: 1, column: 11, endLine: 1, endColumn: 16 });
});
