import type { TokenChoices, TokenValues } from "./token-choices.ts";

/** Where a link's parameters stand. */
type Asked = { get: (name: string) => string | null };

/**
 * What a link asks the form to start with: `?create=1&name=…&scopes=a,b&networks=203.0.113.0/24&until=2027-01-31&perDay=500`.
 * What the provider does not have, or what makes no sense, is left out; it is only a beginning that a person looks at.
 */
export function prefillOf(asked: Asked, choices: Pick<TokenChoices, "scopes" | "integrations">): TokenValues {
  const list = (name: string) =>
    asked
      .get(name)
      ?.split(",")
      .filter((one) => one !== "");
  const wanted = list("scopes");
  const names = choices.scopes.map((one) => one.name);
  const until = new Date(`${asked.get("until") ?? ""}T23:59:59Z`);
  const integration = asked.get("integration");
  return {
    name: (asked.get("name") ?? "").slice(0, 50),
    // Most clients send; what a client needs beyond that is chosen knowingly.
    scopes: names.filter((name) => (wanted ? wanted.includes(name) : name.endsWith(":send"))),
    expiresAt: Number.isNaN(until.getTime()) ? null : until,
    allowedNetworks: list("networks")?.slice(0, 50) ?? [],
    capPerDay: wholeOf(asked.get("perDay")),
    capPerMinute: wholeOf(asked.get("perMinute")),
    integrationId: choices.integrations.some((one) => one.id === integration) ? integration : null,
  };
}

/** The link that fills the form in like this. It holds no secret: there is none yet. */
export function prefillLink(path: string, values: TokenValues): string {
  const entries: [string, string | null][] = [
    ["create", "1"],
    ["name", values.name],
    ["scopes", values.scopes.join(",")],
    ["until", values.expiresAt?.toISOString().slice(0, 10) ?? null],
    ["networks", values.allowedNetworks.join(",") || null],
    ["perDay", values.capPerDay === null ? null : String(values.capPerDay)],
    ["perMinute", values.capPerMinute === null ? null : String(values.capPerMinute)],
    ["integration", values.integrationId],
  ];
  const given = entries.filter((entry): entry is [string, string] => entry[1] !== null);
  return `${path}?${new URLSearchParams(given)}`;
}

function wholeOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
