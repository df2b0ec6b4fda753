import type { Locator, Page } from "@playwright/test";
import { makeCase } from "./make-case.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

/** A case by keys alone, at the pace of a person who types well: nothing is focused, chosen or clicked but by the keyboard. */

const perKeyMs = 80;

function fingers(page: Page) {
  let strokes = 0;
  const press = async (key: string) => {
    strokes += 1;
    await page.waitForTimeout(perKeyMs);
    await page.keyboard.press(key);
  };
  return {
    press,
    type: async (text: string) => {
      strokes += text.length;
      await page.keyboard.type(text, { delay: perKeyMs });
    },
    /** Goes on with Tab until this has the focus, as one does who sees it. */
    tabTo: async (target: Locator) => {
      for (let n = 0; n < 20; n += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await press("Tab");
      }
      throw new Error("The keyboard does not get there within 20 steps.");
    },
    strokes: () => strokes,
  };
}

test("a full case by keyboard alone in less than a hundred keystrokes: move, claim, note, throttle, close", async ({
  page,
  context,
}) => {
  const agent = await makePerson("Kay Board");
  await addStaff(agent, "support");
  await signIn(context, agent);
  const account = await makeCase(`Keyboard ${crypto.randomUUID().slice(0, 8)}`);
  await page.goto(`/staff/cases?q=${encodeURIComponent(account.name)}`);
  await expect(page.getByRole("link", { name: new RegExp(account.name) })).toBeVisible();
  const { press, type, tabTo, strokes } = fingers(page);
  const startedAt = Date.now();
  // Keys work as soon as the page's script has arrived.
  await expect(async () => {
    await press("j");
    await expect(page.getByRole("heading", { name: account.name, level: 1 })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await press("c");
  await expect(page.getByText("assigned to you", { exact: true })).toBeVisible();
  await press("n");
  await type("Asked for paths of another product.");
  await press("Control+Enter");
  await expect(
    page.getByRole("list", { name: "What happened" }).getByText("Asked for paths of another product."),
  ).toBeVisible();
  await press("Tab");
  await press("t");
  await expect(page.getByRole("radio", { name: "Throttle" })).toBeChecked();
  await tabTo(page.getByLabel("Note for colleagues").last());
  await type("Slower until they answer.");
  await press("Control+Enter");
  await expect(page.getByText(/Confirmed by 1 of 1 gate, \d+ ms/)).toBeVisible();
  await expect(page.getByText("Throttle of the whole account", { exact: false }).first()).toBeVisible();
  await press("Tab");
  await press("x");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toBeVisible();
  await tabTo(dialog.getByLabel("Outcome"));
  await type("thr");
  await expect(dialog.getByLabel("Outcome")).toHaveValue("throttled");
  await tabTo(dialog.getByRole("button", { name: "Close case" }));
  await press("Enter");
  await expect(page.getByText("closed the case")).toBeVisible();
  // At this pace that is ten seconds of typing: what is left of a minute is for reading. How long it took depends on the machine.
  console.info(`${strokes()} keystrokes, ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
  expect(strokes()).toBeLessThan(100);
});
