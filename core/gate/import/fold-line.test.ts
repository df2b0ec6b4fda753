import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeRecord, encodeRecord, type JournalRecord } from "../journal/journal-line.ts";
import { foldLine } from "./fold-line.ts";
import { Tally } from "./tally.ts";
import { readShape } from "./usage-count.ts";

const noon = Date.UTC(2026, 10, 24, 12);
const ids = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];

/** Few of each, so that lines come again; some of it hostile. */
const record: fc.Arbitrary<JournalRecord> = fc
  .record({
    atMs: fc.integer({ min: noon, max: noon + 130_000 }),
    isAllowed: fc.boolean(),
    surface: fc.constantFrom("http" as const, "smtp" as const),
    accountId: fc.constantFrom(ids[0] ?? "", ids[1] ?? ""),
    tokenId: fc.constantFrom(ids[0] ?? "", ids[1] ?? ""),
    secretId: fc.constantFrom(null, null, ids[1] ?? ""),
    endpointId: fc.integer({ min: 0, max: 2 }),
    spent: fc.constantFrom(1, 2, 500),
    recipients: fc.constantFrom(null, null, 4),
    ip: fc.constantFrom(null, "192.0.2.7", "192.0.2.9", "2001:db8::1", "nowhere"),
    userAgent: fc.constantFrom(null, "client/1", "a\\u0041", "aA", "é"),
    requestId: fc.constantFrom(null, "one\ttwo"),
    caller: fc.constant(""),
  })
  .map(({ isAllowed, ...of }) => {
    const refusal = { receipt: "rcp_x", method: null, path: null, limiter: null, retryAfterSeconds: null };
    return isAllowed
      ? { ...of, code: "allowed" as const, refusal: null }
      : {
          ...{ ...of, code: "rate_limited" as const, spent: 0, recipients: null },
          refusal: { ...refusal, missingScope: null, tokenKey: null },
        };
  });

/** What a line was, or what a fault has made of it. */
const line = fc
  .tuple(record, fc.integer({ min: 0, max: 40 }), fc.nat(), fc.constantFrom("\t", "x", "0", ""))
  .map(([one, fault, at, put]) => {
    const whole = encodeRecord(one).slice(0, -1);
    if (fault > 3) return whole;
    const where = at % whole.length;
    return whole.slice(0, where) + put + whole.slice(where + 1);
  });

function sumsOf(sums: Tally) {
  const { minutes, networks, secrets, attempts, recipients, lastUses, refusals, records, traffic } = sums;
  return {
    minutes: minutes.map((one) => ({ ...one, shape: readShape(one) })),
    traffic: traffic.map(({ usage, ...one }) => ({ ...one, atMs: usage.atMs, outcome: usage.outcome })),
    ...{ networks, secrets, attempts, recipients, lastUses, refusals, records },
  };
}

it("folds lines as they lie in the journal into the same counts as their records", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), (lines) => {
      const folded = new Tally();
      const decoded = new Tally();
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(""), "latin1");
      let start = 0;
      for (const text of lines) {
        const one = decodeRecord(text);
        const isRecord = foldLine(folded, bytes, start, start + text.length);
        expect(isRecord).toBe(one !== null);
        if (one) decoded.add(one);
        start += text.length + 1;
      }
      expect(sumsOf(folded)).toEqual(sumsOf(decoded));
    }),
    { numRuns: 500 },
  );
});

it("keeps the shape of a minute: every decision in its second, whatever their order and number", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(59_999), { minLength: 1, maxLength: 300 }), (offsets) => {
      const sums = new Tally();
      const [accountId = "", tokenId = ""] = ids;
      for (const offset of offsets)
        sums.add({
          ...{
            atMs: noon + offset,
            code: "allowed",
            surface: "http",
            accountId,
            tokenId,
            secretId: null,
            endpointId: 1,
          },
          ...{ spent: 1, recipients: null, ip: null, userAgent: null, caller: "", requestId: null, refusal: null },
        });
      const bySecond = new Array<number>(60).fill(0);
      const wanted = new Array<number>(60).fill(0);
      for (const one of sums.minutes.flatMap(readShape)) {
        const second = (one.atMs - noon) / 1000;
        bySecond[second] = (bySecond[second] ?? 0) + one.allowed;
      }
      for (const offset of offsets) {
        const second = Math.floor(offset / 1000);
        wanted[second] = (wanted[second] ?? 0) + 1;
      }
      expect(bySecond).toEqual(wanted);
    }),
  );
});
