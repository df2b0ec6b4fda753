import { count, percentTo } from "../en/numbers.ts";

type Rates = { warn: number; act: number; minimumRecipients: number; minimumRecipientsSure: number };
type Fields = Record<keyof Rates, { label: string; meaning: string }>;

const share = (value: number) => percentTo(2, value);

/** The rule of bounces and complaints, which differ in their numbers only. */
export function mailRule(what: "bounced" | "complained", of: Rates): string {
  return `Flags an account when at least ${share(of.warn)} of at least ${count(of.minimumRecipients)} recipients within 7 days ${what}. Severity 3 from ${share(of.act)}. From ${count(of.minimumRecipientsSure)} recipients on, only where it is certain (Wilson, 95%) that the share is above ${share(of.act)}.`;
}

export function mailFields(what: "bounced" | "complained"): Fields {
  return {
    warn: { label: `Recipients who ${what}`, meaning: "Share of seven days. Lower flags more." },
    act: { label: "Severity 3 from", meaning: "Share of seven days." },
    minimumRecipients: { label: "Fewest recipients", meaning: "Within seven days." },
    minimumRecipientsSure: {
      label: "Fewest where it is certain",
      meaning: "Few are enough where chance is ruled out.",
    },
  };
}
