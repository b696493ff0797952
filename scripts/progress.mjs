/**
 * One line that counts seconds on a terminal, one line now and then elsewhere.
 * @param {string} what
 * @returns {() => void} ends it
 */
export function showProgress(what) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`${what} …`);
  const live = process.stdout.isTTY;
  const show = () =>
    live
      ? process.stdout.write(`\r  ${seconds()} s `)
      : console.log(`${what}: ${seconds()} s so far`);
  const timer = setInterval(show, live ? 1000 : 15_000);
  return () => {
    clearInterval(timer);
    if (live) process.stdout.write("\r\x1b[K");
  };
}
