import type { TokenChoices, TokenValues } from "./token-choices.ts";
import { type Expiry, expiryAt, firstPreset } from "./token-expiry-choice.ts";

/** The form of a token as it is filled in: what its fields are called, and the texts in them. */
export type TokenFields = {
  name: string;
  scopes: string[];
  expiry: Expiry;
  /** One address or network per line. */
  networks: string;
  capPerDay: string;
  capPerMinute: string;
  integrationId: string;
};

/** The fields in the order of the form; those with `_` are not the use case's own, see `readTokenForm`. */
export const tokenFieldNames = [
  "name",
  "scopes[]",
  "_expiry",
  "_date",
  "_networks",
  "capPerDay",
  "capPerMinute",
  "integrationId",
] as const;

/** How the form starts for these values. A token that exists keeps its end. */
export function fieldsFor(
  values: TokenValues,
  { maxDays }: Pick<TokenChoices, "maxDays">,
  exists: boolean,
): TokenFields {
  const preset = exists ? "keep" : values.expiresAt ? "date" : firstPreset(maxDays);
  return {
    name: values.name,
    scopes: [...values.scopes],
    expiry: { preset, date: values.expiresAt?.toISOString().slice(0, 10) ?? "" },
    networks: values.allowedNetworks.join("\n"),
    capPerDay: textOf(values.capPerDay),
    capPerMinute: textOf(values.capPerMinute),
    integrationId: values.integrationId ?? "",
  };
}

/** What stands in a form now, or stood in it when it was posted; `textsOf` gives the texts of a field. */
export function fieldsIn(textsOf: (name: string) => readonly string[]): TokenFields {
  const text = (name: (typeof tokenFieldNames)[number]) => textsOf(name)[0] ?? "";
  return {
    name: text("name"),
    scopes: [...textsOf("scopes[]")],
    expiry: { preset: text("_expiry"), date: text("_date") },
    networks: text("_networks"),
    capPerDay: text("capPerDay"),
    capPerMinute: text("capPerMinute"),
    integrationId: text("integrationId"),
  };
}

/** The same of a form on the page. */
export function fieldsOf(data: FormData): TokenFields {
  return fieldsIn((name) => data.getAll(name).filter((value) => typeof value === "string"));
}

/** What a token made of these fields would be. `kept` is the end of one that exists. */
export function valuesOf(fields: TokenFields, nowMs: number, kept: Date | null): TokenValues {
  return {
    name: fields.name,
    scopes: fields.scopes,
    expiresAt: expiryAt(fields.expiry, nowMs, kept),
    allowedNetworks: networkLines(fields.networks),
    capPerDay: numberOf(fields.capPerDay),
    capPerMinute: numberOf(fields.capPerMinute),
    integrationId: fields.integrationId === "" ? null : fields.integrationId,
  };
}

/** The lines that say something. */
export function networkLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function textOf(cap: number | null): string {
  return cap === null ? "" : String(cap);
}

function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}
