import { z } from "zod";
import { numberOrText } from "./given-as-text.ts";

/** Fields of an input that asks for a part of a list: how many, and after how many. */
export const paging = (most: number, standard = most) => ({
  limit: numberOrText(z.number().int().min(1).max(most)).default(standard),
  offset: numberOrText(z.number().int().min(0).max(1_000_000)).default(0),
});
