import { dayMs, hourMs, minuteMs } from "#core/rules/time.ts";
import { cast } from "./companies.ts";
import type { DemoAccount, DemoUse } from "./plan-types.ts";

/** When the demo's stories happen. */
export function storyTimes(now: Date) {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const minute = floorTo(now, minuteMs);
  return {
    /** Minutes are kept from here on for everybody, on a whole hour. */
    recentFrom: floorTo(before(36 * hourMs), hourMs),
    /** End of what is history: the minute that runs belongs to the live traffic. */
    until: minute,
    dayStart: floorTo(now, dayMs),
    excess: { from: new Date(minute.getTime() - 13 * minuteMs), flaggedAt: before(5 * minuteMs) },
    probing: { from: before(175 * minuteMs), until: before(150 * minuteMs), flaggedAt: before(160 * minuteMs) },
    claimed: { from: before(23 * hourMs), until: before(22 * hourMs), flaggedAt: before(22 * hourMs + 20 * minuteMs) },
    pending: { from: before(7 * hourMs), until: before(6 * hourMs), flaggedAt: before(6 * hourMs + 20 * minuteMs) },
    suspended: {
      from: before(27 * hourMs + 20 * minuteMs),
      flaggedAt: before(27 * hourMs),
      at: before(26 * hourMs),
      endsAt: new Date(now.getTime() + 46 * hourMs),
    },
    lifted: {
      from: before(9 * dayMs + 80 * minuteMs),
      flaggedAt: before(9 * dayMs + hourMs),
      at: before(9 * dayMs),
      endsAt: before(6 * dayMs),
      liftedAt: before(7 * dayMs),
    },
    helped: {
      from: before(20 * dayMs + 2 * hourMs),
      until: before(20 * dayMs + 80 * minuteMs),
      flaggedAt: before(20 * dayMs + 85 * minuteMs),
      closedAt: before(19 * dayMs),
    },
  };
}

export function floorTo(at: Date, stepMs: number): Date {
  return new Date(Math.floor(at.getTime() / stepMs) * stepMs);
}

/** The account's use with the gaps that its story makes: no call passes while it is suspended. */
export function interrupted(account: DemoAccount, now: Date): DemoAccount {
  const times = storyTimes(now);
  if (account.name === cast.suspended) return closed(account, times.suspended.at, null);
  if (account.name === cast.lifted) return closed(account, times.lifted.at, times.lifted.liftedAt);
  // What it has spent today is told exactly by its story.
  if (account.name === cast.nearlySpent) return mapUses(account, (use) => [{ ...use, until: times.dayStart }]);
  return account;
}

/** Clients go on calling, more slowly, and are refused. */
function closed(account: DemoAccount, from: Date, until: Date | null): DemoAccount {
  return mapUses(account, (use) => {
    const slower = { ...use.rhythm, peakPerHour: Math.min(use.rhythm.peakPerHour * 0.02, 25) };
    const isOver = use.outcome !== "allowed" || (use.until !== null && use.until <= from);
    if (isOver) return [use];
    const refused: DemoUse = {
      ...use,
      rhythm: slower,
      outcome: "account_suspended",
      limitPerMinute: null,
      burstiness: 0,
      from,
      until,
    };
    return [{ ...use, until: from }, refused, ...(until === null ? [] : [{ ...use, from: until }])];
  });
}

function mapUses(account: DemoAccount, change: (use: DemoUse) => DemoUse[]): DemoAccount {
  return { ...account, tokens: account.tokens.map((token) => ({ ...token, uses: token.uses.flatMap(change) })) };
}
