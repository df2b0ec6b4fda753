import { setTimeout as sleep } from "node:timers/promises";
import type { DecisionCode } from "#core/rules/vocabulary.ts";
import { GateAway, type GateClient, type VerifyCall } from "../gate-client.ts";

/** The gate was away for longer than anybody wanted to wait. */
export class OutOfPatience extends Error {}

/** The gate remembers request ids for 10 s: the pauses between two attempts stay far below. */
const pausesMs = [20, 50, 100, 200, 400, 800];

type Options = {
  patienceMs: number;
  /** Aborted: no further attempt is made. */
  signal: AbortSignal;
  onAway: (reason: string) => void;
};

/**
 * Asks for one decision and asks the same again, with the same request id, while the gate is away. Null when it was
 * stopped before there was an answer. Throws OutOfPatience, or CallRefused at once.
 */
export async function sendUntilAnswered(
  gate: Pick<GateClient, "verify">,
  call: VerifyCall,
  { patienceMs, signal, onAway }: Options,
): Promise<DecisionCode | null> {
  const giveUpMs = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await gate.verify(call);
    } catch (error) {
      if (!(error instanceof GateAway)) throw error;
      if (signal.aborted) return null;
      if (performance.now() >= giveUpMs) {
        const seconds = Math.round(patienceMs / 1000);
        throw new OutOfPatience(
          `The gate has not answered for ${seconds} s (${error.message}). Go on with the same command and --resume.`,
        );
      }
      onAway(error.message);
    }
    const pauseMs = pausesMs[Math.min(attempt, pausesMs.length - 1)] ?? 0;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return null;
  }
}
