import { expect, it } from "vitest";
import { z } from "zod";
import { inputError } from "./input-error.ts";

const said = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input, { error: inputError }).error?.issues[0]?.message;

it.each<[string, z.ZodType, unknown, string]>([
  ["a missing field", z.object({ name: z.string() }), {}, "This is required."],
  ["an empty text", z.string().min(1), "", "This is required."],
  ["a missing choice", z.object({ kind: z.enum(["a", "b"]) }), {}, "This is required."],
  ["a wrong kind", z.string(), 3, "Must be text."],
  ["a choice that is not there", z.enum(["a", "b"]), "c", "Must be one of a, b."],
  ["a short text", z.string().min(10), "short", "Use at least 10 characters."],
  ["a long list", z.array(z.string()).max(1), ["a", "b"], "Give at most 1."],
  ["a number that must be above", z.number().positive(), 0, "Must be more than 0."],
  ["a fraction", z.int(), 1.5, "Must be a whole number."],
  [
    "no date",
    z.coerce.date(),
    "soon",
    "Must be a time with its zone, like 2026-11-24T12:00:00Z, or a date, like 2026-11-24.",
  ],
  ["no id", z.uuid(), "7", "Must be an id, like 7d1f0a52-3c41-4d6a-9b7e-2f9f0c1a8e55."],
  ["a field nobody knows", z.strictObject({}), { x: 1 }, "There is no such field."],
  ["a schema's own words", z.string().min(3, "Give a reason."), "", "Give a reason."],
])("says of %s what to do", (_, schema, input, words) => {
  expect(said(schema, input)).toBe(words);
});
