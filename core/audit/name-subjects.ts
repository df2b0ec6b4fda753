import { inArray } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { action } from "#db/schema/enforcement.ts";
import { accountDomain, identityProvider } from "#db/schema/identity.ts";
import { integration } from "#db/schema/integrations.ts";
import { endpoint, plan } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { webhookEndpoint } from "#db/schema/webhooks.ts";
import { detectorTitle } from "#words/desk.ts";
import * as words from "#words/words.ts";
import type { Subject } from "../facts/declare.ts";
import type { Ctx } from "../frame/context.ts";
import type { ActionType } from "../rules/vocabulary.ts";

type Named = { subjectKind: string; subjectId: string };
type Column = { table: PgTable; id: PgColumn; name: PgColumn; isNumber?: true };

/** Where the names of subjects stand. Those that have no name of their own are left out: the account beside them says whose they are. */
const columns: Partial<Record<Subject, Column>> = {
  account: { table: account, id: account.id, name: account.name },
  account_domain: { table: accountDomain, id: accountDomain.id, name: accountDomain.domain },
  action: { table: action, id: action.id, name: action.type },
  endpoint: { table: endpoint, id: endpoint.id, name: endpoint.name, isNumber: true },
  identity_provider: { table: identityProvider, id: identityProvider.id, name: identityProvider.name },
  integration: { table: integration, id: integration.id, name: integration.name },
  plan: { table: plan, id: plan.id, name: plan.name, isNumber: true },
  token: { table: token, id: token.id, name: token.name },
  user: { table: user, id: user.id, name: user.name },
  webhook_endpoint: { table: webhookEndpoint, id: webhookEndpoint.id, name: webhookEndpoint.url },
};

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const isNumber = /^\d{1,9}$/;

/** What the subjects of audit events are called today, by `subjectKey`; what has no name, or is gone, is not in it. */
export async function nameSubjects(ctx: Ctx, subjects: readonly Named[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const kind of new Set(subjects.map((one) => one.subjectKind))) {
    const ids = [...new Set(subjects.filter((one) => one.subjectKind === kind).map((one) => one.subjectId))];
    if (kind === "detector") for (const id of ids) names.set(subjectKey(kind, id), detectorTitle(id));
    const column = columns[kind as Subject];
    const known = ids.filter((id) => (column?.isNumber ? isNumber : isUuid).test(id));
    if (!column || known.length === 0) continue;
    const found = await ctx.db
      .select({ id: column.id, name: column.name })
      .from(column.table)
      .where(inArray(column.id, column.isNumber ? known.map(Number) : known));
    for (const { id, name } of found) names.set(subjectKey(kind, String(id)), nameOf(kind, String(name)));
  }
  return names;
}

export function subjectKey(kind: string, id: string): string {
  return `${kind} ${id}`;
}

function nameOf(kind: string, name: string): string {
  return kind === "action" ? words.actionTypes[name as ActionType].label : name;
}
