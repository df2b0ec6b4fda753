/** @type {Record<string, number>} */
const colours = { web: 36, gate: 32, worker: 35, traffic: 90, postgres: 33 };
/** @type {Record<string, string>} */
const levels = { 10: "trace", 20: "debug", 30: "", 40: "WARN", 50: "ERROR", 60: "FATAL" };
/** Said once by the supervisor in its own words. */
const banner = /^\s*(▲|- (Local|Network|Environments|Experiments)|✓ (Starting|Ready)|$)/;

/**
 * Prints the lines of all processes: on a terminal as time, process, message and fields; elsewhere as they come (JSON), so that
 * a log collector can read them.
 * @param {NodeJS.WriteStream} stream
 * @returns {(name: string, line: string) => void}
 */
export function makePrinter(stream) {
  const pretty = stream.isTTY === true;
  return (name, line) => {
    if (name === "web" && banner.test(line)) return;
    const entry = parseEntry(line);
    if (!pretty) return void stream.write(entry ? `${line}\n` : `${name}: ${line}\n`);
    const label = `\x1b[${colours[name] ?? 37}m${name.padEnd(8)}\x1b[0m`;
    stream.write(entry ? `${prettyLine(entry, label)}\n` : `${clock(Date.now())} ${label} ${line}\n`);
  };
}

/** @param {Record<string, unknown>} entry @param {string} label */
function prettyLine(entry, label) {
  const { time, level, msg, name: _, pid: __, hostname: ___, ...fields } = entry;
  const severity = levels[String(level)] ?? "";
  const details = Object.entries(fields).map(([key, value]) => `${key}=${brief(value)}`);
  const parts = [
    clock(time),
    label,
    severity && `\x1b[31m${severity}\x1b[0m`,
    msg,
    `\x1b[90m${details.join(" ")}\x1b[0m`,
  ];
  return parts.filter(Boolean).join(" ");
}

/** @param {unknown} value */
function brief(value) {
  if (value && typeof value === "object" && "stack" in value) return `\n${value.stack}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @param {unknown} time */
function clock(time) {
  const date = new Date(typeof time === "number" || typeof time === "string" ? time : Date.now());
  return Number.isNaN(date.getTime()) ? "" : `\x1b[90m${date.toTimeString().slice(0, 8)}\x1b[0m`;
}

/** @param {string} line @returns {Record<string, unknown> | null} */
function parseEntry(line) {
  if (!line.startsWith("{")) return null;
  try {
    const entry = JSON.parse(line);
    return "level" in entry && "time" in entry ? entry : null;
  } catch {
    return null;
  }
}
