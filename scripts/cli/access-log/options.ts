import { InvalidArgumentError } from "commander";

/** Parses a whole number of an option; commander reports what is wrong with it. */
export function whole(least: number, most = 1_000_000_000) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
