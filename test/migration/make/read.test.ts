import assert from "node:assert/strict";
import { test } from "node:test";
import { unphonyTarget } from "../../../src/migration/make/phony.ts";
import { readMakefile } from "../../../src/migration/make/read.ts";

/** What a makefile says, in short: one line for each statement, commands below their rule. */
function said(text: string): readonly string[] {
  const { statements, problems } = readMakefile("Makefile", text);
  return [
    ...statements.flatMap((one) => {
      const inside = one.branch.map(({ conditional: { id }, number }) => `[${id}.${number}] `);
      const where = `${one.line} ${inside.join("")}`;
      switch (one.is) {
        case "assignment": {
          const { targets, name, operator, value } = one;
          const of = targets === null ? "" : `${targets.text}: `;
          return [`${where}${of}${name.text} ${operator} ${JSON.stringify(value.text)}`];
        }
        case "rule": {
          const { targets, pattern, prerequisites, orderOnly, doubleColon, recipe } = one;
          const parts = [`${targets.text} ${doubleColon ? "::" : ":"}`, prerequisites.text];
          if (pattern) parts.splice(1, 0, `${pattern.text} :`);
          if (orderOnly) parts.push(`| ${orderOnly.text}`);
          const commands = recipe.map(({ line, command, branch }) => {
            const within = branch.map(({ conditional: { id }, number }) => `[${id}.${number}] `);
            return `${line} > ${within.join("")}${JSON.stringify(command.text)}`;
          });
          return [where + parts.join(" ").trimEnd(), ...commands];
        }
        case "include":
          return [`${where}include ${one.paths.text}`];
        case "export":
          return [`${where}${one.undone ? "un" : ""}export ${one.names.text}`.trimEnd()];
        default:
          return [`${where}${one.is} ${one.text.text}`];
      }
    }),
    ...problems.map(({ line, what }) => `${line} ! ${what}`),
  ];
}

const tables: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "assignments",
    "A=1\nB := 2 # no\nC ::= 3\nD ?= 4\nE += 5\nF != pwd\n  G = \\# 6\nexport H = 7\noverride I=8\n",
    [
      '1 A = "1"',
      '2 B := "2 "',
      '3 C ::= "3"',
      '4 D ?= "4"',
      '5 E += "5"',
      '6 F != "pwd"',
      '7 G = "# 6"',
      '8 H = "7"',
      '9 I = "8"',
    ],
  ],
  [
    "continuations are one space",
    "A = one \\\n    two\\\n\tthree\nall: a \\\n  b\n",
    ['1 A = "one two three"', "4 all : a b"],
  ],
  [
    "recipes keep their continuations, without the prefix of the next line",
    "x:\n\tpython3 \\\n\t\tmain.py\n\n# a comment\n\t@# said to the shell\n",
    ["1 x :", '2 > "python3 \\\\\\n\\tmain.py"', '6 > "@# said to the shell"'],
  ],
  [
    "rules",
    "a b: c | d\n%.o: %.c\n$(X): %.o: %.c\ny:: z\nw: ; echo $(X) # kept\nv:u;@true\n",
    [
      "1 a b : c | d",
      "2 %.o : %.c",
      "3 $(X) : %.o : %.c",
      "4 y :: z",
      "5 w :",
      '5 > " echo $(X) # kept"',
      "6 v : u",
      '6 > "@true"',
    ],
  ],
  [
    "a target's own variables",
    "x: A = 1\nx y: export B := 2\nx: C:=3\n",
    ['1 x: A = "1"', '2 x y: B := "2"', '3 x: C := "3"'],
  ],
  [
    "define",
    "define RUN =\npython3 \\\n  $(1)\n\t@echo endef\ndefine inner\nendef\nendef\nall: ; $(call RUN,x)\n",
    [
      '1 RUN = "python3 $(1)\\n\\t@echo endef\\ndefine inner\\nendef"',
      "8 all :",
      '8 > " $(call RUN,x)"',
    ],
  ],
  [
    "conditionals, also in a recipe",
    "ifeq ($(A),b)\nX = 1\nelse ifdef B\nX = 2\nelse\nX = 3\nendif\nt:\nifdef C\n\tone\nelse\n\ttwo\nendif\n\tthree\n",
    [
      "1 test ($(A),b)",
      '2 [0.0] X = "1"',
      "3 [0.1] test B",
      '4 [0.1] X = "2"',
      '6 [0.2] X = "3"',
      "8 t :",
      '10 > [1.0] "one"',
      '12 > [1.1] "two"',
      '14 > "three"',
      "9 test C",
    ],
  ],
  [
    "includes, exports, bare references",
    "include a.mk b.mk\n-include $(X)\nsinclude c\nexport\nunexport A B\n$(eval $(call T,a))\nvpath %.c src\n",
    [
      "1 include a.mk b.mk",
      "2 include $(X)",
      "3 include c",
      "4 export",
      "5 unexport A B",
      "6 bare $(eval $(call T,a))",
    ],
  ],
  [
    "another recipe prefix",
    ".RECIPEPREFIX = >\nx:\n>echo\n>  two\n",
    ['1 .RECIPEPREFIX = ">"', "2 x :", '3 > "echo"', '4 > "  two"'],
  ],
  ["CRLF", "A = 1\r\nx:\r\n\tone \\\r\n\ttwo\r\n", ['1 A = "1"', "2 x :", '3 > "one \\\\\\ntwo"']],
  [
    "what make refuses",
    "x:\n    spaces\nnonsense here\nA = 1\n\tlate\nendif\nifdef A\ndefine B\n",
    [
      "1 x :",
      '4 A = "1"',
      "7 test A",
      "2 ! this line begins with spaces, where make wants a tab",
      "3 ! make does not understand this line (missing separator)",
      "5 ! this recipe line belongs to no rule",
      "6 ! this endif has no if before it",
      "8 ! this define has no endef",
      "7 ! this conditional has no endif",
    ],
  ],
  [
    "references with colons, equal signs and comments inside",
    "$(A:a=b): $(subst :,=,x)\nB = $(shell echo '#') c\n",
    ["1 $(A:a=b) : $(subst :,=,x)", "2 B = \"$(shell echo '#') c\""],
  ],
];

for (const [name, text, expected] of tables) {
  test(`a makefile is read: ${name}`, () => {
    // Statements inside a rule's lines come after it: order is told by the lines.
    const byLine = (lines: readonly string[]) => [...lines].sort();
    assert.deepEqual(byLine(said(text)), byLine(expected));
  });
}

test("what is read stands in the file where its offsets say", () => {
  for (const [, text] of tables) {
    for (const one of readMakefile("Makefile", text).statements) {
      if (one.is !== "rule") continue;
      for (const { command } of one.recipe) {
        for (let i = 0; i < command.text.length; i++) {
          const there = text[command.at[i]!];
          assert.ok(there === command.text[i] || (there === "\r" && command.text[i] === "\n"));
        }
      }
    }
  }
});

test("a target that is not phony is found by its line", () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ["build:\n\techo\n", 1],
    [".PHONY: build\nbuild:\n\techo\n", null],
    [".PHONY: a \\\n  build\nbuild: ; echo\n", null],
    ["# build:\nx: build\n", null],
    ["A = 1\n\nall build: x\n", 3],
    ["T = build\n.PHONY: $(T)\nbuild:\n", null],
    ["T = build\n$(T):\n", 2],
    ["build = 1\nbuild := 2\n", null],
    ["build: X = 1\n", null],
    ["define x\nbuild:\nendef\n", null],
  ];
  for (const [text, line] of cases) assert.equal(unphonyTarget(text, "build"), line, text);
});
