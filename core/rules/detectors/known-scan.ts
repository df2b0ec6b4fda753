import { hourMs } from "../time.ts";
import { byToken, defineDetector, type RefusedPath, type Signal } from "./detector.ts";
import { isSensitiveFile, isTraversal, scannerNamed } from "./known-scans.ts";
import { isForbidden, probingCodes } from "./probing.ts";

/**
 * What only a scanner sends, and nobody answered: several distinct files that scanners look for, paths that climb out of their folder, or
 * wrong paths from a program that says it is a scanner. Few are enough, since nobody asks for them by mistake; they are told apart
 * by path, so that one wrong link is none. The lists are data: known-scans.
 */
export const knownScan = defineDetector({
  id: "known_scan",
  version: 1,
  reasonCode: "probing",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: { outcomes: [...probingCodes, "ambiguous_path"], lookBackMs: hourMs },
  looksAt: "minutes",
  defaults: { sensitiveFiles: 5, traversals: 4, scannerPaths: 5 },
  evaluate: ({ refusedPaths, accountId }, config) => {
    const signals = [...byToken(refusedPaths)].flatMap(([tokenId, rows]) => judge(rows, config, "token", tokenId));
    // Spread over many tokens each may stay below; the account as a whole does not.
    return signals.length > 0 ? signals : judge(refusedPaths, config, "account", accountId);
  },
});

type Config = { sensitiveFiles: number; traversals: number; scannerPaths: number };

function judge(rows: readonly RefusedPath[], config: Config, scope: "token" | "account", scopeId: string): Signal[] {
  // What a registered route stands for may be called anything.
  const free = rows.filter((row) => row.asked !== undefined);
  const wrong = free.filter(isForbidden);
  const scanner = wrong.filter((row) => scannerNamed(row.client ?? "") !== null);
  const climbing = free.filter((row) => isTraversal(row.asked ?? ""));
  const sensitive = wrong.filter((row) => isSensitiveFile(row.asked ?? ""));
  for (const [what, found, least, example] of [
    ["scanner_client", scanner, config.scannerPaths, scannerNamed(scanner[0]?.client ?? "") ?? ""],
    ["traversal", climbing, config.traversals, climbing[0]?.asked ?? ""],
    ["sensitive_files", sensitive, config.sensitiveFiles, sensitive[0]?.asked ?? ""],
  ] as const) {
    const distinct = new Set(found.map((row) => row.path)).size;
    if (distinct < least) continue;
    const times = found.map((row) => row.atMs);
    return [
      {
        ...{ scope, scopeId, severity: 2 as const, magnitude: distinct },
        facts: { kind: "known_scan", what, distinct, example },
        evidence: { distinctPaths: distinct },
        seen: { fromMs: Math.min(...times), toMs: Math.max(...times) },
      },
    ];
  }
  return [];
}
