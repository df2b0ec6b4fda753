import { eq } from "drizzle-orm";
import { imposeAction } from "#core/enforcement/impose-action.ts";
import { jobCtx } from "#core/frame/context.ts";
import { session } from "#db/schema/auth.ts";
import { appeal } from "#db/schema/enforcement.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { makeCase } from "./make-case.ts";
import { addStaff, database, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("what was reversed is counted for everybody on the desk, and by person for leads only", async ({
  page,
  context,
}) => {
  const { db } = database();
  const author = await makePerson(`Ada Author ${crypto.randomUUID().slice(0, 8)}`);
  await addStaff(author, "reviewer");
  await signIn(context, author);
  const [own] = await db.select({ id: session.id }).from(session).where(eq(session.userId, author.userId));
  const { accountId } = await makeCase(`Reversed ${crypto.randomUUID().slice(0, 8)}`);
  const actor = { kind: "staff" as const, role: "reviewer" as const, sessionId: own?.id ?? "", ...author };
  const { actionId } = await imposeAction(
    { ...jobCtx(db, "test", new Date()), actor },
    {
      ...{ accountId, type: "throttle", factor: 0.5, durationHours: 24, reasonCode: "probing" },
      ...{ publicText: "Your token tries paths.", internalNote: "chart" },
    },
  );
  const now = new Date();
  await db.insert(appeal).values({
    ...{ accountId, actionId, state: "granted", cause: "c", changed: "c", prevention: "p" },
    ...{ dueAt: now, decidedAt: now },
  });
  await page.goto("/staff");
  const reasons = page.getByRole("group", { name: "Reversed by reason, 90 days" });
  await expect(reasons.getByRole("row", { name: /Probing/ })).toBeVisible();
  await expect(page.getByRole("group", { name: "Reversed by person, 90 days" })).toHaveCount(0);

  const lead = await makePerson("Lea Lead");
  await addStaff(lead, "lead");
  await signIn(context, lead);
  await page.goto("/staff");
  const people = page.getByRole("group", { name: "Reversed by person, 90 days" });
  await expect(people.getByRole("row", { name: author.name })).toContainText("1");
  expect(await accessibilityFaults(page)).toEqual([]);
});
