import type { DemoAccount } from "./plan-types.ts";

/** What an account does with the API; decides about its tokens. */
export type Trade = "shop" | "newsletter" | "software" | "app" | "small";
export type Company = { name: string; plan: DemoAccount["plan"]; trade: Trade };

const of = (plan: Company["plan"], trade: Trade, names: string[]): Company[] =>
  names.map((name) => ({ name, plan, trade }));

/** The sample provider's customers. */
export const companies: readonly Company[] = [
  ...of("Enterprise", "software", ["Harbour Bank"]),
  ...of("Enterprise", "shop", ["Fjord Logistics"]),
  ...of("Enterprise", "app", ["Tern Airlines"]),
  ...of("Professional", "software", ["Kite Robotics", "Alder Analytics", "Larch Insurance", "Basalt Security"]),
  ...of("Professional", "app", ["Flint Games", "Kestrel Energy", "Xylem Water"]),
  ...of("Professional", "shop", ["Cobalt Tickets", "Cedar Parcel"]),
  ...of("Starter", "newsletter", ["Northwind Mail", "Blue Anchor Media", "Amber Archive", "Orchard Jobs"]),
  ...of("Starter", "app", ["Oakline Travel", "Nimbus Weather", "Ember Fitness", "Redwood Rentals"]),
  ...of("Starter", "shop", ["Petrel & Co", "Juniper Foods", "Velvet Events", "Dune Festival"]),
  ...of("Starter", "software", ["Birchwood Clinics", "Willow Care", "Elm Pharmacy"]),
  ...of("Hobby", "small", ["Ganymede Labs", "Lumen Post", "Driftwood Books", "Gravel Bikes", "Maple Street Shop"]),
  ...of("Hobby", "small", ["Quarry Stone", "Saffron Kitchen", "Yarrow Gardens", "Zephyr Sails"]),
  ...of("Trial", "small", ["Indigo School", "Pebble Notes", "Umber Studio", "Fresh Start"]),
];

/** Accounts that the demo tells something about, by what it is. */
export const cast = {
  /** Over its rate limit now, with a case that waits. Its members' sign-ins are printed. */
  excess: "Northwind Mail",
  /** Tries doors; its case waits too. */
  probing: "Ganymede Labs",
  /** Somebody works on its case. */
  claimed: "Oakline Travel",
  /** Suspended until a date. */
  suspended: "Kite Robotics",
  /** Was suspended; lifted a week ago. */
  lifted: "Petrel & Co",
  /** A suspension for good waits for a second person. */
  pending: "Blue Anchor Media",
  /** Its quota is nearly used up today. */
  nearlySpent: "Lumen Post",
  /** Made two hours ago; nothing is in it yet. */
  empty: "Fresh Start",
  /** Goes over its limit now and then while the demo runs. */
  bursting: "Flint Games",
  /** Needs two people for any suspension. */
  protected: "Harbour Bank",
} as const;

/** Accounts of what else lies on the desk. */
export const desk = {
  /** Throttled without being told yet; a clock runs. */
  silent: "Driftwood Books",
  /** Its throttle begins in two days. */
  scheduled: "Gravel Bikes",
  /** Told the same in one act. */
  batch: ["Cobalt Tickets", "Cedar Parcel", "Dune Festival", "Juniper Foods"],
  /** Was throttled more than a year ago. */
  struckLongAgo: "Northwind Mail",
} as const;
