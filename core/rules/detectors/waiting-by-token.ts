import { groupBy } from "../group-by.ts";
import { type Waiting, waitingOf } from "../usage/waiting.ts";
import { type AccountWindow, byToken } from "./detector.ts";

/** How each token keeps the waits it was told in the last ten minutes, endpoint by endpoint. */
export function waitingByToken({ waits, seconds }: Pick<AccountWindow, "waits" | "seconds">): Map<string, Waiting[]> {
  const secondsOf = byToken(seconds);
  return new Map(
    [...byToken(waits)].map(([tokenId, told]) => {
      const own = groupBy(secondsOf.get(tokenId) ?? [], (one) => one.endpointId);
      const endpoints = groupBy(told, (one) => one.endpointId);
      return [tokenId, [...endpoints].map(([endpointId, those]) => waitingOf(those, own.get(endpointId) ?? []))];
    }),
  );
}
