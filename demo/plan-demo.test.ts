import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currentRates } from "../scripts/cli/traffic/rates.ts";
import { cast } from "./companies.ts";
import { planDemo } from "./plan-demo.ts";
import { ratePerHour } from "./rhythm.ts";
import { newDemoPassword, signInsOf, signInWords } from "./sign-ins.ts";
import { minuteWindows, storyDemands } from "./story-demands.ts";
import { storyTimes } from "./story-times.ts";

const dayMs = 86_400_000;
/** Any moment of some years. */
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2030, 0, 1) }).map((ms) => new Date(ms));

describe("the plan of the demo", () => {
  it("is the same for the same time", () => {
    const now = new Date("2026-11-24T12:12:30Z");
    expect(planDemo(now)).toEqual(planDemo(now));
    expect(storyDemands(now)).toEqual(storyDemands(now));
  });

  it("holds at any time: names and addresses differ, and everything happens in an order that can be", () => {
    fc.assert(
      fc.property(moment, (now) => {
        const { accounts, since } = planDemo(now);
        expect(new Set(accounts.map((one) => one.name)).size).toBe(40);
        for (const { createdAt, members, tokens, name } of accounts) {
          expect(createdAt > since && createdAt < now, name).toBe(true);
          expect(new Set(members.map((one) => one.email)).size, name).toBe(members.length);
          const owner = members[0];
          expect(owner?.role, name).toBe("owner");
          expect(
            members.every((one) => one.joinedAt > createdAt && one.joinedAt < now),
            name,
          ).toBe(true);
          expect(new Set(tokens.map((one) => one.name)).size, name).toBe(tokens.length);
          expect(tokens.length, name).toBeLessThanOrEqual(9);
          for (const token of tokens) {
            // Its owner is there, and no story needs a token that is not.
            expect(owner && token.createdAt > owner.joinedAt, `${name} ${token.name}`).toBe(true);
            // Usage is written before what happens in the last three weeks.
            expect(token.createdAt.getTime(), `${name} ${token.name}`).toBeLessThan(now.getTime() - 21 * dayMs);
            const ends = [token.expiresAt, token.pausedAt, token.revokedAt];
            for (const end of ends) expect(end === null || end > token.createdAt, `${name} ${token.name}`).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("has every token that its stories use, in time, and minutes to hold their traffic", () => {
    fc.assert(
      fc.property(moment, (now) => {
        const { accounts } = planDemo(now);
        const { recentFrom, until } = storyTimes(now);
        const windows = minuteWindows(now);
        for (const { account, token, at, requests } of storyDemands(now)) {
          const found = accounts.find((one) => one.name === account)?.tokens.find((one) => one.name === token);
          expect(found && found.createdAt < at, `${account} ${token}`).toBe(true);
          const isHeld =
            (at >= recentFrom && at < until) ||
            windows.some((window) => window.account === account && at >= window.from && at < window.until);
          expect(isHeld && requests > 0, `${account} ${at.toISOString()}`).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("spends 95 % of a quota today at any hour late enough for it, and never in the future", () => {
    fc.assert(
      fc.property(moment, (now) => {
        const today = storyDemands(now).filter((one) => one.account === cast.nearlySpent);
        const spent = today.reduce((sum, one) => sum + one.requests, 0);
        const minutes = Math.floor((now.getTime() % dayMs) / 60_000);
        expect(spent).toBe(Math.min(950, minutes * 100));
        expect(today.every((one) => one.requests <= 110 && one.at < now)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the rhythm of the demo", () => {
  it("is highest at its peak on working days, and nowhere beyond it", () => {
    const rhythm = { peakPerHour: 100, peakHour: 22, widthHours: 3, floor: 0.1, weekend: 0.5, growth: 0 };
    const tuesday = Date.UTC(2026, 10, 24);
    expect(ratePerHour(rhythm, tuesday + 22 * 3_600_000)).toBeCloseTo(100);
    // The day is a circle: one in the morning is three hours after the peak.
    expect(ratePerHour(rhythm, tuesday + 1 * 3_600_000)).toBeCloseTo(ratePerHour(rhythm, tuesday + 19 * 3_600_000));
    expect(ratePerHour(rhythm, tuesday - 2 * dayMs + 22 * 3_600_000)).toBeCloseTo(50);
    fc.assert(
      fc.property(fc.nat(10 * 365 * dayMs), (atMs) => {
        const rate = ratePerHour(rhythm, atMs);
        expect(rate).toBeLessThanOrEqual(100);
        expect(rate).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it("lets live traffic stay within 25 requests a second at any hour", () => {
    const { accounts } = planDemo(new Date("2026-11-24T12:12:30Z"));
    const clients = accounts.flatMap((account) =>
      account.tokens.map((token) => ({
        account: account.name,
        accountSlug: "x",
        plan: account.plan,
        secret: "x",
        ips: token.ips,
        userAgent: token.userAgent,
        uses: token.uses.filter((use) => use.until === null),
        burst: null,
      })),
    );
    for (let hour = 0; hour < 168; hour += 1) {
      const rates = currentRates(clients, Date.UTC(2026, 10, 23, hour));
      const sum = rates.reduce((total, one) => total + one.perSecond, 0);
      expect(sum, `hour ${hour}`).toBeGreaterThan(3);
      expect(sum, `hour ${hour}`).toBeLessThanOrEqual(25.001);
    }
  });
});

describe("the sample sign-ins", () => {
  it("are told with one password that is long enough and made anew each time", () => {
    const plan = planDemo(new Date("2026-11-24T12:12:30Z"));
    const [one, two] = [newDemoPassword(), newDemoPassword()];
    expect(one).not.toBe(two);
    expect(one.length).toBeGreaterThanOrEqual(12);
    const words = signInWords(signInsOf(plan, one), "http://localhost:3000", "http://127.0.0.1:3001");
    for (const text of [one, "mara@northwind-mail.example", "staff, reviewer", "http://localhost:3000/sign-in"]) {
      expect(words).toContain(text);
    }
  });
});
