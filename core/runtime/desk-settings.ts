import { z } from "zod";

const atLeastOne = z.coerce.number().int().min(1).max(1_000_000);

/** What the desk is asked to do, for the environment's schema. */
export const deskSettings = {
  DETECTOR_FLAGS_PER_HOUR: atLeastOne
    .default(50)
    .describe("Flags of one detector that join cases within an hour; further ones are held, and the desk says so."),
  DETECTOR_FLAGS_PER_DAY: atLeastOne.default(200).describe("The same within 24 hours."),
};
