import { recordSignals } from "#core/detection/record-signals.ts";
import { jobCtx } from "#core/frame/context.ts";
import { database, makeAccount } from "./sign-in.ts";

/** An account with one open case; returns the case's account name. */
export async function makeCase(name: string): Promise<{ accountId: string; name: string }> {
  const account = await makeAccount(name);
  const signal = {
    detector: "probing",
    detectorVersion: 1,
    scope: "account" as const,
    scopeId: account.accountId,
    severity: 2,
    magnitude: 40,
    summary: "40 distinct refused paths in an hour; 40 of 60 requests were not for it",
    evidence: { distinctPaths: 40 },
  };
  await recordSignals(jobCtx(database().db, "e2e", new Date()), { accountId: account.accountId, signals: [signal] });
  return account;
}
