/**
 * Two readings of one moment, in milliseconds. `wallMs` is the time of day since 1970: days, expiries, suspensions, records.
 * `steadyMs` never jumps when the machine's clock is set, so that rate limits neither stall nor open. It begins one day at the
 * start, so that what was recorded before has a place on it too, and stays small, which makes counting with it cheap.
 */
export type Moment = { wallMs: number; steadyMs: number };

export type Clock = () => Moment;

const startAtMs = 86_400_000;

export function systemClock(): Clock {
  const offsetMs = startAtMs - performance.now();
  return () => ({ wallMs: Date.now(), steadyMs: Math.floor(offsetMs + performance.now()) });
}
