import { describe, expect, it } from "vitest";
import { z } from "zod";
import { accountFacts } from "./accounts.ts";
import { caseFacts } from "./cases.ts";
import { catalogue, type FactName, webhookCatalogue } from "./catalogue.ts";
import type { Declaration } from "./declare.ts";
import { enforcementFacts } from "./enforcement.ts";
import { providerFacts } from "./provider.ts";
import { tokenFacts } from "./tokens.ts";

const all = Object.entries<Declaration>(catalogue) as [FactName, Declaration][];

/** The fields a declaration's data may have. */
const fieldsOf = ({ data }: Declaration) => (data instanceof z.ZodObject ? Object.keys(data.shape) : []);

describe("the catalogue of facts", () => {
  it("names each fact once, whichever family it is in", () => {
    const families = [accountFacts, tokenFacts, enforcementFacts, caseFacts, providerFacts];
    expect(families.flatMap((family) => Object.keys(family)).sort()).toEqual(Object.keys(catalogue).sort());
  });

  /** Of a password nobody may read what it was. */
  const isChange = (name: FactName) =>
    /\.(.*_)?(changed|edited|renamed|mapped|limited|capped)$/.test(name) && name !== "password.changed";

  it.each(all.filter(([name, { act }]) => act && isChange(name)))("%s says what was and what is", (_name, { data }) => {
    expect(data.safeParse({ name: "api", changes: {} }).success).toBe(true);
    expect(data.safeParse({ name: "api" }).success).toBe(false);
  });

  it("gives each name in the audit log to one fact", () => {
    const acts = all.flatMap(([, { act }]) => act ?? []);
    expect(acts.filter((act, index) => acts.indexOf(act) !== index)).toEqual([]);
  });

  it.each(all.filter(([, { webhook }]) => webhook))("%s sends webhooks only fields it declares", (_name, declared) => {
    expect(declared.webhook?.sends.filter((field) => !fieldsOf(declared).includes(field))).toEqual([]);
  });

  it.each(all.filter(([, { keeps }]) => keeps))("%s keeps in the audit log only fields it declares", (_name, one) => {
    expect(one.keeps?.filter((field) => !fieldsOf(one).includes(field))).toEqual([]);
  });

  it.each(webhookCatalogue)(
    "$type is one audience's, and says the same fields whichever fact sends it",
    ({ facts }) => {
      const fields = facts.map(([, webhook]) => [...webhook.sends].sort().join());
      expect(new Set(fields).size).toBe(1);
      expect(new Set(facts.map(([name]) => catalogue[name].subject)).size).toBe(1);
    },
  );

  it("leaves nothing that follows from a fact to nobody: each is audited, in a timeline or sent", () => {
    expect(all.filter(([, one]) => !one.act && !one.timeline && !one.webhook).map(([name]) => name)).toEqual([]);
  });
});
