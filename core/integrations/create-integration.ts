import { integration } from "#db/schema/integrations.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { integrationInput } from "./integration-input.ts";

/** Registers a program that uses the API, so that tokens can say what they are for. */
export const createIntegration = command({
  permission: "integrations:write",
  input: integrationInput,
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const [made] = await ctx.db
      .insert(integration)
      .values({ ...input, accountId, createdAt: ctx.now, updatedAt: ctx.now, updatedByUserId: actorUserId(ctx.actor) })
      .returning({ id: integration.id });
    if (!made) throw new Error("The integration row was not written.");
    return { id: made.id, accountId };
  },
  happened: (input, { id, accountId }) => fact("integration.created", { subjectId: id, accountId }, input),
});
