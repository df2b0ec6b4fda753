import "server-only";
import { cache } from "react";
import { memberPageCtx } from "#app/_lib/context.ts";
import { getAccount } from "#core/accounts/get-account.ts";

/** The account's facts, read once for the layout and the page in it. */
export const readAccount = cache(async (slug: string) => getAccount(await memberPageCtx(slug), {}));
