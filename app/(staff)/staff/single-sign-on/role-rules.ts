type Rule = { claim: string; value: string; role: string; accountId: string | null };

/** `groups is desk-leads = lead`, and `groups is acme = owner in <account id>`. The last ` = ` counts: values can be LDAP names. */
const line = /^(\S+) is (.+) = (\w+)(?: in (\S+))?$/;

/** The rules of a text with one in each line; a line that is none becomes a rule that is refused. */
export function readRules(text: FormDataEntryValue | null): Rule[] {
  const lines = typeof text === "string" ? text.split("\n").map((one) => one.trim()) : [];
  return lines
    .filter((one) => one !== "")
    .map((one) => {
      const [, claim = "", value = "", role = "", accountId = null] = line.exec(one) ?? [];
      return { claim, value, role, accountId };
    });
}

export function writeRules(rules: readonly Rule[]): string {
  return rules
    .map(({ claim, value, role, accountId }) => `${claim} is ${value} = ${role}${accountId ? ` in ${accountId}` : ""}`)
    .join("\n");
}
