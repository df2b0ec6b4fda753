import { parseSync } from "oxc-parser";
import type { Source } from "./read-sources.ts";

/** A node of the syntax tree (ESTree); what else it holds depends on its type. */
export type Node = { type: string; start: number; end: number; [key: string]: unknown };

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Every node of these types, in the order of the text. */
export function nodesOf({ path, text }: Pick<Source, "path" | "text">, ...types: string[]): Node[] {
  const found: Node[] = [];
  visit(parseSync(path, text).program, (node) => {
    if (types.includes(node.type)) found.push(node);
  });
  return found;
}

/** Calls `see` for a tree and every node below, with the elements of JSX it stands in. */
export function visit(
  tree: unknown,
  see: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  if (!isNode(tree) && !Array.isArray(tree)) return;
  if (isNode(tree)) see(tree, above);
  const within = isNode(tree) && tree.type === "JSXElement" ? [...above, tree] : above;
  for (const inner of Object.values(tree)) visit(inner, see, within);
}

/** The text of a string or template; what a template fills in is `filled(1)`, `filled(2)` … Null = it is neither. */
export function textOf(node: unknown, filled: (index: number) => string): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null;
  return node.quasis.map((part, index) => (index === 0 ? "" : filled(index)) + part.value.cooked).join("");
}
