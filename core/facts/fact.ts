import type { FactData, FactName } from "./catalogue.ts";

/** Where a fact belongs. */
export type About = {
  /** Id of the subject its declaration names; `many` where it stands for several. */
  subjectId: string;
  /** Null = it concerns no account. */
  accountId: string | null;
  /** The case whose timeline it enters, if its declaration says that it enters one. */
  caseId?: string | null;
  /** The account is not told for now: nothing of it goes to the account's webhooks, and no notice is sent. */
  isSilent?: boolean;
};

/** Something that happened, ready to be recorded. */
export type Fact = About & { name: FactName; data: Record<string, unknown> };

/** A fact of the catalogue. A misspelt name, or data that is not the fact's, does not compile. */
export function fact<Name extends FactName>(
  name: Name,
  about: About,
  ...[data]: Record<string, never> extends FactData<Name> ? [data?: FactData<Name>] : [data: FactData<Name>]
): Fact {
  return { name, ...about, data: (data ?? {}) as Record<string, unknown> };
}
