import { SingleBar } from "cli-progress";
import * as format from "#words/format.ts";

export type Progress = {
  update: (done: number) => void;
  /** A sentence between: the bar is drawn again below it. */
  say: (text: string) => void;
  stop: () => void;
};

const lineEveryMs = 3_000;

/**
 * Shows on standard error how far a long command is: a bar on a terminal, a line every few seconds elsewhere, and nothing at
 * all for what ends sooner.
 */
export function showProgress(title: string, total: number, unit: string, isQuiet = false): Progress {
  if (isQuiet) return { update: () => undefined, say: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? bar(title, total, unit) : lines(title, total, unit);
}

function bar(title: string, total: number, unit: string): Progress {
  const shown = new SingleBar({
    format: `${title} {bar} {percentage} %  {value} of {total} ${unit}  {eta_formatted} left`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    etaBuffer: 50,
    formatValue: (value, _options, type) => (type === "value" || type === "total" ? number(value) : String(value)),
  });
  shown.start(total, 0);
  let current = 0;
  return {
    update: (done) => {
      current = done;
      shown.update(done);
    },
    say: (text) => {
      shown.stop();
      process.stderr.write(`${text}\n`);
      shown.start(total, current);
    },
    stop: () => shown.stop(),
  };
}

function lines(title: string, total: number, unit: string): Progress {
  let saidMs = Date.now();
  let saidDone = 0;
  const say = (text: string) => process.stderr.write(`${text}\n`);
  return {
    update: (done) => {
      const nowMs = Date.now();
      if (nowMs - saidMs < lineEveryMs) return;
      const perSecond = Math.round(((done - saidDone) / (nowMs - saidMs)) * 1000);
      const percent = total > 0 ? Math.floor((done / total) * 100) : 100;
      say(`${title}: ${number(done)} of ${number(total)} ${unit} (${percent} %), ${number(perSecond)}/s`);
      saidMs = nowMs;
      saidDone = done;
    },
    say,
    stop: () => undefined,
  };
}

/** `10,000` */
export function number(value: number): string {
  return format.count(value);
}
