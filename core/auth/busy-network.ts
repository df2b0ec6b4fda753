import type { Ctx } from "../frame/context.ts";
import { rateAdmits, rateSpend } from "../rules/limits/rate-limit.ts";
import { RateRings } from "../rules/limits/rate-rings.ts";
import { subscriberNetwork } from "../rules/networks.ts";

/**
 * From one network an hour: messages asked for, whoever they are for and whether there is such a person; looks at a token, right or
 * wrong; steps of signing in through issuers, each of which makes us ask one; addresses whose issuer is looked up; and passkeys to be judged. An office is one network.
 */
const mostPerHour = { reset: 20, link: 20, token: 60, issuer: 600, address: 600, passkey: 600 };
/** In each web process: what is asked for strangers leaves no row that could be counted. */
const rings = new RateRings(3_600);

/** Whether this network has asked often enough within an hour; if not, this time is counted, before anything is judged. */
export function isFromBusyNetwork({ ip, now }: Ctx, kind: keyof typeof mostPerHour): boolean {
  const network = ip === null ? null : subscriberNetwork(ip);
  if (network === null) return false;
  const ring = rings.of(`${kind} ${network}`, now.getTime());
  if (!rateAdmits(ring, mostPerHour[kind], 1, now.getTime())) return true;
  rateSpend(ring, mostPerHour[kind], 1, now.getTime());
  return false;
}
