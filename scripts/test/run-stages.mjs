/**
 * @typedef {object} Stage
 * @property {readonly string[]} [after] stages that must have passed before, where they are asked for as well
 * @property {(write: (text: string) => void) => Promise<void>} run gives what it prints to `write`; throws when it fails
 */

/** @typedef {{ name: string, error: unknown, output: string }} Failure output: what the stage printed */

/**
 * Runs stages side by side, each as soon as those it comes after have passed. What one prints appears whole when it ends, so that
 * stages do not mix; a stage that runs by itself prints as it goes. After a failure nothing more starts, and what runs is finished.
 * @param {Record<string, Stage>} stages
 * @param {readonly string[]} wanted names
 * @param {(text: string) => void} print
 * @returns {Promise<{ failures: Failure[], notRun: string[] }>}
 */
export async function runStages(stages, wanted, print) {
  const waiting = [...wanted];
  /** @type {Set<string>} */
  const passed = new Set();
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  /** @type {Failure[]} */
  const failures = [];

  /** @param {string} name */
  const mayStart = (name) =>
    (stages[name]?.after ?? []).every((before) => passed.has(before) || !wanted.includes(before));
  /** @param {string} name */
  const start = async (name) => {
    const startedMs = Date.now();
    const isLive = wanted.length === 1;
    let output = "";
    if (isLive) print(`\n── ${name}\n`);
    try {
      await stages[name]?.run((text) => {
        output += text;
        if (isLive) print(text);
      });
      passed.add(name);
    } catch (error) {
      failures.push({ name, error, output });
    }
    running.delete(name);
    const outcome = passed.has(name) ? "passed" : "failed";
    if (!isLive) print(`\n── ${name}: ${outcome}, ${Math.round((Date.now() - startedMs) / 1000)} s\n${output}`);
  };

  for (;;) {
    if (failures.length === 0) {
      for (const name of waiting.filter(mayStart)) {
        waiting.splice(waiting.indexOf(name), 1);
        running.set(name, start(name));
      }
    }
    if (running.size === 0) return { failures, notRun: waiting };
    await Promise.race(running.values());
  }
}
