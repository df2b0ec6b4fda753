import type { FoundSession } from "#core/auth/find-session.ts";

/** How the person of a session can prove again that it is them. `issuer` = the name of the issuer that they came in through. */
export type ProofWays = { hasPassword: boolean; hasPasskey: boolean; issuer: string | null };

export function proofWaysOf(session: FoundSession | null): ProofWays {
  return {
    hasPassword: session?.hasPassword ?? true,
    hasPasskey: session?.hasPasskey ?? false,
    issuer: session?.issuerName ?? null,
  };
}
