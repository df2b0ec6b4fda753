import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { code, files, type Source } from "./read-sources.ts";

/** Habits of the code that are read off its text. A failure names the file and the line. */

describe("the code", () => {
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
    const routes = code.filter((source) => /^app\/.*\/route\.ts$/.test(source.path));
    const broken = routes.flatMap((source) =>
      exportLines(source.text)
        .filter(
          (line) =>
            !/^export const (GET|POST|PUT|PATCH|DELETE) = (api|document|stream|health|csv|staffCsv|text|redirectTo|download|singleSignOn)\(/.test(
              line,
            ),
        )
        .map((line) => `${source.path}: ${line}`),
    );
    expect(broken).toEqual([]);
  });

  it("opens each connection to Postgres with the options of ours that keep the driver from ending the process", () => {
    const opening = code
      .filter(({ path }) => /^(core|app|db|demo|scripts)\//.test(path) && !path.includes(".test."))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(?:=|return) postgres\(.*\n.*/g)].map(([call]) => ({ path, call })),
      );
    expect(opening.length).toBeGreaterThanOrEqual(3);
    expect(opening.filter(({ call }) => !call.includes("...driverOptions"))).toEqual([]);
    const reserving = code.filter(({ path, text }) => !path.startsWith("bench/") && text.includes(".reserve()"));
    expect(reserving.map(({ path }) => path).filter((path) => path !== "architecture/habits.test.ts")).toEqual([]);
  });

  it("reads process.env in core/runtime/env.ts alone", () => {
    const readers = code
      .filter((source) => /^(core|app|components|db)\//.test(source.path) && source.path !== "core/runtime/env.ts")
      .filter((source) => source.text.includes("process.env"))
      .map((source) => source.path);
    expect(readers).toEqual([]);
  });

  it("sends every page whole: none has a placeholder that only a script can replace", () => {
    const placeholders = code.filter((source) => /^app\/.*\/loading\.tsx?$/.test(source.path)).map(({ path }) => path);
    expect(placeholders).toEqual([]);
    const links = code
      .filter(
        ({ path, text }) => /\bfrom "next\/link"/.test(text) && !/^components\/ui\/link(-pending)?\.tsx$/.test(path),
      )
      .map(({ path }) => path);
    expect(links, "a link that shows its page is on the way is components/ui/link.tsx").toEqual([]);
  });

  it("reads texts of a page's address with paramText, so that what nobody types is not given instead of an error", () => {
    const forgiving = /z\s*\.string\(\)[^;\n]*\.catch\(/;
    const broken = code.filter(({ path, text }) => path.startsWith("app/") && forgiving.test(text));
    expect(broken.map((source) => source.path)).toEqual([]);
    expect(code.some(({ path, text }) => path.startsWith("app/") && text.includes("paramText("))).toBe(true);
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

  it("names no word of the product in components", () => {
    const ofProduct = /gatehouse|token|account|suspension|suspended|refus|quota|decision|detector|appeal/i;
    const broken = code
      .filter((source) => source.path.startsWith("components/"))
      .filter((source) => ofProduct.test(withoutComments(source)))
      .map((source) => source.path);
    expect(broken).toEqual([]);
  });

  it("keeps files short enough to read at once", () => {
    const long = code
      .filter((source) => !source.path.startsWith("db/schema/"))
      .map((source) => ({ path: source.path, lines: source.text.split("\n").length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  it("words a code in words/, and prints none with its underscores replaced", () => {
    const printed = code
      .filter(({ path }) => !path.startsWith("words/"))
      .filter(({ text }) => /\.replace(All)?\(\s*(["'`]_["'`]|\/_\/\w*)/.test(text))
      .map(({ path }) => path);
    expect(printed).toEqual([]);
    const elsewhere = files.filter(
      (path) => /(^|[/-])(words?|labels?)([-.][^/]*)?$/.test(path) && !path.startsWith("words/"),
    );
    expect(elsewhere, "files of words stand in words/").toEqual([]);
  });

  it("says in words/ only which English it writes", () => {
    const named = code
      .filter(({ path }) => path !== "words/en/locale.ts" && !path.startsWith("bench/"))
      .filter(({ text }) => /toLocale\w*String\(\s*["'`]en|new Intl\.\w+\(\s*["'`]en/.test(text))
      .map(({ path }) => path);
    expect(named).toEqual([]);
  });

  it("has no drawer for leftovers", () => {
    expect(files.filter((path) => /(^|\/|-)(utils?|helpers?|common|misc|manager|service)(\.|\/|-)/.test(path))).toEqual(
      [],
    );
  });
});

function withoutComments({ path, text }: Source): string {
  const { comments } = parseSync(path, text);
  return comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

function exportLines(text: string): string[] {
  return text.split("\n").filter((line) => /^export (?!type )/.test(line));
}
