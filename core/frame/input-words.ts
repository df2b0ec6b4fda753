import type { z } from "zod";

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  date: "a date with a time, like 2026-11-24T12:00:00Z",
};

const formats: Record<string, string> = {
  email: "Must be an e-mail address, like mara@example.com.",
  uuid: "Must be an id, like 7d1f0a52-3c41-4d6a-9b7e-2f9f0c1a8e55.",
  url: "Must be a whole address, like https://example.com/page.",
  datetime: "Must be a date with a time, like 2026-11-24T12:00:00Z.",
};

/**
 * What is wrong with an input and what to do, for people and for callers of the API; undefined leaves the library's own words.
 * A schema's own message always goes before it.
 */
export function inputWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return "This is required.";
      return kinds[issue.expected] ? `Must be ${kinds[issue.expected]}.` : undefined;
    case "invalid_value":
      if (issue.input === undefined) return "This is required.";
      return `Must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}.`;
    case "invalid_format":
      return formats[issue.format];
    case "too_small":
      return bound(issue.origin, issue.minimum, issue.inclusive === false ? "more than" : "at least");
    case "too_big":
      return bound(issue.origin, issue.maximum, issue.inclusive === false ? "less than" : "at most");
    case "unrecognized_keys":
      return "There is no such field.";
    default:
      return undefined;
  }
}

function bound(origin: string, limit: number | bigint, words: string): string | undefined {
  if (origin === "string")
    return words === "at least" && limit === 1 ? "This is required." : `Use ${words} ${limit} characters.`;
  if (origin === "array" || origin === "set") return `Give ${words} ${limit}.`;
  if (origin === "date") return "Use a year from 1 to 9999.";
  if (origin === "number" || origin === "int" || origin === "bigint") return `Must be ${words} ${limit}.`;
  return undefined;
}
