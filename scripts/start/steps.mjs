import { spawn } from "node:child_process";

/** A problem that one sentence explains: printed without a stack. */
export class Stop extends Error {}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs one step of a start and shows that it goes on: a running count of seconds on a terminal, one line elsewhere.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedMs) / 1000);
  const live = process.stdout.isTTY === true;
  process.stdout.write(live ? `${title} …` : `${title} …\n`);
  const timer = live ? setInterval(() => process.stdout.write(`\r${title} … ${seconds()} s`), 1000) : undefined;
  try {
    const result = await work();
    process.stdout.write(live ? `\r${title}: done in ${seconds()} s\n` : `${title}: done in ${seconds()} s\n`);
    return result;
  } catch (error) {
    if (live) process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a program to its end without showing what it prints, unless it fails: then the last lines are in the error.
 * @param {string} title names the program in the error
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, lines?: number }} options
 * @returns {Promise<string>} what it printed
 */
export function runQuietly(title, program, args, { cwd, env = process.env, lines = 40 }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.once("error", (error) => reject(new Stop(`${title} could not be started: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split("\n").slice(-lines).join("\n");
      reject(new Stop(`${title} failed (${signal ?? `exit code ${code}`}).\n${tail}`));
    });
  });
}

/**
 * Ends this process the way a command line program should: a sentence for a problem, a stack for a defect.
 * @param {unknown} error
 * @returns {never}
 */
export function fail(error) {
  const known = error instanceof Stop;
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** @param {unknown} error @returns {string | undefined} the system's code, such as ENOENT */
export function codeOf(error) {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
