// What every npm script starts: `node scripts/setup.mjs TASK [ARGS]`. Plain old JavaScript, so
// that a Node too old for the rest still reads far enough to say so.
var major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  // biome-ignore lint/style/useTemplate: must be readable to the oldest Node
  console.error("One Venv needs Node 20 or newer, this is v" + process.versions.node + ".");
  process.exit(1);
}
import("./prepare.mjs").then((prepare) => prepare.runTask(process.argv[2], process.argv.slice(3)));
