import { createHash, randomBytes, randomUUID } from "node:crypto";

const batch = 10_000;

/**
 * Fills an empty, migrated database: one endpoint with a rate limit, one plan with a quota, and `count` tokens, two per account.
 * @param {import("postgres").Sql} sql
 * @param {(random: (bytes: number) => Uint8Array) => string} mint
 * @returns {Promise<string[]>} the secrets
 */
export async function seedTokens(sql, mint, count) {
  await sql`insert into scope (name, area, description) values ('email:send', 'E-mail', 'Send')`;
  await sql`insert into endpoint (name, surface, method, path, scope, rate_limit, window_seconds)
    values ('email.send', 'http', 'POST', '/v1/email', 'email:send', 100000, 60)`;
  for (let i = 0; i < 40; i++) {
    await sql`insert into endpoint (name, surface, method, path, rate_limit, window_seconds)
      values (${`other.${i}`}, 'http', 'GET', ${`/v1/other-${i}/{id}`}, 60, 60)`;
  }
  const [plan] = await sql`insert into plan (name, quota_per_day) values ('Bench', 10000000) returning id`;
  const secrets = [];
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    const accounts = Array.from({ length: Math.ceil(size / 2) }, () => randomUUID());
    await sql`insert into account (id, name, slug, plan_id)
      select id, id::text, id::text, ${plan.id} from unnest(${accounts}::uuid[]) as id`;
    const made = Array.from({ length: size }, (_, i) => {
      const secret = mint(randomBytes);
      return {
        id: randomUUID(),
        account: accounts[i >> 1],
        secret,
        hash: createHash("sha256").update(secret).digest("hex"),
      };
    });
    const ids = made.map((one) => one.id);
    await sql`insert into token (id, account_id, name, scopes)
      select id, account, 'Bench', '{email:send}' from unnest(${ids}::uuid[], ${made.map((one) => one.account)}::uuid[]) as t (id, account)`;
    await sql`insert into token_secret (token_id, hash, preview)
      select id, decode(hash, 'hex'), 'gth_…' from unnest(${ids}::uuid[], ${made.map((one) => one.hash)}::text[]) as t (id, hash)`;
    secrets.push(...made.map((one) => one.secret));
  }
  await sql`analyze`;
  return secrets;
}
