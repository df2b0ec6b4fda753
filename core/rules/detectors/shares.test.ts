import fc from "fast-check";
import { expect, it } from "vitest";
import * as words from "#words/words.ts";
import { decisionCodes } from "../vocabulary.ts";
import type { AccountHistory, AccountWindow, Signal } from "./detector.ts";
import { detectors } from "./registry.ts";

const second = 1_000;
const day = 86_400 * second;
const now = 20_000 * day + 14 * 3_600 * second;
const ago = (most: number) => fc.integer({ min: 0, max: most }).map((seconds) => now - seconds * second);
const token = { tokenId: fc.constantFrom("t1", "t2"), endpointId: fc.constantFrom(0, 1) };
const amount = fc.oneof(fc.nat(30), fc.nat(5_000));
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 40 });

const windows: fc.Arbitrary<AccountWindow> = fc.record({
  ...{ nowMs: fc.constant(now), accountId: fc.constant("acc") },
  minutes: some(
    fc.record({ ...token, atMs: ago(3_600), outcome: fc.constantFrom(...decisionCodes), requests: amount }),
  ),
  refusedPaths: some(
    fc.record({
      ...{ atMs: ago(3_600), tokenId: token.tokenId, path: fc.constantFrom("/a", "/b", "/c", "/d", "/e", "/f") },
      code: fc.constantFrom(...decisionCodes),
    }),
  ),
  seconds: some(fc.record({ ...token, atMs: ago(600), allowed: amount, refused: amount })),
  waits: some(fc.record({ ...token, atMs: ago(600), seconds: fc.nat(60), address: fc.constantFrom("a", "b", null) })),
  failingAddresses: some(fc.record({ tokenId: token.tokenId, address: fc.ipV4() })),
  unknownAttempts: some(
    fc.record({
      ...{ network: fc.ipV4(), requests: amount, tokens: fc.nat(60), accounts: fc.nat(3) },
      ownAddress: fc.option(fc.ipV4()),
    }),
  ),
  tokens: fc.constant([{ id: "t1", isRevoked: true }]),
});

const histories: fc.Arbitrary<AccountHistory> = fc.record({
  ...{
    nowMs: fc.constant(now),
    accountId: fc.constant("acc"),
    countedFromMs: fc.constant(0),
    decidedFromMs: fc.constant(0),
  },
  ...{ createdAtMs: ago(8_000_000), requestsToday: amount, cohortP95: fc.option(amount) },
  hours: some(fc.record({ atMs: ago(28 * 86_400), requests: amount })),
  quota: fc.record({
    ...{
      limit: fc.option(fc.nat(900)),
      spentToday: amount,
      refusedToday: amount,
      exhaustedDays: fc.integer({ min: 1, max: 7 }),
    },
    exhaustedAtMs: fc.option(ago(86_400)),
  }),
  networks: some(
    fc.record({
      ...{ tokenId: token.tokenId, networks: fc.nat(90) },
      day: ago(28 * 86_400).map((atMs) => new Date(atMs).toISOString().slice(0, 10)),
    }),
  ),
  usedTokens: some(
    fc.record({
      ...{ id: token.tokenId, createdAtMs: ago(30_000_000), requestsLastHour: amount },
      lastDayMs: fc.option(ago(30_000_000)),
    }),
  ),
  reported: fc
    .record({ statuses: amount, errors: amount, recipients: amount, bounces: amount, complaints: amount })
    .map(({ statuses, errors, ...mail }) => ({
      ...mail,
      ...{ statusesLastHour: statuses + errors, clientErrorsLastHour: errors },
    })),
  withoutPolicy: fc.constant([]),
});

it("no detector says of a part that it is more than the whole", () => {
  fc.assert(
    fc.property(windows, histories, (window, history) => {
      for (const detector of detectors) {
        if (detector.looksAt === "minutes") for (const one of detector.evaluate(window, {})) judged(one);
        if (detector.looksAt === "history") for (const one of detector.evaluate(history, {})) judged(one);
      }
    }),
    { numRuns: 500 },
  );
});

function judged({ facts, magnitude }: Signal): void {
  const sentence = words.signal(facts);
  expect(magnitude).toBeGreaterThan(0);
  expect(sentence).not.toMatch(/NaN|undefined|null|Infinity/);
  for (const [, share] of sentence.matchAll(/([\d,.]+)%/g))
    expect([sentence, numberOf(share) <= 100]).toEqual([sentence, true]);
  if (facts.kind === "probing") expect(facts.distinctPaths).toBeLessThanOrEqual(facts.refused);
  for (const [, part, whole] of sentence.matchAll(/([\d,]+) of ([\d,]+)/g))
    expect([sentence, numberOf(part) <= numberOf(whole)]).toEqual([sentence, true]);
}

function numberOf(text: string | undefined): number {
  return Number(text?.replaceAll(",", ""));
}
