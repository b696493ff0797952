#!/usr/bin/env node
// Readable by any Node, so that one too old for the rest can be told so.
var major = Number(process.versions.node.split(".")[0]);
if (major < 22) {
  // biome-ignore lint/style/useTemplate: must be readable to the oldest Node
  console.error("one-venv needs Node 22 or newer, this is v" + process.versions.node);
  process.exit(2);
}
require("./cli.cjs");
