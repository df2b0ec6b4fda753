/** What a page costs: time until the whole of it has come, processor time of the web process, and the scripts it asks for. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Of each script once: most pages share theirs. */
const sizes = new Map();

/**
 * Asks for one page `rounds` times in a row, after three that do not count.
 * @returns {Promise<{ p50: number, p95: number, processor: number | null, script: number, html: number }>} ms, ms, ms, kB gzipped, kB
 */
export async function measure(url, cookie, { rounds, webProcessor }) {
  const { script, html } = await sizeOf(url, cookie);
  for (let i = 0; i < 3; i++) await timeOf(url, cookie);
  const times = [];
  const before = webProcessor();
  for (let i = 0; i < rounds; i++) times.push(await timeOf(url, cookie));
  const processor = before === null ? null : (webProcessor() - before) / rounds;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), processor, script, html };
}

/** Milliseconds until the whole page has come: a page streams its skeleton first, and that is not what people wait for. */
async function timeOf(url, cookie) {
  const startedAt = performance.now();
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  const text = await answer.text();
  if (answer.status !== 200 || text.length < 1_000) throw new Error(`${url} answered ${answer.status}.`);
  return performance.now() - startedAt;
}

/** Scripts that the page itself asks for, gzipped, in kB (what is loaded when it is seen is not among them), and its own size in kB. */
async function sizeOf(url, cookie) {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  // Browsers that know modules leave out the scripts for those that do not.
  const tags = [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  let bytes = 0;
  for (const source of new Set(tags.map(([, src]) => src))) {
    if (!sizes.has(source)) {
      const script = Buffer.from(await (await fetch(new URL(source, url))).arrayBuffer());
      sizes.set(source, gzipSync(script).length);
    }
    bytes += sizes.get(source);
  }
  return { script: bytes / 1_000, html: Buffer.byteLength(html) / 1_000 };
}

/** Processor time that the web process below this one has used so far, in milliseconds; null where the system does not tell. */
export function webProcessorOf(supervisorPid) {
  if (!existsSync("/proc/self/stat")) return null;
  const stats = readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      // After the name in brackets: state, parent, …; the 12th and 13th are user and system time in ticks of 10 ms.
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
      return [{ command, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return [];
    }
  });
  const web = stats.find(({ command, parent }) => parent === supervisorPid && command.includes("next"));
  return web ? web.ticks * 10 : null;
}
