import { sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { wrongReason } from "../rules/cases/flag-machine.ts";

/**
 * The three answers to a flag, as conditions. Only right and wrong say something of its detector: who was helped, who had announced
 * the load, a duplicate and a fault of ours were seen rightly, and nobody was to blame.
 */
export const verdicts = {
  right: sql`${flag.state} = 'confirmed'`,
  unsanctioned: sql`(${flag.state} = 'dismissed' and ${flag.dismissReason} is distinct from ${wrongReason})`,
  wrong: sql`(${flag.state} = 'dismissed' and ${flag.dismissReason} = ${wrongReason})`,
};

/** How many flags of a query's rows were answered like this. */
export const countOf = (verdict: keyof typeof verdicts) =>
  sql<number>`count(*) filter (where ${verdicts[verdict]})::int`;
