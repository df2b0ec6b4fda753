import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** The rules of ARCHITECTURE.md, read off the source. A failure names the file, the line it broke and the rule. */

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && !path.endsWith(".d.ts"));

type Source = { path: string; text: string; imports: string[] };

const sources: Source[] = files.flatMap((path) => {
  try {
    const text = readFileSync(path, "utf8");
    return [{ path, text, imports: importsOf(path, text) }];
  } catch {
    return []; // Deleted and not yet committed.
  }
});
const isTest = (path: string) => /\.test\.tsx?$|^e2e\/|^bench\/|testing|compile-refusals/.test(path);
const code = sources.filter((source) => !isTest(source.path));

/** What a file imports: paths inside the project as from its root, packages by name. */
function importsOf(path: string, text: string): string[] {
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
    ),
  ];
  return found.map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    if (name.startsWith("#")) return name.slice(1);
    return name.startsWith(".") ? normalize(join(dirname(path), name)) : name;
  });
}

const isOurs = (name: string) => /^(app|components|core|db|scripts|bench|e2e)\//.test(name);
const within =
  (...roots: string[]) =>
  (name: string) =>
    roots.some((root) => name.startsWith(root));

type Rule = { where: (path: string) => boolean; may: (name: string) => boolean; why: string };

const gateStores = /^core\/gate\/(main|connect|.*-link|.*store|importer.*)\.ts$/;

const rules: Rule[] = [
  {
    where: within("core/rules/"),
    may: (name) => within("core/rules/")(name),
    why: "rules are pure: they import rules and nothing else",
  },
  {
    where: within("db/"),
    may: (name) => within("db/", "core/rules/vocabulary.ts", "core/env.ts", "core/log.ts")(name) || !isOurs(name),
    why: "db knows the word lists and nothing of the product",
  },
  {
    where: (path) => path.startsWith("core/gate/") && !gateStores.test(path),
    may: (name) =>
      within("core/gate/", "core/rules/", "core/env.ts", "core/log.ts")(name) ||
      (!isOurs(name) && !/^(drizzle|postgres|zod|next|react)/.test(name)),
    why: "the hot path asks its stores; it knows no SQL, no zod and no use case",
  },
  {
    where: within("core/"),
    may: (name) => within("core/", "db/")(name) || (!isOurs(name) && !/^(next|react)(\/|$|-)/.test(name)),
    why: "core runs under plain Node: no next, no react, nothing of app",
  },
  {
    where: within("components/"),
    may: (name) => within("components/")(name) || !isOurs(name),
    why: "components only look: they know no domain and read no data",
  },
  {
    where: (path) => path.startsWith("app/") && path !== "app/_lib/database.ts",
    may: (name) => !name.startsWith("db/"),
    why: "there is no query under app: pages call use cases",
  },
];

describe("the architecture", () => {
  it.each(rules)("$why", ({ where, may, why }) => {
    const broken = code
      .filter((source) => where(source.path))
      .flatMap((source) =>
        source.imports.filter((name) => !may(name)).map((name) => `${source.path} imports ${name}: ${why}`),
      );
    expect(broken).toEqual([]);
  });

  it("keeps nothing that is imported from anywhere out of reach of the rules", () => {
    expect(code.filter((source) => source.path.startsWith("core/rules/")).length).toBeGreaterThan(10);
    expect(
      sources.some((source) => source.path === "core/define.ts" && source.imports.includes("core/permissions.ts")),
    ).toBe(true);
  });

  it('makes every export of a "use server" file with action() or plainAction()', () => {
    const actionFiles = code.filter((source) => source.text.startsWith('"use server"'));
    const broken = actionFiles.flatMap((source) =>
      exportLines(source.text)
        .filter((line) => !/^export const \w+ = (plainAction|action)\(/.test(line))
        .map((line) => `${source.path}: ${line}`),
    );
    expect(actionFiles.length).toBeGreaterThan(0);
    expect(broken).toEqual([]);
    const inline = code.filter((source) => /\n\s+"use server"/.test(source.text)).map((source) => source.path);
    expect(inline, "no action is written inside a component").toEqual([]);
  });

  it("makes every method of a route with an adapter", () => {
    const routes = code.filter(
      (source) => /^app\/.*\/route\.ts$/.test(source.path) && !source.path.includes("[...nextauth]"),
    );
    const broken = routes.flatMap((source) =>
      exportLines(source.text)
        .filter(
          (line) =>
            !/^export const (GET|POST|PUT|PATCH|DELETE) = (api|document|stream|health|csv|staffCsv|text|redirectTo|download)\(/.test(
              line,
            ),
        )
        .map((line) => `${source.path}: ${line}`),
    );
    expect(broken).toEqual([]);
  });

  it("reads process.env in core/env.ts alone", () => {
    const readers = code
      .filter((source) => /^(core|app|components|db)\//.test(source.path) && source.path !== "core/env.ts")
      .filter((source) => source.text.includes("process.env"))
      .map((source) => source.path);
    expect(readers).toEqual([]);
  });

  it("selects columns by name, so that no row leaves whole", () => {
    const broken = code
      .filter((source) => /^(core|app)\//.test(source.path) && /\.select\(\s*\)/.test(source.text))
      .map((source) => source.path);
    expect(broken).toEqual([]);
  });

  it("looks at the clock in no rule", () => {
    const broken = code
      .filter(
        (source) =>
          source.path.startsWith("core/rules/") &&
          /Date\.now\(|new Date\(\)|Math\.random\(|performance\./.test(source.text),
      )
      .map((source) => source.path);
    expect(broken).toEqual([]);
  });

  it("asks which rows, wherever a use case for members touches a table of accounts", () => {
    const definitions = code.filter(
      (source) => source.path.startsWith("core/") && /= (query|command)\(\{/.test(source.text),
    );
    const asksRows =
      /scoped\(|accountOf\(|webhooksOf\(|permission: "(cases|flags|keys|leaks|tokens:import|accounts|limits|detectors|reports:(read|work|submit)|views|personal|audit:export|actions|staff|gates|receipts|provider|setup|session|invitation|account:create)/;
    const broken = definitions
      .filter(
        (source) =>
          !asksRows.test(source.text) &&
          !/changeToken\(|changeEndpoint\(|changeCase\(|changeIntegration\(|findAppeal\(/.test(source.text),
      )
      .map((source) => source.path);
    expect(definitions.length).toBeGreaterThan(30);
    expect(broken).toEqual([]);
  });

  it("keeps files short enough to read at once", () => {
    const long = code
      .filter((source) => !source.path.startsWith("db/schema/"))
      .map((source) => ({ path: source.path, lines: source.text.split("\n").length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  it("has no drawer for leftovers", () => {
    expect(files.filter((path) => /(^|\/|-)(utils?|helpers?|common|misc|manager|service)(\.|\/|-)/.test(path))).toEqual(
      [],
    );
  });
});

function exportLines(text: string): string[] {
  return text.split("\n").filter((line) => /^export (?!type )/.test(line));
}
