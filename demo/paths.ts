import type { Random } from "./random.ts";

const lists = ["bounces", "complaints", "unsubscribes"];
const reports = ["opens", "clicks", "deliveries/daily", "domains/summary"];

/** A request's path on a route: ids, domains and list names in the places of `{…}` and `**`. */
export function pathOf(route: string, accountSlug: string, random: Random): string {
  const id = () => random.whole(0x1000_0000, 0x7fff_ffff).toString(36);
  return route
    .replace("{domain}", `${random.pick(["mail", "news", "m"])}.${accountSlug}.example`)
    .replace("{list}", random.pick(lists))
    .replace("/analytics/**", `/analytics/${random.pick(reports)}`)
    .replace("/inbound/**", `/inbound/routes/${id()}`)
    .replace("{id}", id);
}
