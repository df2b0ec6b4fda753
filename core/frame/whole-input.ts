import { z } from "zod";
import type { UseCase } from "./define.ts";

const formFields = new WeakSet<z.ZodType>();

/** Marks a field that only forms have, such as a checkbox beside a number that can be empty. A call says null. */
export function ofForm<Schema extends z.ZodType>(field: Schema): Schema {
  formFields.add(field);
  return field;
}

const keptFields = new WeakSet<z.ZodType>();

/** Marks a field that stays as it is when it is left out, because nobody can read it to write it back: a secret. */
export function keptIfLeftOut<Schema extends z.ZodType>(field: Schema): Schema {
  keptFields.add(field);
  return field;
}

/**
 * The input of a call that replaces everything, with nothing left to a default: what a caller leaves out by oversight, such as the
 * addresses of a token, would be taken off.
 */
export function wholeInput({ input }: Pick<UseCase, "input">): z.ZodObject {
  if (!(input instanceof z.ZodObject)) throw new Error("Only an object can be replaced as a whole.");
  const named = Object.entries(input.shape)
    .filter(([, field]) => !formFields.has(field))
    .map(([name, field]) => [name, name === "version" || keptFields.has(field) ? field : unwrapped(field)]);
  return z.strictObject(Object.fromEntries(named));
}

/** Without what stands in for a field that is left out; null stays a value. */
function unwrapped(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault || field instanceof z.ZodOptional
    ? unwrapped(field.unwrap() as z.ZodType)
    : field;
}
