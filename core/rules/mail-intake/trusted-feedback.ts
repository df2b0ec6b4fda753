/** What the operator believes: who runs feedback loops, and which server of theirs checks who sent a message. */
export type Trust = { senders: readonly string[]; authservId: string | null };

/**
 * Whether a message was proven to come from an operator of a feedback loop that is trusted: the provider's own server says so, in the
 * topmost Authentication-Results of its name (RFC 8601), by DKIM or SPF of the From domain. Anybody can write a report that names
 * somebody else's account, and a complaint counts against it; without this proof, staff confirm it first.
 */
export function isTrustedFeedback(fromDomain: string | null, results: readonly string[], trust: Trust): boolean {
  const { authservId } = trust;
  if (fromDomain === null || authservId === null || !trust.senders.some((one) => isWithin(fromDomain, one)))
    return false;
  const own = results.find((one) => serverOf(one) === authservId.toLowerCase());
  if (own === undefined) return false;
  return own
    .toLowerCase()
    .replace(/\([^()]*\)/g, " ")
    .split(";")
    .slice(1)
    .some((result) => {
      const [, method, verdict] = /^\s*(dkim|spf)\s*=\s*(\w+)/.exec(result) ?? [];
      if (verdict !== "pass") return false;
      const property =
        method === "dkim" ? /\bheader\.[di]\s*=\s*"?@?([^\s;"]+)/ : /\bsmtp\.mailfrom\s*=\s*"?([^\s;"]+)/;
      const proven = property.exec(result)?.[1]?.split("@").at(-1);
      return proven !== undefined && (isWithin(fromDomain, proven) || isWithin(proven, fromDomain));
    });
}

function serverOf(result: string): string {
  return (result.split(";")[0] ?? "").trim().split(/\s+/)[0]?.toLowerCase() ?? "";
}

function isWithin(domain: string, of: string): boolean {
  return domain === of.toLowerCase() || domain.endsWith(`.${of.toLowerCase()}`);
}
