import mailProviders from "email-providers/all.json" with { type: "json" };

/** Mail providers that the list lacks. */
const more = ["duck.com", "fastmail.com", "mailbox.org", "posteo.de", "proton.me", "tuta.com", "tutanota.com"];
const shared: ReadonlySet<string> = new Set([...mailProviders, ...more]);

/** Whether strangers have their addresses side by side at a domain: it is a mail provider's. */
export function isSharedDomain(domain: string): boolean {
  return shared.has(domain);
}
