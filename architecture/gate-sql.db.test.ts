import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe("the gate's SQL", () => {
  it("is found", () => {
    expect(statements.length).toBeGreaterThan(20);
  });

  it.each(statements)("names what the schema has: $where", async ({ sql }) => {
    await expect(prepare(sql)).resolves.toBeUndefined();
  });

  it("would be refused with a name that the schema does not have", async () => {
    await expect(prepare("select pasued_at from token where id = $1")).rejects.toThrow(/pasued_at/);
  });
});

async function prepare(statement: string): Promise<void> {
  await test.sql.unsafe(`prepare checked as ${statement}`);
  await test.sql.unsafe("deallocate all");
}

/** Every text under the tag `sql` or `tx`, its values as $1, $2 … */
function statementsIn(source: Source): Statement[] {
  return nodesOf(source, "TaggedTemplateExpression")
    .filter(({ tag }) => isNode(tag) && /^(sql|tx)$/.test(String(tag.name)))
    .map(({ quasi, start }) => ({
      where: `${source.path}:${source.text.slice(0, start).split("\n").length}`,
      sql: textOf(quasi, (index) => `$${index}`) ?? "",
    }));
}
