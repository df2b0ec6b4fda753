import { z } from "zod";
import type { UseCase } from "../frame/define.ts";

/**
 * The input of a call that replaces everything, with nothing left to a default: what a caller leaves out by oversight, such as the
 * addresses of a token, would be taken off.
 */
export function wholeInput({ input }: Pick<UseCase, "input">): z.ZodObject {
  if (!(input instanceof z.ZodObject)) throw new Error("Only an object can be replaced as a whole.");
  const named = Object.entries(input.shape).map(([name, field]) => [
    name,
    field instanceof z.ZodDefault ? field.unwrap() : field,
  ]);
  return z.strictObject(Object.fromEntries(named));
}
