import { Resolver } from "node:dns/promises";
import { Turns } from "../frame/turns.ts";
import type { DomainAnswer } from "../rules/vocabulary.ts";
import { setting } from "../runtime/env.ts";

/** Of one query to one server, and of all tries together. */
const queryMs = 2_000;
const longestMs = 6_000;
/** Of one name; who publishes more has not published this. */
const mostRecords = 50;

/** DNS servers that hang hold these places, and no more. */
const asking = new Turns({ most: 8, mostWaiting: 200, what: "look-ups" });

export type Challenge = { name: string; value: string };

/** The TXT record that proves a domain. */
export function challengeOf({ domain, challenge }: { domain: string; challenge: string }): Challenge {
  return { name: `_gatehouse-challenge.${domain}`, value: `gatehouse-domain=${challenge}` };
}

/**
 * Whether DNS has the record. `absent` only when it says so itself: no such name, no such record, or others. Everything else that
 * can go wrong is `no_answer`. Never throws, and takes seconds at most.
 */
export async function lookUpChallenge({ name, value }: Challenge): Promise<Exclude<DomainAnswer, "taken">> {
  const resolver = new Resolver({ timeout: queryMs, tries: 2 });
  const servers = setting("DOMAIN_DNS_SERVERS");
  if (servers.length > 0) resolver.setServers(servers);
  try {
    const records = await asking.take(async () => {
      const deadline = setTimeout(() => resolver.cancel(), longestMs);
      return resolver.resolveTxt(name).finally(() => clearTimeout(deadline));
    });
    // A long text comes in parts of 255 characters.
    return records.slice(0, mostRecords).some((parts) => parts.join("") === value) ? "found" : "absent";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code === "ENOTFOUND" || code === "ENODATA" ? "absent" : "no_answer";
  }
}
