import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { code, type Source } from "./read-sources.ts";
import { isNode, nodesOf, textOf } from "./syntax.ts";

/**
 * The gate writes its SQL by hand, because it runs on the driver alone. Postgres parses each statement here against the schema of
 * the migrations, so that a renamed column is found without a test that happens to run the statement.
 */

type Statement = { where: string; sql: string };

const statements = code.filter(({ path }) => /^core\/gate\/(?!testing)/.test(path)).flatMap(statementsIn);

let test: TestDatabase;
const isRun = /^(create temporary table|set local) /;
/** One connection, for temporary tables. */
let one: OpenDatabase;
beforeAll(async () => {
  test = await testDatabase();
  one = openDatabase(test.url, { max: 1, applicationName: "gatehouse-test" });
  for (const statement of statements) if (isRun.test(statement.sql)) await one.sql.unsafe(statement.sql);
});
afterAll(async () => {
  await one.close();
  await test.close();
});

describe("the gate's SQL", () => {
  it("is found", () => {
    expect(statements.length).toBeGreaterThan(20);
  });

  it.each(statements)("names what the schema has: $where", async (statement) => {
    await expect(prepare(statement.sql)).resolves.toBeUndefined();
  });

  it("would be refused with a name that the schema does not have", async () => {
    await expect(prepare("select pasued_at from token where id = $1")).rejects.toThrow(/pasued_at/);
  });
});

/** What cannot be prepared is run: a temporary table, which other statements name. Of a COPY, the reading of its table is prepared. */
async function prepare(statement: string): Promise<void> {
  if (isRun.test(statement)) await one.sql.unsafe(statement);
  else {
    await one.sql.unsafe(`prepare checked as ${reading(statement)}`);
    await one.sql.unsafe("deallocate all");
  }
}

function reading(statement: string): string {
  const [, table, columns = "*"] = /^copy (\S+)(?: \((.+)\))? from stdin$/.exec(statement) ?? [];
  return table ? `select ${columns} from ${table}` : statement;
}

/** Every text under the tag `sql` or `tx`, its values as $1, $2 …, and a part that a variable above it names as that part. */
function statementsIn(source: Source): Statement[] {
  const tagged = nodesOf(source, "TaggedTemplateExpression").filter(
    ({ tag }) => isNode(tag) && /^(sql|tx)$/.test(String(tag.name)),
  );
  const variables = nodesOf(source, "VariableDeclarator");
  const partOf = (value: unknown, before: number) => {
    if (!isNode(value) || value.type !== "Identifier") return null;
    const named = variables.findLast(({ id, end }) => isNode(id) && id.name === value.name && end < before);
    const part = tagged.find(
      ({ start, end }) => named && isNode(named.init) && start >= named.start && end <= named.end,
    );
    return part ? textOf(part.quasi, (index) => `$${index}`) : null;
  };
  return tagged.map(({ quasi, start }) => {
    const values: unknown[] = isNode(quasi) && Array.isArray(quasi.expressions) ? quasi.expressions : [];
    return {
      where: `${source.path}:${source.text.slice(0, start).split("\n").length}`,
      sql: textOf(quasi, (index) => partOf(values[index - 1], start) ?? `$${index}`) ?? "",
    };
  });
}
