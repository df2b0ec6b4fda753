import { invalid } from "#core/frame/errors.ts";
import { expiryAt } from "./token-expiry-choice.ts";
import { networkLines } from "./token-fields.ts";

/**
 * What the form of a token says by its own fields: `_expiry` with `_date` and `_kept` is when it ends, `_networks` from where it may
 * be used. Read on the server, so that a form without script means the same. A choice that says no end is never taken as "never".
 */
export function readTokenForm(form: FormData, now: Date): Record<string, unknown> {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const preset = text("_expiry");
  if (preset === "") return {};
  const kept = text("_kept");
  const end = expiryAt({ preset, date: text("_date") }, now.getTime(), kept === "" ? null : new Date(kept));
  if (end === null && preset !== "never" && preset !== "keep") throw invalid("expiresAt", "Choose the last day.");
  return {
    ...(end ? { expiresAt: end.toISOString() } : {}),
    allowedNetworks: networkLines(text("_networks")),
  };
}
