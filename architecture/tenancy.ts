import { parseSync } from "oxc-parser";
import { code } from "./read-sources.ts";

/** A function or use case at the top of a file of core. */
export type Unit = { path: string; name: string; text: string; permission: string | null };

type Declared = { id?: { name?: string } | null; init?: Call | null; start: number; end: number };
type Call = { type: string; start: number; end: number; callee?: { name?: string } };
type Statement = {
  type: string;
  start: number;
  end: number;
  declaration?: Statement | null;
  declarations?: Declared[];
  id?: { name?: string } | null;
};

/** Functions and use cases at the top of core's files. */
export const units: Unit[] = code
  .filter(({ path }) => path.startsWith("core/") && !path.startsWith("core/rules/"))
  .flatMap(({ path, text }) => {
    const body = parseSync(path, text).program.body as unknown as Statement[];
    return body.flatMap((statement) => unitsOf(path, text, statement.declaration ?? statement));
  });

function unitsOf(path: string, text: string, statement: Statement): Unit[] {
  const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  if (statement.type === "FunctionDeclaration")
    return [{ path, name: statement.id?.name ?? "", text: slice(statement), permission: null }];
  return (statement.declarations ?? []).flatMap((one) => {
    const { init } = one;
    if (!init) return [];
    const isUseCase = init.type === "CallExpression" && /^(query|command)$/.test(init.callee?.name ?? "");
    const permission = isUseCase ? (/\bpermission: "([a-z:]+)"/.exec(slice(init))?.[1] ?? "") : null;
    return [{ path, name: one.id?.name ?? "", text: slice(one), permission }];
  });
}

/** The frame runs every use case; that it asks about terminations says nothing about the use case. */
const frame = ["core/frame/define.ts", "core/frame/record.ts"];
const scopePath = "core/frame/scope.ts";
const importsOf = new Map(code.map(({ path, imports }) => [path, imports]));
const keyOf = ({ path, name }: Unit) => `${path} ${name}`;

/** Functions and use cases that ask which rows the actor may see, themselves or through what they call. */
export const asking: ReadonlySet<string> = reach(new Set([`${scopePath} scoped`, `${scopePath} accountOf`]));

function reach(known: Set<string>): Set<string> {
  const more = units.filter((unit) => !frame.includes(unit.path) && !known.has(keyOf(unit)) && calls(unit, known));
  return more.length === 0 ? known : reach(new Set([...known, ...more.map(keyOf)]));
}

/** Whether a unit calls one of these: of its own file, or of a file it imports. */
function calls({ path, text }: Unit, known: ReadonlySet<string>): boolean {
  const files = [path, ...(importsOf.get(path) ?? [])];
  return [...text.matchAll(/\b([a-z]\w+)\(/g)].some((match) => files.some((file) => known.has(`${file} ${match[1]}`)));
}

/** Whether a use case asks which rows the actor may see. */
export const asksRows = (unit: Unit) => asking.has(keyOf(unit));
