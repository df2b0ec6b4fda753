import { setTimeout as sleep } from "node:timers/promises";
import { detectors } from "#core/rules/detectors/registry.ts";
import { diagnose } from "#core/rules/diagnosis/diagnose.ts";
import * as words from "#words/words.ts";
import { Api } from "./api.ts";
import { type RealClient, realClients } from "./programs.ts";

type Watched = { client: RealClient; api: Api; found: Map<string, number> };

const everyMs = 5_000;
/** No fault: it says that the limit is too small for what the client wants. */
const noFault = "demand_above_limit";

/** Runs all at once, for so many minutes, and returns 1 if one was judged wrongly. */
export async function run(minutes: number, only: string): Promise<number> {
  const wanted = realClients.filter(({ name }) => name.includes(only));
  const missing = wanted.filter(({ needs }) => needs?.() === false);
  for (const { name } of missing) console.info(`left out, not on this machine: ${name}`);
  const watched: Watched[] = [];
  const stop = new AbortController();
  const works: Promise<void>[] = [];
  const startedMs = Date.now();
  for (const client of wanted.filter((one) => !missing.includes(one))) {
    const api = new Api();
    await api.open();
    watched.push({ client, api, found: new Map() });
    works.push(client.work(api.url, stop.signal).catch(() => undefined));
  }
  while (Date.now() < startedMs + minutes * 60_000) {
    await sleep(everyMs);
    for (const one of watched) look(one, Date.now() - startedMs);
  }
  stop.abort();
  for (const { api } of watched) api.close();
  await Promise.race([Promise.all(works), sleep(2_000)]);
  return print(watched);
}

function look({ api, found }: Watched, atMs: number): void {
  api.counted.importTo(Date.now());
  const [finding] = diagnose(api.counted.facts());
  if (finding && !found.has(finding.kind)) found.set(finding.kind, atMs);
  const window = api.counted.window();
  for (const detector of detectors)
    if (detector.looksAt === "minutes" && detector.evaluate(window, detector.defaults).length > 0)
      found.set(`flag ${detector.id}`, found.get(`flag ${detector.id}`) ?? atMs);
}

function print(watched: readonly Watched[]): number {
  let wrong = 0;
  for (const { client, api, found } of watched) {
    const { kind, name } = client;
    const accused = [...found].filter(
      ([what]) => what !== noFault && what !== kind && !(kind && what.startsWith("flag")),
    );
    const isRight = accused.length === 0 && (kind === null || found.has(kind));
    if (!isRight) wrong++;
    const [finding] = diagnose(api.counted.facts());
    const when = [...found].map(([what, ms]) => `${what} at ${Math.round(ms / 1000)} s`).join(", ") || "nothing";
    const { requests, refused, early } = api.truth;
    console.info(`${isRight ? "right" : "WRONG"}  ${name.padEnd(38)} ${kind ?? "a right client"}: ${when}`);
    console.info(
      `       lived: ${requests} requests, ${refused} refused, ${early} of them after it knew of a wait and before its end`,
    );
    if (finding) console.info(`       said:  ${words.finding(finding).evidence}`);
  }
  console.info(`${watched.length - wrong} of ${watched.length} judged rightly.`);
  return wrong === 0 ? 0 : 1;
}
