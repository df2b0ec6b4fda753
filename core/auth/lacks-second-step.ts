import type { SessionWay, StaffRole } from "../rules/vocabulary.ts";
import { staffSecondStep } from "../runtime/env.ts";

type Has = { hasSecondStep: boolean; hasPasskey: boolean };
type Session = { way: SessionWay; isTwoStep: boolean };

/**
 * Whether a person of the staff still lacks the second step that is required of them, in this session; without one (`null`), as with a
 * key, it is enough that they have set one up. An issuer asks for no code of ours, and a password for no passkey, so there only what was
 * checked counts.
 */
export function lacksSecondStep(has: Has, staffRole: StaffRole | null, session: Session | null): boolean {
  const required = staffSecondStep();
  if (staffRole === null || required === "offered" || session?.isTwoStep) return false;
  if (required === "passkey") return session !== null || !has.hasPasskey;
  return session?.way === "single_sign_on" || !has.hasSecondStep;
}
