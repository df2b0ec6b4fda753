/**
 * What a team would write by hand: Express, rate-limiter-flexible on Redis for the minute and the day, tokens in memory.
 * It keeps no record of what it decided. Arguments: port, Redis URL, a JSON file of [hash, { account }] of the tokens.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createClient } from "@redis/client";
import express from "express";
import { RateLimiterRedis } from "rate-limiter-flexible";

const [port, redisUrl, tokenFile] = process.argv.slice(2);
const tokens = new Map(JSON.parse(readFileSync(tokenFile, "utf8")));
const client = createClient({ url: redisUrl });
client.on("error", () => undefined);
await client.connect();
const minute = new RateLimiterRedis({
  storeClient: client,
  useRedisPackage: true,
  keyPrefix: "m",
  points: 100_000,
  duration: 60,
});
const day = new RateLimiterRedis({
  storeClient: client,
  useRedisPackage: true,
  keyPrefix: "d",
  points: 10_000_000,
  duration: 86_400,
});

const app = express();
app.disable("x-powered-by");
app.use(express.json());
app.post("/v1/verify", async (request, response) => {
  const found = tokens.get(createHash("sha256").update(request.body.token).digest("hex"));
  if (!found) return response.json({ allowed: false, code: "unknown_token" });
  try {
    const [perMinute, perDay] = await Promise.all([
      minute.consume(`${found.account}:email`),
      day.consume(found.account),
    ]);
    response.json({
      allowed: true,
      account: found.account,
      limits: [
        { name: "rate", remaining: perMinute.remainingPoints, reset_s: Math.ceil(perMinute.msBeforeNext / 1000) },
        { name: "quota", remaining: perDay.remainingPoints, reset_s: Math.ceil(perDay.msBeforeNext / 1000) },
      ],
    });
  } catch {
    response.json({ allowed: false, code: "rate_limited" });
  }
});
app.listen(Number(port), "127.0.0.1");
