import { count } from "../number-words.ts";
import type { DecisionCode } from "../vocabulary.ts";
import { type Diagnosis, sumCounts } from "./finding.ts";

const minimumRefused = 20;

const states: readonly { code: DecisionCode; is: string; instruction: string }[] = [
  {
    code: "token_revoked",
    is: "revoked",
    instruction: "Find the client that still sends this token, and give it a new one or switch it off.",
  },
  {
    code: "token_expired",
    is: "expired",
    instruction: "Give the client a new token, or this one a later end under Edit; if nobody needs it, switch it off.",
  },
  {
    code: "token_paused",
    is: "paused",
    instruction: "Unpause the token if its client should run; if not, switch the client off.",
  },
];

/** A client that nobody has told that its token is revoked, expired or paused. */
export const deadToken: Diagnosis = {
  kind: "dead_token",
  title: "Dead or paused token in use",
  find: ({ counts, fromMs }) =>
    states.flatMap(({ code, is, instruction }) =>
      sumCounts(counts, [code], "token")
        .filter(({ requests }) => requests >= minimumRefused)
        .map(({ tokenId, requests, lastAtMs }) => ({
          ...{ kind: "dead_token", tokenId, endpointId: null, fromMs, toMs: lastAtMs, requests, refused: requests },
          evidence: `${count(requests)} requests in 24 hours came with this ${is} token.`,
          instruction,
        })),
    ),
};
