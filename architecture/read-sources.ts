import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";

/** One source file as the rules look at it. Paths are relative to the project. */
export type Source = {
  path: string;
  text: string;
  /** What it imports or re-exports, types and dynamic imports included: paths of ours, packages by name. */
  imports: string[];
  /** Names it exports; `default` for a default export. */
  exports: string[];
};

const listed = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx", "*.mjs"],
  { encoding: "utf8" },
);

/** Every script file that git tracks or would track. */
export const files = listed.split("\0").filter((path) => path !== "" && existsSync(path));

export const sources: Source[] = files
  .filter((path) => !path.endsWith(".d.ts") && !path.startsWith("e2e/generated/"))
  .map(read);

/** Sources of the product: no tests, and nothing that only tests use. */
export const code = sources.filter(
  ({ path }) => !/\.test\.tsx?$|^e2e\/|^bench\/|^architecture\/|testing|compile-refusals/.test(path),
);

function read(path: string): Source {
  const text = readFileSync(path, "utf8");
  const { module, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const requests = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value)),
    ...module.dynamicImports.map((one) => literal(text.slice(one.moduleRequest.start, one.moduleRequest.end))),
  ];
  const exported = module.staticExports.flatMap((one) =>
    one.entries.filter((entry) => !entry.isType).map((entry) => entry.exportName.name ?? "default"),
  );
  const imports = [...new Set(requests.filter((name) => name !== undefined))].map((name) => resolve(path, name));
  return { path, text, imports, exports: exported };
}

/** The text of a string literal; undefined where the module is named by an expression. */
function literal(expression: string): string | undefined {
  return /^"([^"]+)"$/.exec(expression)?.[1];
}

function resolve(path: string, name: string): string {
  if (name.startsWith("#")) return name.slice(1);
  return name.startsWith(".") ? normalize(join(dirname(path), name)) : name;
}

/** Groups of nodes that reach each other, each sorted; empty when there is no cycle. Tarjan's algorithm. */
export function cycles(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, number>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const index = order.size;
    order.set(node, index);
    path.push(node);
    let low = index;
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (path.includes(next)) low = Math.min(low, order.get(next) ?? index);
    }
    if (low === index) {
      const group = path.splice(path.indexOf(node));
      if (group.length > 1) found.push(group.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}
