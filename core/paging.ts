import { z } from "zod";

/** Fields of an input that asks for a part of a list: how many, and after how many. */
export const paging = (most: number, standard = most) => ({
  limit: z.coerce.number().int().min(1).max(most).default(standard),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
