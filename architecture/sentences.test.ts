import { expect, it } from "vitest";
import { code, type Source } from "./read-sources.ts";
import { isNode, nodesOf, textOf } from "./syntax.ts";

/** What a person or a caller of the API reads of an error stands in words/: a sentence handed to one of these is none of its own. */
const takesSentence =
  /^(AppError|ApiError|invalid|refused|min|max|length|refine|regex|int|string|number|boolean|array|enum|union|email|url|uuid|timeOrText)$/;

/** Compatible with another product's API to the letter, so its sentences are that product's. */
const isForeign = (path: string) => path.startsWith("core/api/dialect/");

it("errors take their sentences from words/", () => {
  const checked = code.filter(({ path }) => path.startsWith("core/") && !isForeign(path));
  expect(checked.length).toBeGreaterThan(300);
  expect(checked.flatMap(sentencesInErrors)).toEqual([]);
});

it("and a sentence in one is found, however it is written", () => {
  const text = [
    'throw new AppError("conflict", "This is wrong.");',
    'throw invalid("name", `There is no $' + "{name} here.`);",
    'z.string().min(1, "Enter a name.");',
    'new AppError("conflict", words.errors.this);',
  ].join("\n");
  expect(sentencesInErrors({ path: "core/x.ts", text })).toEqual([
    "core/x.ts: This is wrong.",
    "core/x.ts: There is no … here.",
    "core/x.ts: Enter a name.",
  ]);
});

function sentencesInErrors(source: Pick<Source, "path" | "text">): string[] {
  return nodesOf(source, "CallExpression", "NewExpression")
    .filter(({ callee }) => takesSentence.test(nameOf(callee)))
    .flatMap((call) => (Array.isArray(call.arguments) ? call.arguments : []))
    .map((argument) => textOf(argument, () => "…") ?? "")
    .filter((text) => /^[A-Z…“].*[a-z] [a-z…]/.test(text))
    .map((sentence) => `${source.path}: ${sentence}`);
}

/** `invalid` of `invalid(…)`, `min` of `z.string().min(…)`. */
function nameOf(callee: unknown): string {
  if (!isNode(callee)) return "";
  return callee.type === "MemberExpression" ? nameOf(callee.property) : String(callee.name ?? "");
}
