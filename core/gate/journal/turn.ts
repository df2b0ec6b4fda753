/**
 * One turn of the event loop: what has arrived is parsed first, then all requests in it are decided, then the journal is written
 * once for all of them. So the batch is as large as it can be without anybody waiting for another turn.
 */

let parsed: (() => void)[] = [];
let last: (() => void)[] = [];
let isScheduled = false;

/** Runs when everything that has arrived in this turn is parsed. */
export function whenParsed(work: () => void): void {
  parsed.push(work);
  schedule();
}

/** Runs at the end of this turn, after all of the above. */
export function atEndOfTurn(work: () => void): void {
  last.push(work);
  schedule();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(run);
}

function run(): void {
  const first = parsed;
  parsed = [];
  for (let i = 0; i < first.length; i++) guarded(first[i]);
  const then = last;
  last = [];
  isScheduled = false;
  for (let i = 0; i < then.length; i++) guarded(then[i]);
  if (parsed.length > 0) schedule();
}

/** An error ends the process as it would anywhere else, but not before the rest of the turn has happened. */
function guarded(work: (() => void) | undefined): void {
  try {
    work?.();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
}
