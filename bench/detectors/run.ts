import { basename, dirname } from "node:path";
import { detectors } from "#core/rules/detectors/registry.ts";
import { quantile } from "#core/rules/quantile.ts";
import { wilsonBounds } from "#core/rules/wilson.ts";
import type { Database } from "#db/client.ts";
import { judgeLog, scannersOf } from "../../scripts/cli/replay/testing-log.ts";
import { judgedDays, ordinary, pastDays, perDayOf, type SimulatedAccount } from "./accounts.ts";
import { type Attack, attacks } from "./attacks.ts";
import { eventFigures } from "./events.ts";
import { type Around, historyAt, mailOf, windowAt } from "./seen.ts";

const accounts = 600;
const firstHour = pastDays * 24;
const lastHour = (pastDays + judgedDays) * 24;
/** As read-history asks for: fewer are no cohort. */
const fewestInCohort = 5;

type CohortP95 = (plan: number) => Around["cohortP95"];

/** Per plan and day what 95 % of the established accounts asked for the day before. */
function cohortsOf(all: readonly SimulatedAccount[]): CohortP95 {
  const established = all.filter((one) => one.createdAtMs < all.reduce((max, a) => Math.max(max, a.createdAtMs), 0));
  const days = new Map<number, number[][]>();
  for (const one of established) days.set(one.plan, [...(days.get(one.plan) ?? []), perDayOf(one.hours)]);
  return (plan) => {
    const own = days.get(plan) ?? [];
    const p95 = Array.from({ length: pastDays + judgedDays }, (_, day) =>
      own.length < fewestInCohort
        ? null
        : quantile(
            own.map((perDay) => perDay[day - 1] ?? 0),
            0.95,
          ),
    );
    return (day) => p95[day] ?? null;
  };
}

/** What fires at the end of an hour. Where it and the one before, the last whole one, are below one and a half times the usual there is no spike to look for. */
function firedAt(account: SimulatedAccount, hour: number, seed: number, around: Around): string[] {
  const isLoud = [hour, hour - 1].some((one) => (account.hours[one] ?? 0) > 1.5 * (account.usual[one] ?? 0));
  const window = windowAt(account, hour, seed + hour);
  const history = historyAt(account, hour, around, isLoud);
  return detectors.flatMap((detector) => {
    const signals =
      detector.looksAt === "history"
        ? detector.evaluate(history, detector.defaults)
        : detector.looksAt === "minutes" && window
          ? detector.evaluate(window, detector.defaults)
          : [];
    return signals.length > 0 ? [detector.id] : [];
  });
}

/** By detector, the ordinary accounts that it flagged. */
function falseFlagsOf(all: readonly SimulatedAccount[], cohorts: CohortP95): Map<string, Set<number>> {
  const flags = new Map<string, Set<number>>();
  all.forEach((account, seed) => {
    const around = { mail: mailOf(account, seed), cohortP95: cohorts(account.plan) };
    for (let hour = firstHour; hour < lastHour; hour += 1)
      for (const detector of firedAt(account, hour, seed, around))
        flags.set(detector, (flags.get(detector) ?? new Set()).add(seed));
  });
  return flags;
}

/** The share of the accounts at which the abuse is flagged between the start of its day and a day after it. */
function recallOf(attack: Attack, cohorts: CohortP95): number {
  let hits = 0;
  for (let seed = 0; seed < accounts; seed += 1) {
    const account = ordinary(seed);
    const at = lastHour - 24 * (2 + (seed % 12)) + ((seed * 7) % 20);
    const day = Math.floor(at / 24);
    const cohortP95 = cohorts(account.plan);
    attack.change(account, at, cohortP95(day) ?? 0);
    const around = { mail: mailOf(account, seed), cohortP95 };
    for (let hour = day * 24; hour < at + 25; hour += 1) {
      if (!firedAt(account, hour, seed, around).includes(attack.detector)) continue;
      hits += 1;
      break;
    }
  }
  return hits / accounts;
}

/** Of a hundred accounts that a detector looks at, so many do its kind of abuse: an assumption, to say what a flag is worth. */
const abused = 0.01;

/** Of the flags of a detector, the share that is right. */
function precisionOf(recall: number, falseShare: number): number {
  const right = abused * recall;
  return right === 0 ? 0 : right / (right + (1 - abused) * falseShare);
}

const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
const range = ({ low, high }: { low: number; high: number }) => `${percent(low)} to ${percent(high)}`;
const write = (text: string) => process.stdout.write(`${text}\n`);
const line = (cells: readonly string[], widths: readonly number[]) =>
  write(cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(""));

/** Prints a row for every detector of the registry and every abuse of its kind, then the recorded logs. `db` is empty and migrated. */
export async function run(db: Database, logs: readonly string[]): Promise<void> {
  const all = Array.from({ length: accounts }, (_, seed) => ordinary(seed));
  const cohorts = cohortsOf(all);
  const events = await eventFigures(db, accounts, new Date("2026-06-01T12:00:00Z"));
  const wronged = falseFlagsOf(all, cohorts);
  const rows = [
    ...attacks.map((attack) => ({ ...attack, tried: accounts, share: recallOf(attack, cohorts) })),
    ...events.recall.map((one) => ({ ...one, isEvasion: false, tried: Math.floor(accounts / 3) })),
  ];
  write(
    `${accounts} synthetic accounts of five rhythms, ${judgedDays} days after ${pastDays} days of past; thresholds as delivered. Bounds: Wilson, 95 %.`,
  );
  write("Precision: of its flags, where one account in a hundred does this abuse.\n");
  const widths = [24, 60, 8, 18, 12, 18, 16];
  line(["detector", "abuse, one per account", "caught", "bounds", "falsely", "bounds", "precision"], widths);
  for (const { id } of detectors) {
    const own = rows.filter((row) => row.detector === id);
    if (own.length === 0) throw new Error(`No abuse is simulated for ${id}.`);
    const wrong = wronged.get(id)?.size ?? events.falseFlags.get(id) ?? 0;
    const wrongBounds = wilsonBounds(wrong, accounts);
    for (const [i, { name, share, tried, isEvasion }] of own.entries()) {
      const recall = wilsonBounds(Math.round(share * tried), tried);
      const precision = {
        low: precisionOf(recall.low, wrongBounds.high),
        high: precisionOf(recall.high, wrongBounds.low),
      };
      line(
        [
          ...[i === 0 ? id : "", `${isEvasion ? "evasion: " : ""}${name}`, percent(share), range(recall)],
          ...(i === 0 ? [percent(wrong / accounts), range(wrongBounds)] : ["", ""]),
          range(precision),
        ],
        widths,
      );
    }
  }
  write("\nfalsely = accounts that were flagged once or more in 30 days without having done it.");
  write("What ordinary accounts do wrong is written in bench/detectors/life.ts and events.ts.");
  await judgeLogs(logs);
}

/** Real clients, in the logs' own time. */
async function judgeLogs(logs: readonly string[]): Promise<void> {
  if (logs.length === 0) {
    write("\nNo recorded logs: set TEST_ACCESS_LOG to an access log with the folders ordinary/ and scans/ beside it.");
    return;
  }
  let [accountDays, flagged] = [0, 0];
  for (const file of logs) {
    const { flags, clients, accountDays: days } = await judgeLog(file);
    const isScan = basename(dirname(file)) === "scans";
    if (!isScan) {
      accountDays += days;
      flagged += flags.length;
    }
    write(
      `\n${basename(file)}: ${clients} clients on ${days} account-days${flags.length === 0 ? ", nobody flagged" : ""}`,
    );
    for (const { client, detector, afterMs, requests } of flags) {
      const isRight = isScan && scannersOf(file).includes(client);
      write(`  ${isRight ? "right" : "WRONG"}  ${client}  ${detector} after ${afterMs / 1000} s, ${requests} requests`);
    }
  }
  const { high } = wilsonBounds(flagged, accountDays);
  write(
    `\nOrdinary logs: ${flagged} flags on ${accountDays} account-days, at most ${(100 * high).toFixed(3)} % of them (95 %).`,
  );
}
