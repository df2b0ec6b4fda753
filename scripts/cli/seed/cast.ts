/** The sample provider's customers: name, plan, and their story in the demo, if they have one. */
export type Story = "excess" | "probing" | "claimed" | "suspended" | "lifted" | "pending" | "nearly_spent" | "empty";
export type Customer = { name: string; plan: string; story?: Story };

export const customers: readonly Customer[] = [
  { name: "Northwind Mail", plan: "Starter", story: "excess" },
  { name: "Ganymede Labs", plan: "Hobby", story: "probing" },
  { name: "Oakline Travel", plan: "Starter", story: "claimed" },
  { name: "Kite Robotics", plan: "Professional", story: "suspended" },
  { name: "Petrel & Co", plan: "Starter", story: "lifted" },
  { name: "Blue Anchor Media", plan: "Starter", story: "pending" },
  { name: "Lumen Post", plan: "Hobby", story: "nearly_spent" },
  { name: "Fresh Start", plan: "Trial", story: "empty" },
  { name: "Alder Analytics", plan: "Professional" },
  { name: "Birchwood Clinics", plan: "Starter" },
  { name: "Cobalt Tickets", plan: "Professional" },
  { name: "Driftwood Books", plan: "Hobby" },
  { name: "Ember Fitness", plan: "Starter" },
  { name: "Fjord Logistics", plan: "Enterprise" },
  { name: "Gravel Bikes", plan: "Hobby" },
  { name: "Harbour Bank", plan: "Enterprise" },
  { name: "Indigo School", plan: "Trial" },
  { name: "Juniper Foods", plan: "Starter" },
  { name: "Kestrel Energy", plan: "Professional" },
  { name: "Larch Insurance", plan: "Professional" },
  { name: "Maple Street Shop", plan: "Hobby" },
  { name: "Nimbus Weather", plan: "Starter" },
  { name: "Orchard Jobs", plan: "Starter" },
  { name: "Pebble Notes", plan: "Trial" },
  { name: "Quarry Stone", plan: "Hobby" },
  { name: "Redwood Rentals", plan: "Starter" },
  { name: "Saffron Kitchen", plan: "Hobby" },
  { name: "Tern Airlines", plan: "Enterprise" },
  { name: "Umber Studio", plan: "Trial" },
  { name: "Velvet Events", plan: "Starter" },
  { name: "Willow Care", plan: "Starter" },
  { name: "Xylem Water", plan: "Professional" },
  { name: "Yarrow Gardens", plan: "Hobby" },
  { name: "Zephyr Sails", plan: "Hobby" },
  { name: "Amber Archive", plan: "Starter" },
  { name: "Basalt Security", plan: "Professional" },
  { name: "Cedar Parcel", plan: "Professional" },
  { name: "Dune Festival", plan: "Starter" },
  { name: "Elm Pharmacy", plan: "Starter" },
  { name: "Flint Games", plan: "Professional" },
];

export const firstNames = [
  "Mara",
  "Jonas",
  "Aiko",
  "Samir",
  "Elena",
  "Tom",
  "Ines",
  "Noor",
  "Viktor",
  "Lucia",
  "Pavel",
  "Grace",
] as const;
export const lastNames = [
  "Lind",
  "Okafor",
  "Tanaka",
  "Haddad",
  "Rossi",
  "Weber",
  "Silva",
  "Novak",
  "Bauer",
  "Moreau",
  "Kim",
  "Olsen",
] as const;

type TokenKind = { name: string; scopes: string[]; endpoint: string };

export const tokenKinds: readonly TokenKind[] = [
  { name: "api-prod", scopes: ["email:send", "email:read"], endpoint: "email.send" },
  { name: "billing-cron", scopes: ["email:send"], endpoint: "email.send" },
  { name: "reports", scopes: ["activity:read", "analytics:read"], endpoint: "activity.list" },
  { name: "smtp-relay", scopes: ["email:send"], endpoint: "smtp.send" },
  { name: "crm-sync", scopes: ["recipients:read", "suppressions:read"], endpoint: "recipients.list" },
];

export const staff = [
  { email: "ada@gatehouse.example", name: "Ada Byron", role: "admin" },
  { email: "lee@gatehouse.example", name: "Lee Park", role: "lead" },
  { email: "mia@gatehouse.example", name: "Mia Ortiz", role: "reviewer" },
  { email: "sol@gatehouse.example", name: "Sol Stern", role: "support" },
] as const;
