import type { z } from "zod";
import type { InputBound } from "#words/words.ts";
import * as words from "#words/words.ts";

/**
 * What is wrong with an input and what to do, for people and for callers of the API; undefined leaves the library's own words.
 * A schema's own message always goes before it.
 */
export function inputError(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return words.inputRequired;
      return sayingOf(words.inputKinds, issue.expected);
    case "invalid_value":
      return issue.input === undefined ? words.inputRequired : words.inputOneOf(issue.values.map(String));
    case "invalid_format":
      return sayingOf(words.inputFormats, issue.format);
    case "too_small":
      return bound(issue.origin, { side: "least", limit: issue.minimum, isInclusive: issue.inclusive !== false });
    case "too_big":
      return bound(issue.origin, { side: "most", limit: issue.maximum, isInclusive: issue.inclusive !== false });
    case "unrecognized_keys":
      return words.noSuchField;
    default:
      return undefined;
  }
}

function sayingOf(sayings: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(sayings, name) ? sayings[name] : undefined;
}

function bound(origin: string, of: InputBound): string | undefined {
  if (origin === "string") return words.inputTextLength(of);
  if (origin === "array" || origin === "set") return words.inputListLength(of);
  if (origin === "date") return words.inputYear;
  if (origin === "number" || origin === "int" || origin === "bigint") return words.inputNumber(of);
  return undefined;
}
