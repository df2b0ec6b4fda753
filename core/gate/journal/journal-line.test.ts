import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitNames } from "../../rules/limits/catalogue.ts";
import { decisionCodes, surfaces } from "../../rules/vocabulary.ts";
import { decodeRecord, encodeRecord, type JournalRecord, maxPathKept, maxUserAgentLength } from "./journal-line.ts";

const text = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const id = orNull(fc.uuid());
const count = fc.nat(1_000_000);

const records: fc.Arbitrary<JournalRecord> = fc
  .record({
    atMs: fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2099, 0, 1) }),
    code: fc.constantFrom(...decisionCodes),
    surface: fc.constantFrom(...surfaces),
    accountId: id,
    tokenId: id,
    secretId: id,
    endpointId: count,
    spent: count,
    recipients: orNull(count),
    ip: orNull(fc.ipV6()),
    userAgent: orNull(text),
    caller: fc.constantFrom("", "edge-1"),
    requestId: orNull(text.map((one) => one.slice(0, 100))),
    refusal: fc.record({
      receipt: fc.constant("rcp_0mwuagxf1dxlo2wkpaskfvhjx"),
      method: fc.constantFrom("GET", null),
      path: orNull(text),
      limiter: orNull(
        fc.record({
          name: fc.constantFrom(...limitNames),
          limit: count,
          used: count,
          windowSeconds: count,
          cost: count,
        }),
      ),
      retryAfterSeconds: orNull(count),
      missingScope: orNull(fc.constant("email:send")),
      tokenKey: orNull(fc.constant("ab".repeat(32))),
    }),
  })
  .map((record) => (record.code === "allowed" ? { ...record, refusal: null } : record));

/** What Postgres cannot hold comes back as U+FFFD. */
function restorable(value: string | null, max: number): string | null {
  return value === null ? null : value.slice(0, max).replace(/\p{Cc}|\p{Cs}/gu, "\ufffd");
}

describe("line of the journal", () => {
  it("is one line of ASCII that gives the same record back, whatever clients send", () => {
    fc.assert(
      fc.property(records, (record) => {
        const line = encodeRecord(record);
        expect(line).toMatch(/^[\t\x20-\x7e]+\n$/);
        expect(decodeRecord(line.slice(0, -1))).toEqual({
          ...record,
          userAgent: restorable(record.userAgent, maxUserAgentLength),
          requestId: restorable(record.requestId, 128),
          refusal: record.refusal && { ...record.refusal, path: restorable(record.refusal.path, maxPathKept) },
        });
      }),
    );
  });

  it("of a version that knew no recipients is read as telling none", () => {
    const line = `1\t${Date.UTC(2026, 0, 1)}\tallowed\thttp\t\t\t3\t2\t\t\t\t`;
    expect(decodeRecord(line)).toMatchObject({ spent: 2, recipients: null });
    expect(decodeRecord(line.replace("\t2\t", "\t2:500\t"))).toMatchObject({ spent: 2, recipients: 500 });
    expect(decodeRecord(line.replace("\t2\t", "\t2:x\t"))).toBeNull();
  });

  it("is not taken for a record when it is cut anywhere", () => {
    fc.assert(
      fc.property(records, fc.nat(400), (record, at) => {
        const line = encodeRecord(record).slice(0, -1);
        fc.pre(at < line.length - 1);
        const found = decodeRecord(line.slice(0, at));
        // A cut inside the last field cannot be told; that is what the line end is for.
        if (found !== null) expect(line.slice(0, at).split("\t")).toHaveLength(line.split("\t").length);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["another version", "3\t1795500000000\tallowed\thttp\t\t\t0\t0\t\t\t\t"],
    ["an unknown code", "1\t1795500000000\tfine\thttp\t\t\t0\t0\t\t\t\t"],
    ["a time that is none", "1\tyesterday\tallowed\thttp\t\t\t0\t0\t\t\t\t"],
    ["a time outside the calendar", "1\t9999999999999999\tallowed\thttp\t\t\t0\t0\t\t\t\t"],
    ["an endpoint no table holds", "1\t1795500000000\tallowed\thttp\t\t\t99999999999\t0\t\t\t\t"],
    ["an account that is no id", "1\t1795500000000\tallowed\thttp\tx\t\t0\t0\t\t\t\t"],
    ["a secret that is no id", "2\tx\t1795500000000\tallowed\thttp\t\t\t0\t0\t\t\t\t"],
    ["a refusal without its receipt", "1\t1795500000000\trate_limited\thttp\t\t\t0\t0\t\t\t\t"],
    ["zero bytes", "\u0000".repeat(50)],
  ])("does not take %s for one", (_, line) => expect(decodeRecord(line)).toBeNull());

  it("answers for every text without throwing", () => {
    const piece = fc.oneof(
      fc.constantFrom("1", "allowed", "http", "", "\t", "1795500000000", "\\u00"),
      fc.string({ unit: "binary" }),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void decodeRecord(pieces.join("\t"))));
  });
});
