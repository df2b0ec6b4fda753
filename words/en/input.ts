/** What is wrong with a field and what to do, for people and for callers of the API. */

export const inputRequired: string = "This is required.";
export const noSuchField: string = "There is no such field.";
export const unseenCharacter: string = "Contains an invisible character. Retype it.";

/** What a field must be, by the name its schema gives to it. */
export const inputKinds = {
  string: "Must be text.",
  number: "Must be a number.",
  int: "Must be a whole number.",
  boolean: "Must be true or false.",
  array: "Must be a list.",
  object: "Must be an object.",
  record: "Must be an object.",
  date: "Must be a time with its zone, like 2026-11-24T12:00:00Z, or a date, like 2026-11-24.",
};

export const inputFormats = {
  email: "Must be an e-mail address, like mara@example.com.",
  uuid: "Must be an id, like 7d1f0a52-3c41-4d6a-9b7e-2f9f0c1a8e55.",
  url: "Must be a full URL, like https://example.com/page.",
  datetime: "Must be a time with its zone, like 2026-11-24T12:00:00Z, or a date, like 2026-11-24.",
};

export function inputOneOf(values: readonly string[]): string {
  return `Must be ${values.length > 1 ? "one of " : ""}${values.join(", ")}.`;
}

export const inputYear: string = "Use a year from 1 to 9999.";

export type InputBound = { side: "least" | "most"; limit: number | bigint; isInclusive: boolean };

const sides = { least: ["more than", "at least"], most: ["less than", "at most"] } as const;
const boundOf = ({ side, limit, isInclusive }: InputBound) => `${sides[side][isInclusive ? 1 : 0]} ${limit}`;

export function inputTextLength(bound: InputBound): string {
  return bound.side === "least" && bound.isInclusive && Number(bound.limit) === 1
    ? inputRequired
    : `Use ${boundOf(bound)} characters.`;
}

export function inputListLength(bound: InputBound): string {
  return `Give ${boundOf(bound)}.`;
}

export function inputNumber(bound: InputBound): string {
  return `Must be ${boundOf(bound)}.`;
}
