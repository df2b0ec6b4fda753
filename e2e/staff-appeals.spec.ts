import { accessibilityFaults } from "./accessibility.ts";
import { callGate, makeToken, ownAccount } from "./owner.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

test("a suspension is appealed, asked about, and overturned by somebody else; the token works again", async ({
  page: owner,
  context,
  browser,
}) => {
  test.setTimeout(180_000);
  const account = await ownAccount(context, "Appealing Ltd");
  const { secret } = await makeToken(account.accountId, "cron");
  const author = await makePerson("Ann Author");
  const decider = await makePerson("Dee Cider");
  await addStaff(author, "reviewer");
  await addStaff(decider, "reviewer");
  const authors = await browser.newContext();
  const deciders = await browser.newContext();
  await signIn(authors, author);
  await signIn(deciders, decider);

  const staff = await authors.newPage();
  await staff.goto(`/staff/accounts/${account.accountId}`);
  await staff.getByRole("radio", { name: "Suspend" }).check();
  await staff.getByLabel("Note for colleagues").fill("Loud for two days.");
  await staff.getByRole("button", { name: `Suspend ${account.name}` }).click();
  await expect(staff.getByText(/Confirmed by 1 of 1 gate, \d+ ms/)).toBeVisible();
  expect((await callGate(secret)).code).toBe("account_suspended");

  await owner.goto(`/a/${account.slug}/standing`);
  await owner.getByRole("button", { name: "Appeal", exact: true }).click();
  const form = owner.getByRole("dialog");
  await form.getByLabel("What caused it?").fill("A loop in our release 4.2.");
  await form.getByLabel("What have you changed since?").fill("We wait for Retry-After now.");
  await form.getByLabel("Why can it not happen again?").fill("A test covers the loop.");
  await form.getByRole("button", { name: "Send appeal" }).click();
  await expect(owner.getByText("Submitted", { exact: true })).toBeVisible();
  await owner.keyboard.press("Escape");
  expect(await accessibilityFaults(owner)).toEqual([]);

  await staff.goto("/staff/appeals");
  const theirs = staff.locator("section", { hasText: account.name });
  await expect(theirs.getByText("You imposed or approved this action.", { exact: false })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Decide appeal" })).toHaveCount(0);

  const desk = await deciders.newPage();
  await desk.goto("/staff/appeals");
  expect(await accessibilityFaults(desk)).toEqual([]);
  const card = desk.locator("section", { hasText: account.name });
  await card.getByLabel("Ask the owner").fill("Which release fixes it?");
  await card.getByRole("button", { name: "Send" }).click();
  await expect(card.getByText("Waiting for the owner")).toBeVisible();
  await owner.reload();
  await expect(owner.getByText("Which release fixes it?").first()).toBeVisible();
  await owner.getByLabel("Write to the provider").fill("4.3, out since noon.");
  await owner.getByRole("button", { name: "Send", exact: true }).click();
  await expect(owner.getByText("4.3, out since noon.").last()).toBeVisible();

  await desk.reload();
  await card.getByLabel("Decision").selectOption("granted");
  await card.getByLabel("Text for the owner").fill("You fixed it before we acted. We are sorry.");
  await card.getByRole("button", { name: "Decide appeal" }).click();
  await expect(desk.getByText("Decided. The owner is notified.")).toBeVisible();
  await expect.poll(async () => (await callGate(secret)).code).toBe("allowed");
  await owner.reload();
  await expect(owner.getByText("Good standing").first()).toBeVisible();
  await expect(owner.getByText("Overturned").first()).toBeVisible();
  await authors.close();
  await deciders.close();
});
