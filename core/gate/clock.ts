/**
 * Two readings of one moment, epoch milliseconds. `wallMs` is the time of day: days, expiries, suspensions, records.
 * `steadyMs` never jumps when the machine's clock is set, so that rate limits neither stall nor open; it begins as the wall
 * time of the start, so that records of the journal fit into it.
 */
export type Moment = { wallMs: number; steadyMs: number };

export type Clock = () => Moment;

export function systemClock(): Clock {
  const offsetMs = Date.now() - performance.now();
  return () => ({ wallMs: Date.now(), steadyMs: Math.floor(offsetMs + performance.now()) });
}
