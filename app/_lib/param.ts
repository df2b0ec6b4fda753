import { z } from "zod";
import { hasUnseen } from "#core/frame/clean-input.ts";

/** A text of a page's address. With a character that nobody types it counts as not given, as a number that is none does. */
export const paramText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !hasUnseen(text));

/** A day of a page's address, as its field gives it; empty where none was. */
export const paramDay = z.literal("").or(z.iso.date()).catch("").default("");

/** A moment as a field for a day and a time gives it, in UTC. */
export function minuteParam(at: Date): string {
  return at.toISOString().slice(0, 16);
}

/** The parameters of an address, with only what was chosen. */
export function chosenParams(params: Readonly<Record<string, string | number | undefined>>): URLSearchParams {
  const chosen = Object.entries(params).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(chosen.map(([name, value]) => [name, String(value)]));
}
