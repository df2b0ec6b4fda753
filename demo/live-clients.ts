import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { surfaces } from "#core/rules/vocabulary.ts";
import { writePrivately } from "../scripts/cli/access-log/secrets-file.ts";
import { cast } from "./companies.ts";
import type { SeededToken } from "./token-steps.ts";

const rhythm = z.object({
  peakPerHour: z.number(),
  peakHour: z.number(),
  widthHours: z.number(),
  floor: z.number(),
  weekend: z.number(),
  growth: z.number(),
});

const clientSchema = z.object({
  account: z.string(),
  accountSlug: z.string(),
  plan: z.string(),
  secret: z.string(),
  ips: z.array(z.string()),
  userAgent: z.string(),
  uses: z.array(z.object({ endpoint: z.string(), surface: z.enum(surfaces), rhythm })),
  /** Now and then many requests at once. */
  burst: z
    .object({
      endpoint: z.string(),
      firstAfterS: z.number(),
      everyS: z.number(),
      lastsS: z.number(),
      perSecond: z.number(),
    })
    .nullable(),
});
/** Who sends live traffic in the demo, as the history ends. */
export type LiveClient = z.output<typeof clientSchema>;

const fileSchema = z.object({ version: z.literal(1), clients: z.array(clientSchema) });

const pathOf = (dataDir: string) => join(dataDir, "demo-tokens.json");

/** Everybody whose history runs to the end, refused or not: a client that is not told goes on. */
export function liveClients(tokens: readonly SeededToken[], now: Date): LiveClient[] {
  return tokens.flatMap(({ account, name, secret, ips, userAgent, uses }) => {
    const current = uses.filter((use) => use.until === null || use.until >= now);
    // The account whose spending was told exactly goes on, slowly, until its quota is used up.
    const spending = account.name === cast.nearlySpent && name === "website-forms" ? uses.slice(0, 1).map(slowly) : [];
    const shown = [...current, ...spending].map(({ endpoint, surface, rhythm }) => ({ endpoint, surface, rhythm }));
    if (shown.length === 0) return [];
    const burst = bursts[`${account.name} ${name}`] ?? null;
    return [
      {
        account: account.name,
        accountSlug: account.slug,
        plan: account.plan,
        secret,
        ips,
        userAgent,
        uses: shown,
        burst,
      },
    ];
  });
}

const bursts: Record<string, NonNullable<LiveClient["burst"]>> = {
  [`${cast.excess} billing-cron`]: { endpoint: "email.send", firstAfterS: 0, everyS: 240, lastsS: 75, perSecond: 4 },
  [`${cast.bursting} dashboard`]: { endpoint: "activity.list", firstAfterS: 90, everyS: 420, lastsS: 45, perSecond: 5 },
};

/** One request every 25 s, whatever the hour. */
function slowly<Use extends { rhythm: LiveClient["uses"][number]["rhythm"] }>(use: Use): Use {
  return { ...use, rhythm: { ...use.rhythm, peakPerHour: 144, floor: 1, weekend: 1 } };
}

export function writeLiveClients(dataDir: string, clients: LiveClient[]): void {
  writePrivately(pathOf(dataDir), JSON.stringify({ version: 1, clients }));
}

/** Throws when there is no demo in this folder. */
export function readLiveClients(dataDir: string): LiveClient[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(pathOf(dataDir), "utf8"))).clients;
  } catch {
    throw new Error(`There are no demo clients in ${dataDir}. Start the demo with: npm run demo`);
  }
}
