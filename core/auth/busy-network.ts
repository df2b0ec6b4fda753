import type { Ctx } from "../frame/context.ts";
import { rateAdmits, rateSpend } from "../rules/limits/rate-limit.ts";
import { RateRings } from "../rules/limits/rate-rings.ts";
import { subscriberNetwork } from "../rules/networks.ts";

/** Messages asked for from one network an hour, of each kind, whoever they are for and whether there is such a person. */
const mostPerHour = 20;
/** In each web process: what is asked for strangers leaves no row that could be counted. */
const rings = new RateRings(3_600);

/** Whether this network has asked for enough messages of a kind within an hour; if not, this one is counted. */
export function isFromBusyNetwork({ ip, now }: Ctx, kind: "reset" | "link"): boolean {
  const network = ip === null ? null : subscriberNetwork(ip);
  if (network === null) return false;
  const ring = rings.of(`${kind} ${network}`, now.getTime());
  if (!rateAdmits(ring, mostPerHour, 1, now.getTime())) return true;
  rateSpend(ring, 1, now.getTime());
  return false;
}
