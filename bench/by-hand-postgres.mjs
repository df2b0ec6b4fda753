/**
 * What a team would write by hand without Redis: node:http and one Postgres statement per request, which finds the token and
 * counts the minute and the day by upsert. Arguments: port, database URL.
 */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";

const [port, url] = process.argv.slice(2);
const sql = postgres(url, { max: 16, onnotice: () => undefined });
await sql`create unlogged table if not exists by_hand (account_id uuid, bucket bigint, used int, primary key (account_id, bucket))`;

createServer((request, response) => {
  if (request.method !== "POST") {
    response.end();
    return;
  }
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const { token } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const hash = createHash("sha256").update(token).digest();
    const minute = Math.floor(Date.now() / 60_000);
    const day = -Math.floor(Date.now() / 86_400_000);
    const rows = await sql`
      with t as (select t.account_id from token_secret s join token t on t.id = s.token_id where s.hash = ${hash} and t.revoked_at is null)
      insert into by_hand as b (account_id, bucket, used)
      select account_id, bucket, 1 from t, unnest(${[minute, day]}::bigint[]) as bucket
      on conflict (account_id, bucket) do update set used = b.used + 1 returning account_id, bucket, used`;
    const allowed =
      rows.length === 2 && rows.every((row) => row.used <= (Number(row.bucket) > 0 ? 100_000 : 10_000_000));
    const body = JSON.stringify({ allowed, account: rows[0]?.account_id, limits: rows });
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
    response.end(body);
  });
}).listen(Number(port), "127.0.0.1");
