import type { ActionType } from "../../core/rules/vocabulary.ts";

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
