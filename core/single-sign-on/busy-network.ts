import type { Ctx } from "../frame/context.ts";
import { rateAdmits, rateSpend } from "../rules/limits/rate-limit.ts";
import { RateRings } from "../rules/limits/rate-rings.ts";
import { subscriberNetwork } from "../rules/networks.ts";

/** Steps of signing in through issuers, of one network in a quarter of an hour: an office is one network. In each web process. */
const most = 300;
const rings = new RateRings(900);

/** Counts one more step from where the person is; true = too many, and each would make us ask an issuer. */
export function isFromBusyNetwork({ ip, now }: Ctx): boolean {
  const network = ip === null ? null : subscriberNetwork(ip);
  if (network === null) return false;
  const ring = rings.of(network, now.getTime());
  if (!rateAdmits(ring, most, 1, now.getTime())) return true;
  rateSpend(ring, 1, now.getTime());
  return false;
}

/** For tests only. */
export function forgetBusyNetworks(): void {
  rings.clear();
}
