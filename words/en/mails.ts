import { count, plural } from "./numbers.ts";
import { role } from "./roles.ts";
import { passkeysAfter } from "./sign-in.ts";
import { utc } from "./time.ts";

/** What a message says, as plain text. */
export type MailWords = {
  subject: string;
  paragraphs: string[];
  facts?: [label: string, value: string][];
  /** Of the one thing to do. */
  linkLabel: string;
  /** Why this person gets it and how to get fewer of them. */
  footer: string;
};

export function passwordResetMail({ email, minutes }: { email: string; minutes: number }): MailWords {
  return {
    subject: "Reset your Gatehouse password",
    paragraphs: [
      `Someone asked to reset the password for ${email}. If it was you, choose a new one with this link.`,
      `The link works once, for ${count(minutes)} minutes. If it was not you, ignore this message: your password stays the same.`,
    ],
    linkLabel: "Choose a new password",
    footer: "You get this message because your address was entered on the sign-in page.",
  };
}

export function signInLinkMail({ email, minutes }: { email: string; minutes: number }): MailWords {
  return {
    subject: "Sign in to Gatehouse",
    paragraphs: [
      `Someone asked to sign in as ${email}. If it was you, open this link in the same browser.`,
      `The link works once, for ${count(minutes)} minutes. If it was not you, ignore this message: nobody gets in without it.`,
    ],
    linkLabel: "Sign in",
    footer: "You get this message because your address was entered on the sign-in page.",
  };
}

type Invited = {
  email: string;
  role: string;
  /** Null = onto the provider's staff. */
  accountName: string | null;
  expiresAt: Date;
};

/** Names only the account: the text goes to strangers, and whoever invites could write a message to them with more. */
export function invitationMail({ email, role: roleName, accountName, expiresAt }: Invited): MailWords {
  const place = accountName ?? "the Gatehouse staff";
  return {
    subject: `Join ${place}`,
    paragraphs: [
      `You are invited to join ${place} as ${role(roleName)}. Follow the link to accept.`,
      `The link works once, until ${utc(expiresAt, "long")}. If you did not expect this, ignore it: nothing happens without you.`,
    ],
    linkLabel: "Accept the invitation",
    footer: `You get this message because someone invited ${email}.`,
  };
}

/** A change of how a person signs in. `keepsKeys` = there are keys of their automation, which work on, or pause after a reset. */
export type SignInChange =
  | { kind: "blocked" | "signed_out" | "removal_proposed" | "app_removed_by_staff"; reason: string }
  | { kind: "unblocked" }
  | { kind: "password_changed"; keepsKeys: boolean }
  | { kind: "password_reset"; keepsKeys: boolean; removed: string[]; kept: string[] }
  | { kind: "app_added" | "app_removed" }
  /** Nothing has changed yet. */
  | { kind: "wrong_codes" }
  | { kind: "identity_linked"; provider: string }
  | { kind: "passkey_added" | "passkey_removed"; name: string };

export function signInChangedMail(change: SignInChange, { at, ip }: { at: Date; ip: string | null }): MailWords {
  return {
    subject: change.kind === "wrong_codes" ? "Someone knows your password" : "Your sign-in was changed",
    paragraphs: [
      signInChange(change),
      "If this was not you, reset your password immediately and tell an owner of your account.",
    ],
    facts: [
      ["When", utc(at, "long")],
      ["From", ip ?? "an unknown address"],
    ],
    linkLabel: "Open your sign-in settings",
    footer: "Everyone gets this message when their own sign-in changes. It cannot be turned off.",
  };
}

function signInChange(change: SignInChange): string {
  switch (change.kind) {
    case "password_changed":
      return `Your password was changed, and you were signed out everywhere else.${keysLeft(change.keepsKeys)}`;
    case "password_reset":
      return `Your password was reset with a link from your mail, and you were signed out everywhere.${keysPaused(change.keepsKeys)}${passkeysAfter(change)}`;
    case "blocked":
      return `The provider blocked your sign-in, and you were signed out everywhere. Reason: ${change.reason}`;
    case "unblocked":
      return "The provider unblocked your sign-in. You can sign in again.";
    case "signed_out":
      return `The provider signed you out everywhere. You can sign in again. Reason: ${change.reason}`;
    case "removal_proposed":
      return `The provider was asked to remove your second step, and a second person checks it. Reason: ${change.reason}`;
    case "app_removed_by_staff":
      return `The provider removed your second step, your passkeys with it, and you were signed out everywhere. Signing in asks for your password only until you set one up again. Reason: ${change.reason}`;
    case "app_added":
      return "Signing in now requires a code from your authenticator app.";
    case "wrong_codes":
      return "Someone signed in with your password and then entered several wrong codes. Your second step keeps them out.";
    case "app_removed":
      return "Signing in no longer requires a code from your authenticator app.";
    case "passkey_added":
      return `The passkey “${change.name}” was added. It signs you in by itself, and you were signed out everywhere else.`;
    case "passkey_removed":
      return `The passkey “${change.name}” was removed, and you were signed out everywhere else.`;
    case "identity_linked":
      return `You can now sign in through ${change.provider}, which vouched for your e-mail address.`;
  }
}

function keysPaused(hasKeys: boolean): string {
  return hasKeys
    ? " Your automation keys are paused: unpause the ones you recognize under Keys, revoke the others."
    : "";
}

function keysLeft(keepsKeys: boolean): string {
  return keepsKeys ? " Your automation keys keep working: revoke the ones you do not recognize under Keys." : "";
}

/** Around an alert, whose subject and body stand by themselves on the page. */
export function alertMail({
  accountName,
  subject,
  body,
}: {
  accountName: string;
  subject: string;
  body: string;
}): MailWords {
  return {
    subject: `${accountName}: ${subject}`,
    paragraphs: [body],
    linkLabel: "Open in Gatehouse",
    footer: `You get this as a member of ${accountName}. Choose which messages you get under Settings.`,
  };
}

/** An alert that a member sends to see whether alerts arrive. */
export function testAlert(sender: string): { subject: string; body: string } {
  return { subject: "This is a test", body: `${sender} is checking that alerts arrive. Nothing is wrong.` };
}

export function tokenExpiring({ name, days, expiresAt }: { name: string; days: number; expiresAt: Date }) {
  return {
    subject: `The token “${name}” expires within ${plural(days, { one: "day", other: "days" })}`,
    body: `From ${utc(expiresAt, "long")} every call with it is refused with token_expired. Extend the token, or rotate it and update your clients.`,
  };
}

type Retired = {
  name: string;
  preview: string;
  /** Empty = the client did not say. */
  client: string;
  /** Null = the gateway did not say. */
  network: string | null;
};

export function retiredSecretUsed({ name, preview, client, network }: Retired) {
  return {
    subject: `A retired secret of “${name}” is still in use`,
    body: `${preview} was retired and is still being tried, last by ${client || "an unnamed client"} from ${network ?? "an unknown address"}. Every such call is refused. Either a client was forgotten, or someone has a copy of the secret.`,
  };
}

/** The same as a flag's sentence. */
export function retiredSecretSignal({
  name,
  preview,
  places,
}: {
  name: string;
  preview: string;
  places: number;
}): string {
  return `The retired secret ${preview} of “${name}” was still tried from ${plural(places, { one: "place", other: "places" })}`;
}

type Leak = {
  name: string;
  preview: string;
  /** Empty = whoever found it did not say where. */
  url: string;
  /** What was done; null = it had ended already. */
  done: "paused" | "revoked" | null;
};

export function tokenLeaked({ name, preview, url, done }: Leak) {
  return {
    subject: `The token “${name}” was found in public`,
    body: done
      ? `${preview} was found ${leakPlace(url)} and is now ${done}, so calls with it are refused. Create a new token for its clients, remove the old one from that place, and check its usage for calls that were not yours.`
      : `${preview} was found ${leakPlace(url)}. It no longer works, but remove it from that place anyway.`,
  };
}

/** The same as a flag's sentence. */
export function tokenLeakSignal({ name, preview, url, done }: Leak): string {
  return `${preview} of “${name}” was found ${leakPlace(url)} and ${done ? `was ${done}` : "had already ended"}`;
}

/** "in public", "at https://…", after "was found". */
export function leakPlace(url: string): string {
  return url === "" ? "in public" : `at ${url}`;
}

/** Why a webhook endpoint was turned off. */
export const webhookDisabledReasons: Record<"gone" | "exhausted", string> = {
  gone: "The receiver answered 410 Gone, which asks to stop.",
  exhausted: "An event could not be delivered in ten attempts over three days.",
};

export function webhookDisabledMail({ url, why, isStaff }: { url: string; why: string; isStaff: boolean }): MailWords {
  return {
    subject: "A webhook endpoint was disabled",
    paragraphs: [
      `Nothing more is sent to ${url}. ${why}`,
      "Check its delivery log, fix the receiver, enable the endpoint, and resend the deliveries it missed.",
    ],
    linkLabel: "Open Gatehouse",
    footer: isStaff ? "You get this as an admin." : "You get this as an owner of the account.",
  };
}

type Closing = { accountName: string; isClosed: boolean; reason: string };

export function accountClosedMail({ accountName, isClosed, reason }: Closing): MailWords {
  return {
    subject: `${accountName}: account ${isClosed ? "closed" : "reopened"}`,
    paragraphs: [
      isClosed
        ? "The provider closed this account. Its tokens are refused from now on. You can still sign in, read everything and export your data."
        : "The provider reopened this account. Its tokens work again as they did before.",
      `Reason: ${reason}`,
    ],
    linkLabel: isClosed ? "Open the account and export its data" : "Open the account",
    footer: "You get this as an owner of the account.",
  };
}

type OfReport = { reference: string; at: Date };

const reporterFooter =
  "You get this because this address was given in a report to us. If it was not you, ignore this message.";

/** To whoever left an address in a report. Holds nothing of what they wrote: anybody can write anybody's address. */
export function reportArrivedMail({ reference, at }: OfReport): Omit<MailWords, "linkLabel"> {
  return {
    subject: "Your report has arrived",
    paragraphs: ["A person will read it. You get one more message when it is closed."],
    facts: [
      ["Reference", reference],
      ["Received", utc(at, "long")],
    ],
    footer: reporterFooter,
  };
}

/** What staff answer when they close a report. */
export function reportAnsweredMail({ reference, at, text }: OfReport & { text: string }): Omit<MailWords, "linkLabel"> {
  return {
    subject: "About your report",
    paragraphs: text.split(/\n{2,}/),
    facts: [
      ["Reference", reference],
      ["Received", utc(at, "long")],
    ],
    footer: reporterFooter,
  };
}
