import type { SessionWay, StaffRole } from "../rules/vocabulary.ts";
import { requiresStaffSecondStep } from "../runtime/env.ts";

type Session = { way: SessionWay; isTwoStep: boolean };

/**
 * Whether a person of the staff still lacks the second step that is required of them, in this session; without one (`null`), as with a
 * key, it is enough that they have set one up. An issuer asks for no code of ours, so there only what was checked counts.
 */
export function lacksSecondStep(hasOne: boolean, staffRole: StaffRole | null, session: Session | null): boolean {
  if (staffRole === null || !requiresStaffSecondStep() || session?.isTwoStep) return false;
  return session?.way === "single_sign_on" || !hasOne;
}
