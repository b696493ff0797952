import fc from "fast-check";

/**
 * Loaded before every test file (`scripts/node-tests.ts`): laws are held against the same random
 * inputs on each run, so that a change is judged by what it changes. FAST_CHECK_SEED looks for more.
 */
const { FAST_CHECK_SEED = "20261" } = process.env;
fc.configureGlobal({ seed: Number(FAST_CHECK_SEED) });
