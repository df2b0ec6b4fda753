import { z } from "zod";
import { query } from "../frame/define.ts";
import { discover, isAway } from "./discover.ts";
import { findProvider } from "./find-provider.ts";

/** `other` = something answers there, and is no issuer of exactly this address that can be used. */
export const providerStates = ["answers", "away", "other"] as const;

/** Asks an issuer for its discovery document, so that a wrong address is found before somebody signs in. */
export const checkProvider = query({
  permission: "identity:write",
  input: z.strictObject({ providerId: z.uuid() }),
  run: async (ctx, { providerId }): Promise<{ state: (typeof providerStates)[number] }> => {
    const provider = await findProvider(ctx, providerId);
    try {
      await discover(provider, ctx.now);
      return { state: "answers" };
    } catch (error) {
      return { state: isAway(error) ? "away" : "other" };
    }
  },
});
