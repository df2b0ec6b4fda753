/** What a program did wrong when it sent something that is no token. */
export type CredentialMistake =
  /** The token came in the address, where logs keep it. */
  | "in_query"
  /** The word of an empty variable, like `undefined`. */
  | "empty_variable"
  | "quoted"
  /** The example of a manual, or a variable that was not filled in. */
  | "placeholder";

const emptyVariables: ReadonlySet<string> = new Set(["undefined", "null", "none", "nil", "nan", "[object", "false"]);
const inQuery = /[?&](?:access[-_]?token|api[-_]?key|api[-_]?token|auth[-_]?token|token|key)=[^&]/i;
const placeholder = /^(?:<.*>|\{.*\}|\$.+|%.+%|\[.*\]|your[-_].*|.*(?:your|api)[-_]?(?:token|key).*|x{4,})$/i;

/**
 * The mistake behind a text that was sent as a token and is none, or behind no token at all; null = none that is known. `target` is the
 * request target with its query.
 */
export function credentialMistake(token: string, target: string | null): CredentialMistake | null {
  if (token === "") return target !== null && inQuery.test(target) ? "in_query" : null;
  if (emptyVariables.has(token.toLowerCase())) return "empty_variable";
  if (/^["'`].*["'`]?$|["'`]$/.test(token)) return "quoted";
  return placeholder.test(token) ? "placeholder" : null;
}
