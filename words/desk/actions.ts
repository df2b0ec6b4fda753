import type { LeftOutReason } from "../../core/rules/standing/batch.ts";
import type { ActionType } from "../../core/rules/vocabulary.ts";
import { actionTypes } from "../en/actions.ts";

/** How each action is offered: what it does in a sentence, and the verb of its button before the account's name. */
export const actionChoices: Record<ActionType, { label: string; effect: string; verb: string }> = {
  notice: {
    label: "Notice",
    effect: "Sends a message that the owner must acknowledge. Nothing changes at the gate.",
    verb: "Give notice to",
  },
  throttle: {
    label: "Throttle",
    effect: "Lowers rate limits from the next request. Excess requests get 429 with Retry-After.",
    verb: "Throttle",
  },
  token_pause: {
    label: "Pause token",
    effect: "Refuses one token with token_paused from the next request. Other tokens work as before.",
    verb: "Pause a token of",
  },
  suspension: {
    label: "Suspend",
    effect:
      "Refuses every call from the next request, at every gate. Lifting it restores everything; no token is changed.",
    verb: "Suspend",
  },
  termination: {
    label: "Terminate",
    effect: "Refuses every call from the next request. After 30 days the tokens are destroyed and it is final.",
    verb: "Terminate",
  },
};

/** Why an account is passed over when one action is meant for many. */
export function leftOut(because: LeftOutReason): string {
  switch (because.code) {
    case "protected":
      return "It is protected. Act on it separately, with a second person.";
    case "same_in_force":
      return "The same action is already in force.";
    case "same_waiting":
      return `The same ${actionTypes[because.type].noun} is already waiting.`;
    case "stricter_in_force":
      return `A stricter action is in force: ${actionTypes[because.type].noun}.`;
  }
}

export const noSuchAccount: string = "There is no such account.";
