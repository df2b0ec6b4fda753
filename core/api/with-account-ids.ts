import * as deskWords from "#words/desk.ts";
import { accountsNamed, isExternalName } from "../frame/account-names.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

const description = "Its id, or `ext:` and your own id of it, such as `ext:cus_4711`.";
const schema = { type: "string", description };

/** Every field of an input that names accounts, with its published schema where staff may call: they may name them by their own id. */
export const accountIdSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  accountId: schema,
  filterAccountId: schema,
  accountIds: { type: "array", items: schema },
};

/**
 * The input of a call of staff with accounts by id where it names them as `ext:…`: the one place that knows of it, so that no use case
 * does. For anybody else such a name is no id. Throws `not_found` with the fields that name no account.
 */
export async function withAccountIds(ctx: Ctx, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  if (ctx.actor.kind !== "staff") return input;
  const named = Object.keys(accountIdSchemas).filter((field) => namesIn(input[field]).length > 0);
  if (named.length === 0) return input;
  const names = named.flatMap((field) => namesIn(input[field]));
  const ids = await accountsNamed(ctx, names);
  const unknown = names.find((name) => !ids.has(name));
  if (unknown !== undefined) throw new AppError("not_found", deskWords.errors.noSuchAccount(unknown));
  const replace = (value: unknown) => (isExternalName(value) ? ids.get(value) : value);
  const replaced = named.map((field) => {
    const value = input[field];
    return [field, Array.isArray(value) ? value.map(replace) : replace(value)];
  });
  return { ...input, ...Object.fromEntries(replaced) };
}

function namesIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter(isExternalName);
}
