import { parseSync } from "oxc-parser";
import { expect, it } from "vitest";
import { code, type Source } from "./read-sources.ts";

/** What a person or a caller of the API reads of an error stands in words/: a sentence handed to one of these is none of its own. */
const takesSentence =
  /^(AppError|ApiError|invalid|refused|min|max|length|refine|regex|int|string|number|boolean|array|enum|union|email|url|uuid|timeOrText)$/;

/** Compatible with another product's API to the letter, so its sentences are that product's. The doors' are still to be moved. */
const isForeign = (path: string) => /^core\/(api\/dialect|auth|invitations|members|staff|staff-keys)\//.test(path);

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

type Node = { type: string; [key: string]: unknown };

function sentencesInErrors({ path, text }: Pick<Source, "path" | "text">): string[] {
  const found: string[] = [];
  const visit = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    if ((value.type === "CallExpression" || value.type === "NewExpression") && takesSentence.test(nameOf(value.callee)))
      found.push(...argumentsOf(value).map(textOf).filter(isSentence));
    Object.values(value).forEach(visit);
  };
  visit(parseSync(path, text).program);
  return found.map((sentence) => `${path}: ${sentence}`);
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
const argumentsOf = (call: Node) => (Array.isArray(call.arguments) ? call.arguments : []);
const isSentence = (text: string) => /^[A-Z…“].*[a-z] [a-z…]/.test(text);

/** `invalid` of `invalid(…)`, `min` of `z.string().min(…)`. */
function nameOf(callee: unknown): string {
  if (!isNode(callee)) return "";
  return callee.type === "MemberExpression" ? nameOf(callee.property) : String(callee.name ?? "");
}

function textOf(argument: unknown): string {
  if (!isNode(argument)) return "";
  if (argument.type === "Literal") return typeof argument.value === "string" ? argument.value : "";
  if (argument.type !== "TemplateLiteral" || !Array.isArray(argument.quasis)) return "";
  return argument.quasis.map((part) => part.value.cooked).join("…");
}
