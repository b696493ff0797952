import { main } from "./main.ts";

/** What can be measured, by name; each prints its own figures. */
const benches: Record<string, () => Promise<unknown>> = {
  walk: () => import("../bench/walk.ts"),
  readers: () => import("../bench/readers.ts"),
};

/** `npm run bench` measures everything, `npm run bench -- NAME` one thing. */
await main(async () => {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    const bench = benches[name];
    if (!bench) throw new Error(`there is no bench ${name}; there are ${Object.keys(benches)}`);
    await bench();
  }
});
