import type { StaffRole } from "../rules/vocabulary.ts";
import { requiresStaffSecondStep } from "../runtime/env.ts";

/** Whether a person of the staff still lacks the second step that is required of them; `totpSince` null = they have none. */
export function lacksSecondStep(totpSince: Date | null, staffRole: StaffRole | null): boolean {
  return staffRole !== null && totpSince === null && requiresStaffSecondStep();
}
