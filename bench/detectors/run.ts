import { quantile } from "#core/rules/detectors/detector.ts";
import { detectors } from "#core/rules/detectors/registry.ts";
import type { Database } from "#db/client.ts";
import { judgedDays, ordinary, pastDays, perDayOf, type SimulatedAccount } from "./accounts.ts";
import { type Attack, attacks } from "./attacks.ts";
import { eventFigures } from "./events.ts";
import { type Around, historyAt, mailOf, windowAt } from "./seen.ts";

const accounts = 600;
const firstHour = pastDays * 24;
const lastHour = (pastDays + judgedDays) * 24;
/** Flags of one detector less than a day apart are one. */
const episodeHours = 24;
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

/** What fires at the end of an hour. Hours below one and a half times the usual cannot be a spike, and are not asked about one. */
function firedAt(account: SimulatedAccount, hour: number, seed: number, around: Around): string[] {
  const isLoud = (account.hours[hour] ?? 0) > 1.5 * (account.usual[hour] ?? 0);
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

function falseFlagsOf(all: readonly SimulatedAccount[], cohorts: CohortP95): Map<string, number> {
  const flags = new Map<string, number>();
  all.forEach((account, seed) => {
    const around = { mail: mailOf(account, seed), cohortP95: cohorts(account.plan) };
    const last = new Map<string, number>();
    for (let hour = firstHour; hour < lastHour; hour += 1) {
      for (const detector of firedAt(account, hour, seed, around)) {
        if (hour - (last.get(detector) ?? Number.NEGATIVE_INFINITY) >= episodeHours)
          flags.set(detector, (flags.get(detector) ?? 0) + 1);
        last.set(detector, hour);
      }
    }
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

/** Prints a row for every detector of the registry and every abuse of its kind. `db` is empty and migrated. */
export async function run(db: Database): Promise<void> {
  const all = Array.from({ length: accounts }, (_, seed) => ordinary(seed));
  const cohorts = cohortsOf(all);
  const events = await eventFigures(db, accounts, new Date("2026-06-01T12:00:00Z"));
  const falseFlags = new Map([...falseFlagsOf(all, cohorts), ...events.falseFlags]);
  const rows = [...attacks.map((attack) => ({ ...attack, share: recallOf(attack, cohorts) })), ...events.recall];
  const line = (cells: string[]) =>
    process.stdout.write(`${cells.map((cell, i) => cell.padEnd([24, 52, 8][i] ?? 0)).join("")}\n`);
  process.stdout.write(
    `${accounts} synthetic accounts, ${judgedDays} days after ${pastDays} days of past; thresholds as delivered.\n\n`,
  );
  line(["detector", "abuse, one per account", "caught", "false flags per account and 30 days"]);
  for (const { id } of detectors) {
    const own = rows.filter((row) => row.detector === id);
    if (own.length === 0) throw new Error(`No abuse is simulated for ${id}.`);
    const wrong = ((falseFlags.get(id) ?? 0) / accounts).toFixed(3);
    for (const [i, { name, share }] of own.entries())
      line([i === 0 ? id : "", name, `${Math.round(100 * share)} %`, i === 0 ? wrong : ""]);
  }
  process.stdout.write("\nWhat ordinary accounts do wrong is written in bench/detectors/life.ts and events.ts.\n");
}
