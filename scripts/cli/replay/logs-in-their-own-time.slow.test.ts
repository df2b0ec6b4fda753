import { describe, expect, it } from "vitest";
import { minuteMs } from "#core/rules/time.ts";
import { optionalParts } from "../../test/optional.mjs";
import { judgeLog, scannersOf } from "./testing-log.ts";

const { accessLog, moreLogs } = optionalParts();
const isOf = (folder: string) => (file: string) => file.includes(`/${folder}/`);
const scans = moreLogs.filter(isOf("scans"));
const ordinary = [...(accessLog === null ? [] : [accessLog]), ...moreLogs.filter(isOf("ordinary"))];

/** A log of a hundred thousand lines takes half a minute on a quiet machine. */
const withinMs = 300_000;

// `npm test` says that it is left out when there is no log.
describe.skipIf(scans.length === 0)("recorded scans, in their own time", () => {
  it.each(scans)(
    "%s: each scanner is flagged within two minutes of its traffic, the others are spared",
    async (file) => {
      const { flags } = await judgeLog(file);
      const found = flags.filter(({ detector }) => detector === "probing" || detector === "known_scan");
      for (const { client, detector, afterMs, requests } of flags)
        console.info(`${client} ${detector} after ${afterMs / 1000} s, ${requests} requests`);
      expect([...new Set(found.map((one) => one.client))].sort()).toEqual([...scannersOf(file)]);
      for (const { afterMs } of found.filter((one, i) => found.findIndex((other) => other.client === one.client) === i))
        expect(afterMs).toBeLessThanOrEqual(2 * minuteMs);
      const probing = flags.filter(({ detector }) => detector === "probing");
      expect(new Set(probing.map((one) => one.client)).size).toBe(scannersOf(file).length);
      expect(new Set(flags.map((one) => one.client)).size).toBe(scannersOf(file).length);
    },
    withinMs,
  );
});

describe.skipIf(ordinary.length === 0)("ordinary recorded logs, in their own time", () => {
  it.each(ordinary)(
    "%s: nobody is flagged",
    async (file) => {
      const { flags, clients, accountDays } = await judgeLog(file);
      console.info(`${clients} clients, ${accountDays} account-days`);
      expect(flags).toEqual([]);
    },
    withinMs,
  );
});
