import type { IssuerAudience } from "../../core/rules/vocabulary.ts";
import type { MailWords } from "./mails.ts";
import { utc } from "./time.ts";

/** Whom an issuer signs in. */
export const issuerAudiences: Record<IssuerAudience, string> = {
  staff: "Staff",
  members: "Members of all accounts",
  account: "People of one account",
};

/** Whether an issuer can be used now. */
export const issuerStates = {
  answers: "answers",
  away: "does not answer: check the address, and that Gatehouse may reach it",
  other: "is no issuer of exactly this address: copy issuer from its discovery document",
};

/** An issuer whose name is not told. */
export const anIssuer = "Your issuer";

/** Why signing in through an issuer did not work, and what to do. `provider` = its name, where it is known. */
export function singleSignOnRefused(reason: string, provider: string): string {
  switch (reason) {
    case "away":
      return `${provider} does not answer at the moment. Try again in a few minutes, or tell whoever runs it.`;
    case "invalid":
      return `${provider} gave an answer that cannot be trusted, so nobody was signed in. Try again; if it stays, tell an admin.`;
    case "declined":
      return `${provider} did not confirm that it is you. Try again and complete the sign-in there.`;
    case "over":
      return "This sign-in was used already, took longer than 10 minutes, or began in another browser. Start again.";
    case "throttled":
      return "Too many sign-ins from your network. Wait a few minutes and try again.";
    case "unverified":
      return `${provider} has not verified your e-mail address. Verify it there, or ask whoever runs it.`;
    case "no_address":
      return `${provider} did not share your e-mail address. Allow it there, or ask whoever runs it.`;
    case "held":
      return "Signing you in would leave the staff without an admin, or an account without an owner. Tell an admin.";
    case "no_role":
      return `${provider} gives you no role here. Ask whoever runs it for access.`;
    case "other_way":
      return `${provider} cannot sign you in, because you also have access that it must not open. Sign in in another way.`;
    case "unknown":
      return `There is nobody here whom ${provider} can sign in as you. Ask for an invitation first.`;
    default:
      return "Signing in did not work. Start again.";
  }
}

/** The mail to every admin about single sign-on: whoever is behind it decides who somebody is. `by` = who did it. */
export type SingleSignOnChange =
  | { kind: "issuer_changed"; what: "added" | "changed" | "removed"; provider: string; by: string }
  | { kind: "break_glass_set"; name: string | null; by: string }
  | { kind: "break_glass_used"; name: string };

export function singleSignOnMail(change: SingleSignOnChange, { at, ip }: { at: Date; ip: string | null }): MailWords {
  return {
    subject: singleSignOnSubject(change),
    paragraphs: [
      singleSignOnChange(change),
      "If nobody on the staff can explain this, block the person and check the issuers under Single sign-on.",
    ],
    facts: [
      ["When", utc(at, "long")],
      ["From", ip ?? "an unknown address"],
    ],
    linkLabel: "Open single sign-on",
    footer: "Every admin gets this message. It cannot be turned off.",
  };
}

function singleSignOnSubject(change: SingleSignOnChange): string {
  if (change.kind === "break_glass_used") return `${change.name} signed in around single sign-on`;
  if (change.kind === "break_glass_set") return "The break-glass admin was changed";
  return `Single sign-on: ${change.provider} was ${change.what}`;
}

function singleSignOnChange(change: SingleSignOnChange): string {
  if (change.kind === "break_glass_used")
    return `${change.name}, the break-glass admin, signed in without the issuer that staff must use.`;
  if (change.kind === "break_glass_set")
    return change.name === null
      ? `${change.by} made nobody the break-glass admin.`
      : `${change.by} made ${change.name} the break-glass admin, who can sign in when the issuer is away.`;
  return `${change.by} ${change.what} the issuer ${change.provider}. An issuer decides who signs in as whom.`;
}
