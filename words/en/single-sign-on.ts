import type { DomainAnswer, IssuerAudience } from "../../core/rules/vocabulary.ts";
import type { MailWords } from "./mails.ts";
import { duration } from "./numbers.ts";
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
      return "Signing you in would leave the staff without an admin or a break-glass admin, or an account without an owner. Tell an admin.";
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
  | { kind: "break_glass_gone"; name: string; by: string }
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
  if (change.kind === "break_glass_gone") return "There is no break-glass admin now";
  if (change.kind === "break_glass_set") return "The break-glass admin was changed";
  return `Single sign-on: ${change.provider} was ${change.what}`;
}

function singleSignOnChange(change: SingleSignOnChange): string {
  if (change.kind === "break_glass_used")
    return `${change.name}, the break-glass admin, signed in without the issuer that staff must use.`;
  if (change.kind === "break_glass_gone")
    return `${change.name}, the break-glass admin, was removed, blocked or given another role by ${change.by}. Choose another one before single sign-on becomes the only way in.`;
  if (change.kind === "break_glass_set")
    return change.name === null
      ? `${change.by} made nobody the break-glass admin.`
      : `${change.by} made ${change.name} the break-glass admin, who can sign in when the issuer is away.`;
  return `${change.by} ${change.what} the issuer ${change.provider}. An issuer decides who signs in as whom.`;
}

/** What became of a domain of the account; its owners get a mail. */
export type DomainChange =
  | { kind: "required" | "released" | "removed" | "contested"; domain: string }
  | { kind: "taken_off"; domain: string; reason: string }
  | { kind: "missing" | "lost" | "proven"; domain: string; endsAfterMs: number };

export function domainMail(change: DomainChange, { accountName, at }: { accountName: string; at: Date }): MailWords {
  const { subject, says } = domainChange(change);
  return {
    subject: `${accountName}: ${subject}`,
    paragraphs: says,
    facts: [["When", utc(at, "long")]],
    linkLabel: "Open settings",
    footer: "You get this as an owner of the account. It cannot be turned off.",
  };
}

function domainChange(change: DomainChange): { subject: string; says: string[] } {
  const { kind, domain } = change;
  switch (kind) {
    case "proven":
      return {
        subject: `${domain} is proven`,
        says: [
          `DNS confirms that ${domain} belongs to this account. On the sign-in page, addresses at it lead to your issuer.`,
          "Leave the record in place: it is checked every day.",
        ],
      };
    case "missing":
      return {
        subject: `the record of ${domain} is missing`,
        says: [
          `DNS no longer has the record that proves ${domain}. Publish it again within ${duration(change.endsAfterMs / 1_000)}.`,
          "Otherwise the proof ends, and people with addresses there can sign in without your issuer again.",
        ],
      };
    case "lost":
      return {
        subject: `${domain} is no longer proven`,
        says: [
          `The record that proves ${domain} has been missing for ${duration(change.endsAfterMs / 1_000)}, so the proof ended.`,
          "Single sign-on is no longer required for its addresses. Publish the record and verify the domain to prove it again.",
        ],
      };
    case "contested":
      return {
        subject: `another account claims ${domain}`,
        says: [
          `Another account published a record of its own for ${domain}. Nothing changes: the domain stays with this account while its record is in DNS.`,
          "If nobody in your company knows about this, check who can change your DNS.",
        ],
      };
    case "required":
      return {
        subject: `single sign-on is required for ${domain}`,
        says: [`Members with an address at ${domain} now enter this account through its issuer only.`],
      };
    case "released":
      return {
        subject: `single sign-on is no longer required for ${domain}`,
        says: [`Members with an address at ${domain} can enter this account in other ways again.`],
      };
    case "removed":
      return { subject: `${domain} was removed`, says: [`${domain} is no longer proven for this account.`] };
    case "taken_off":
      return {
        subject: `the provider removed ${domain}`,
        says: [`${domain} is no longer proven for this account.`, `Reason: ${change.reason}`],
      };
  }
}

/** How a domain of an account stands. */
export function domainState({
  provenAt,
  missingSince,
  answer,
  isChecking,
}: {
  provenAt: Date | null;
  missingSince: Date | null;
  answer: DomainAnswer | null;
  isChecking: boolean;
}): { label: string; says: string; isGood: boolean } {
  const isGood = provenAt !== null && missingSince === null;
  if (isChecking && provenAt === null) return { label: "checking", says: "Asking DNS.", isGood };
  if (provenAt !== null && missingSince !== null)
    return { label: "record missing", says: "Publish the record again, or the proof ends.", isGood };
  if (provenAt !== null) return { label: "proven", says: "Leave the record in DNS: it is checked every day.", isGood };
  switch (answer) {
    case "taken":
      return {
        label: "taken",
        says: "Another account has proven this domain. Its owners were told. It is free when they remove it, or a week after their record is gone.",
        isGood,
      };
    case "absent":
      return {
        label: "not proven",
        says: "DNS does not have the record yet. New records can take an hour to be seen.",
        isGood,
      };
    case "no_answer":
      return { label: "not proven", says: "DNS did not answer. Try again in a few minutes.", isGood };
    default:
      return { label: "not proven", says: "Publish the record, then verify it.", isGood };
  }
}

/** In place of a link that would open nothing. */
export function issuerInsteadMail({ email, names }: { email: string; names: string[] }): MailWords {
  const issuer = names.join(" or ");
  return {
    subject: `Sign in through ${issuer}`,
    paragraphs: [
      `Someone asked for a way to sign in as ${email}. Your company signs in through ${issuer}, so a password or an e-mail link would open nothing.`,
      "If it was not you, ignore this message.",
    ],
    linkLabel: `Sign in through ${issuer}`,
    footer: "You get this message because your address was entered on the sign-in page.",
  };
}
