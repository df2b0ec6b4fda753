import { randomUUID } from "node:crypto";
import { inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { scope } from "#db/schema/provider.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { accountsNamed } from "../frame/account-names.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { endOrText } from "../frame/given-as-text.ts";
import { notifyToken } from "../frame/outbox.ts";

export const mostRows = 5_000;
/** A notification may have 8,000 bytes; a hash takes 67. */
const hashesPerNotification = 100;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const importRow = z.strictObject({
  /** Slug, id, or `ext:` and the provider's own id. */
  account: z.string().trim().min(1, words.errors.nameAccount).max(204),
  name: z.string().trim().min(1, deskWords.errors.nameImportedToken).max(50),
  /** Of the whole token as clients send it, in whatever format it has. */
  sha256: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, deskWords.errors.sha256Form),
  scopes: z.array(z.string().max(100)).max(100).default([]),
  expiresAt: endOrText().nullable().default(null),
  /** What may be shown of it, like its last four characters; the start of the hash when left out. */
  preview: z.string().trim().max(40).default(""),
});
export type ImportRow = z.output<typeof importRow>;

/**
 * Takes over tokens that clients have already, by their hashes: they go on working unchanged. A hash that is there is left as it is,
 * so importing the same rows again changes nothing. Rows with an account or scope that does not exist are left out and named.
 */
export const importTokens = command({
  permission: "tokens:import",
  input: z.strictObject({ rows: z.array(importRow).min(1).max(mostRows, deskWords.errors.tooManyRows(mostRows)) }),
  run: async (ctx, { rows }) => {
    const accounts = await accountIds(ctx, rows);
    const scopes = new Set((await ctx.db.select({ name: scope.name }).from(scope)).map((row) => row.name));
    const refused: { row: number; why: string }[] = [];
    const fit = rows.flatMap((row, index) => {
      const accountId = accounts.get(row.account);
      const foreign = row.scopes.find((name) => !scopes.has(name));
      if (accountId && !foreign) return [{ ...row, accountId }];
      refused.push({
        row: index,
        why: accountId && foreign ? words.errors.noSuchScope(foreign) : deskWords.errors.noSuchAccount(row.account),
      });
      return [];
    });
    const made = await insert(ctx, fit);
    for (let start = 0; start < made.length; start += hashesPerNotification) {
      const hashes = made.slice(start, start + hashesPerNotification).map((row) => row.hash);
      await notifyToken(ctx, made[start]?.id ?? "", hashes);
    }
    return { imported: made.length, known: fit.length - made.length, refused };
  },
  happened: (_input, { imported, known, refused }) =>
    imported === 0
      ? null
      : fact("token.imported", { subjectId: "tokens", accountId: null }, { imported, known, refused: refused.length }),
});

/** By what the rows call them. */
async function accountIds(ctx: Ctx, rows: ImportRow[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.map((row) => row.account))];
  const ids = names.filter((name) => uuid.test(name));
  const found = await ctx.db
    .select({ id: account.id, slug: account.slug })
    .from(account)
    .where(or(inArray(account.slug, names), ids.length > 0 ? inArray(account.id, ids) : sql`false`));
  return new Map([
    ...(await accountsNamed(ctx, names)),
    ...found.flatMap(({ id, slug }): [string, string][] => [
      [slug, id],
      [id, id],
    ]),
  ]);
}

/** Tokens and their secrets in one statement (references are checked at its end); the first of two rows with the same hash counts. */
async function insert(ctx: Ctx, rows: (ImportRow & { accountId: string })[]): Promise<{ id: string; hash: string }[]> {
  if (rows.length === 0) return [];
  const given = JSON.stringify(
    rows.map(({ accountId, name, sha256, scopes, expiresAt, preview }, n) => ({
      n,
      id: randomUUID(),
      accountId,
      name,
      hash: sha256,
      scopes,
      expiresAt,
      preview: preview === "" ? `sha256:${sha256.slice(0, 8)}…` : preview,
    })),
  );
  return ctx.db.execute<{ id: string; hash: string }>(sql`
    with given as (
      select distinct on (g.hash) g.* from jsonb_to_recordset(${given}::jsonb)
        as g(n int, id uuid, "accountId" uuid, name text, hash text, scopes jsonb, "expiresAt" timestamptz, preview text)
      where not exists (select 1 from token_secret s where s.hash = decode(g.hash, 'hex'))
      order by g.hash, g.n
    ), made as (
      insert into token (id, account_id, name, scopes, expires_at, created_at)
      select id, "accountId", name, array(select jsonb_array_elements_text(scopes)), "expiresAt", ${ctx.now} from given
    )
    insert into token_secret (token_id, hash, preview, created_at)
    select id, decode(hash, 'hex'), preview, ${ctx.now} from given
    returning token_id as id, encode(hash, 'hex') as hash`);
}
