import { withoutScript } from "./held-back.ts";
import { addStaff, makeAccount, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

withoutScript(() => {
  test("staff find the account of a report, add it to the case, and answer whoever sent it", async ({
    page,
    context,
  }) => {
    const { slug, name } = await makeAccount("Reported By Mail Ltd");
    const reviewer = await makePerson("Rea Reviewer");
    await addStaff(reviewer, "reviewer");
    await signIn(context, reviewer);
    const about = `sender of ${slug}, ${crypto.randomUUID().slice(0, 8)}`;
    const body = "It began at 04:12 and never stopped.";
    await page.goto("/report/abuse");
    await page.getByRole("textbox").first().fill(about);
    await page.getByRole("textbox").nth(1).fill(body);
    await page.getByLabel("Your e-mail address").fill(`rita@${crypto.randomUUID()}.example`);
    await page.getByRole("button", { name: "Send report" }).click();
    await expect(page.getByText("Thank you.")).toBeVisible();

    await page.goto("/staff/reports");
    await page.getByRole("link", { name: about }).click();
    await expect(page.getByRole("list", { name: "Messages to the reporter" })).toContainText("Your report has arrived");
    const join = page.getByRole("form", { name: "Add to a case" });
    await expect(join.getByRole("radio", { name: new RegExp(name) })).toBeChecked();
    await join.getByLabel("Another account").fill("no-such-account");
    await join.getByRole("button", { name: "Add to case" }).click();
    await expect(join.getByLabel("Another account")).toHaveValue("no-such-account");
    await expect(join.getByText("No account has this")).toBeVisible();
    await join.getByLabel("Another account").fill("");
    await join.getByRole("button", { name: "Add to case" }).click();
    await page.getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(page.getByText(body)).toBeVisible();

    await page.getByRole("link", { name: about, exact: true }).click();
    const close = page.getByRole("form", { name: "Close report" });
    await close.getByLabel("Outcome").fill("Throttled for a day.");
    await close.getByLabel("Answer to the reporter").selectOption("acted");
    await close.getByLabel("Its words").fill(`We stopped ${name}.`);
    await close.getByRole("button", { name: "Close report" }).click();
    await expect(close.getByText(`Leave out “${name}”`)).toBeVisible();
    await expect(close.getByLabel("Outcome")).toHaveValue("Throttled for a day.");
    await close.getByLabel("Its words").fill("");
    await close.getByRole("button", { name: "Close report" }).click();
    await expect(page.getByText("Closed: Throttled for a day.")).toBeVisible();
    await expect(page.getByRole("list", { name: "Messages to the reporter" })).toContainText("About your report");
  });
});
