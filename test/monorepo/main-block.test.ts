import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mainBlocks } from "../../src/monorepo/main-block.ts";

const lines = (text: string) => mainBlocks(text).map((span) => span.line);

const counted: [string, string][] = [
  ["the usual form", `if __name__ == "__main__":\n    main()\n`],
  ["single quotes", `if __name__ == '__main__': main()\n`],
  ["the other way round", `if "__main__" == __name__:\n    main()\n`],
  ["no spaces", `if __name__=="__main__":main()`],
  ["parentheses", `if (__name__ == ("__main__")):\n    main()\n`],
  ["joined by and", `if __name__ == "__main__" and len(argv) > 1:\n    main()\n`],
  ["a set", `if __name__ in {"__main__", "__mp_main__"}:\n    main()\n`],
  ["a byte order mark", `\uFEFFif __name__ == "__main__":\n    main()\n`],
  ["a prefix", `if __name__ == u"__main__":\n    main()\n`],
  ["CRLF", `if __name__ == "__main__":\r\n    main()\r\n`],
];

const ignored: [string, string][] = [
  ["a string", `text = 'if __name__ == "__main__": main()'\n`],
  ["a docstring", `"""\nif __name__ == "__main__":\n    main()\n"""\n`],
  ["a docstring of a function", `def f():\n    '''\n    if __name__ == "__main__":\n    '''\n`],
  ["a comment", `# if __name__ == "__main__":\n#     main()\n`],
  ["inside a function", `def f():\n    if __name__ == "__main__":\n        main()\n`],
  ["not equal", `if __name__ != "__main__":\n    raise ImportError\n`],
  ["not", `if not __name__ == "__main__":\n    raise ImportError\n`],
  ["an f-string", `if __name__ == f"__main__{x}":\n    main()\n`],
  ["another name", `if name == "__main__":\n    main()\n`],
  ["a part of a longer text", `if __name__ == "__main__x":\n    main()\n`],
  ["nothing", ""],
];

for (const [name, text] of counted) {
  test(`a __main__ block with ${name} counts`, () => assert.deepEqual(lines(text), [1]));
}
for (const [name, text] of ignored) {
  test(`${name} is no __main__ block`, () => assert.deepEqual(lines(text), []));
}

test("blocks inside try, else and after broken code are found with their own lines", () => {
  const text = [
    "try:",
    "    import fast",
    "except ImportError:",
    '    if __name__ == "__main__": pass',
    "if False:",
    "    pass",
    'elif __name__ == "__main__":',
    "    pass",
    "else:",
    '    if "__main__" == __name__:',
    "        pass",
    'print "Python 2"',
    'if __name__ == "__main__":',
    "    pass",
  ].join("\n");
  assert.deepEqual(lines(text), [4, 7, 10, 13]);
});

test("the span covers the keyword and the condition", () => {
  const [span] = mainBlocks('\nif (__name__\n    == "__main__"):\n    pass\n');
  assert.deepEqual(span, { line: 2, column: 1, endLine: 3, endColumn: 19 });
});

test("no text makes it throw", () => {
  const piece = fc.constantFrom("if ", "__name__", " == ", '"__main__"', ":", "\n", "(", "'", "\t");
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 });
  fc.assert(fc.property(text, (parts) => Array.isArray(mainBlocks(parts.join("")))));
});

test("in a long text that is no Python the plain form is found", () => {
  const broken = "def f(:\n".repeat(8000);
  assert.deepEqual(lines(`${broken}if __name__ == "__main__":\n    f()\n`), [8001]);
});
