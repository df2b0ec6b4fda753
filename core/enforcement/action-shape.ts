import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { invalid } from "../frame/errors.ts";
import type { ImposeInput } from "./impose-input.ts";

type Shaped = Pick<
  ImposeInput,
  "type" | "replacesActionId" | "surface" | "tokenId" | "endpointId" | "factor" | "silentHours" | "silenceReason"
>;

/** Refuses what a measure cannot be: one that names the wrong target, or lacks what it needs. Throws `invalid` by field. */
export function checkShape(input: Shaped): void {
  const { type, surface, tokenId, endpointId, factor } = input;
  if (surface !== undefined && type !== "suspension") throw invalid("surface", deskWords.errors.surfaceNeedsSuspension);
  if (endpointId !== undefined && type !== "throttle")
    throw invalid("endpointId", deskWords.errors.endpointNeedsThrottle);
  if (tokenId !== undefined && (type === "suspension" || type === "termination"))
    throw invalid("tokenId", deskWords.errors.coversAccount(words.actionTypes[type].noun));
  if (type === "token_pause" && tokenId === undefined) throw invalid("tokenId", deskWords.errors.chooseToken);
  if (type === "throttle" && factor === undefined) throw invalid("factor", deskWords.errors.chooseFactor);
  if (type !== "throttle" && factor !== undefined) throw invalid("factor", deskWords.errors.factorNeedsThrottle);
  if (type === "notice" && input.replacesActionId !== undefined)
    throw invalid("replacesActionId", deskWords.errors.noticeReplacesNothing);
  if (input.silentHours !== undefined && (input.silenceReason ?? "").length < 3)
    throw invalid("silenceReason", deskWords.errors.saySilence);
}
