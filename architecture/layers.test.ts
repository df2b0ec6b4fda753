import { describe, expect, it } from "vitest";
import { coreRooms, gateRooms, ruleRooms } from "./layers.ts";
import { code, cycles, type Source, sources } from "./read-sources.ts";

/** Who may import whom. A failure names the file, what it imports and the rule. */

const top = ["app", "components", "core", "db", "demo", "scripts", "bench", "e2e", "words"];
const isOurs = (name: string) => top.includes(name.split("/")[0] ?? "");
const within =
  (...roots: string[]) =>
  (name: string) =>
    roots.some((root) => name.startsWith(root));

/** The room of a path below `root`, such as `journal` of core/gate/journal/turn.ts; null for files beside the rooms. */
function roomOf(root: string, path: string): string | null {
  if (!path.startsWith(root)) return null;
  const [room, rest] = path.slice(root.length).split("/");
  return rest === undefined ? null : (room ?? null);
}

type Rule = { where: (path: string) => boolean; may: (name: string) => boolean; why: string };

/** What of the gate talks to the database. */
const gateStores = within("core/gate/main.ts", "core/gate/state/", "core/gate/import/");

const rules: Rule[] = [
  {
    where: within("core/rules/"),
    may: (name) => name.startsWith("core/rules/") || name === "ipaddr.js",
    why: "rules are pure: they import rules, and ipaddr.js to read addresses",
  },
  {
    where: within("words/"),
    may: within("words/", "core/rules/", "core/facts/catalogue.ts"),
    why: "words are pure: they know the codes of rules and facts, and no way to read or draw anything",
  },
  {
    where: (path) => !path.startsWith("words/"),
    may: (name) => !name.startsWith("words/") || /^words\/[^/]+\.ts$/.test(name),
    why: "words are reached by the files at the top of words/, so that a language can be put in the place of another",
  },
  {
    where: within("db/"),
    may: (name) =>
      within("db/", "core/rules/vocabulary.ts", "core/rules/vocabulary-intake.ts", "core/runtime/")(name) ||
      !isOurs(name),
    why: "db knows the word lists and nothing of the product",
  },
  {
    where: (path) => path.startsWith("core/gate/") && !gateStores(path),
    may: (name) =>
      within("core/gate/", "core/rules/", "words/", "core/runtime/env.ts", "core/runtime/log.ts")(name) ||
      (!isOurs(name) && !/^(drizzle|postgres|zod|next|react)/.test(name)),
    why: "the hot path asks its stores; it knows no SQL, no zod and no use case",
  },
  {
    where: within("core/"),
    may: (name) => within("core/", "db/", "words/")(name) || (!isOurs(name) && !/^(next|react)(\/|$|-)/.test(name)),
    why: "core runs under plain Node: no next, no react, nothing of app",
  },
  {
    where: within("components/"),
    may: (name) => within("components/", "words/format.ts")(name) || !isOurs(name),
    why: "components only look: they know no domain and read no data",
  },
  {
    where: (path) => path.startsWith("app/") && path !== "app/_lib/database.ts",
    may: (name) => !name.startsWith("db/"),
    why: "there is no query under app: pages call use cases",
  },
];

describe("imports", () => {
  it.each(rules)("$why", ({ where, may, why }) => {
    expect(broken(({ path }, name) => !where(path) || may(name), why)).toEqual([]);
  });

  it("go from a room of core to the rooms before it", () => {
    const known: readonly string[] = coreRooms;
    const rooms = new Set(code.flatMap(({ path }) => roomOf("core/", path) ?? []));
    expect(
      [...rooms].filter((room) => !known.includes(room)),
      "a room without a place",
    ).toEqual([]);
    expect(
      known.filter((room) => !rooms.has(room)),
      "a place without a room",
    ).toEqual([]);
    const place = (path: string) => known.indexOf(roomOf("core/", path) ?? "");
    expect(
      broken(
        ({ path }, name) => !path.startsWith("core/") || !name.startsWith("core/") || place(name) <= place(path),
        "that room comes later",
      ),
    ).toEqual([]);
  });

  it.each([
    ["core/gate/", gateRooms],
    ["core/rules/", ruleRooms],
  ])("within %s go the way the rooms are laid out", (root, rooms) => {
    const used = new Set(code.flatMap(({ path }) => roomOf(root, path) ?? []));
    expect([...used].sort()).toEqual(Object.keys(rooms).sort());
    expect(
      broken(({ path }, name) => {
        const from = roomOf(root, path);
        const to = roomOf(root, name);
        return from === null || to === null || from === to || (rooms[from]?.includes(to) ?? false);
      }, "that room is not below"),
    ).toEqual([]);
  });

  it("make no circle between files, type-only ones included", () => {
    expect(cycles(new Map(sources.map(({ path, imports }) => [path, imports.filter(isOurs)])))).toEqual([]);
  });

  it("are read at all", () => {
    const define = sources.find(({ path }) => path === "core/frame/define.ts");
    expect(define?.imports).toContain("core/frame/permissions.ts");
    expect(
      cycles(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["b"]],
        ]),
      ),
    ).toEqual([["b", "c"]]);
  });
});

function broken(isAllowed: (source: Source, name: string) => boolean, why: string): string[] {
  return code.flatMap((source) =>
    source.imports.filter((name) => !isAllowed(source, name)).map((name) => `${source.path} imports ${name}: ${why}`),
  );
}
