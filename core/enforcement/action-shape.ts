import { invalid } from "../frame/errors.ts";
import type { ImposeInput } from "./impose-input.ts";

type Shaped = Pick<
  ImposeInput,
  "type" | "replacesActionId" | "surface" | "tokenId" | "endpointId" | "factor" | "silentHours" | "silenceReason"
>;

/** Refuses what a measure cannot be: one that names the wrong target, or lacks what it needs. Throws `invalid` by field. */
export function checkShape(input: Shaped): void {
  const { type, surface, tokenId, endpointId, factor } = input;
  if (surface !== undefined && type !== "suspension") throw invalid("surface", "Only a suspension closes one surface.");
  if (endpointId !== undefined && type !== "throttle")
    throw invalid("endpointId", "Only a throttle is for one endpoint.");
  if (tokenId !== undefined && (type === "suspension" || type === "termination"))
    throw invalid("tokenId", `A ${type} is of the account. Pause the token instead.`);
  if (type === "token_pause" && tokenId === undefined) throw invalid("tokenId", "Choose the token to pause.");
  if (type === "throttle" && factor === undefined) throw invalid("factor", "Choose how far the limits are lowered.");
  if (type !== "throttle" && factor !== undefined) throw invalid("factor", "Only a throttle has a factor.");
  if (type === "notice" && input.replacesActionId !== undefined)
    throw invalid("replacesActionId", "A notice takes the place of nothing. Lift the action instead.");
  if (input.silentHours !== undefined && (input.silenceReason ?? "").length < 3)
    throw invalid("silenceReason", "Say why the owner is not told yet.");
}
