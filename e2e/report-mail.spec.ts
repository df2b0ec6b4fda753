import { createTransport } from "nodemailer";
import { freePort } from "../scripts/start/ports.mjs";
import { ownGatehouse } from "./own-gatehouse.ts";
import { addStaff, makePerson, signIn } from "./sign-in.ts";
import { expect, test } from "./test.ts";

let port = 0;

ownGatehouse(async () => {
  port = await freePort();
  return { REPORT_SMTP_PORT: String(port), REPORT_MAIL_ADDRESS: "abuse@provider.example" };
});

test("a report that comes by mail is at the desk with its attachments named, and a hostile one with the reason", async ({
  page,
  context,
}) => {
  const server = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  const from = "Rita Reader <rita@reader.example>";
  await server.sendMail({
    ...{ from, to: "abuse@provider.example", subject: "They write to me" },
    html: "<p>Uninvited, <b>daily</b>.</p><script>document.title = 'run'</script>",
    attachments: [{ filename: "proof\u202Efdp.exe", content: "MZ" }],
  });
  const parts = `From: ${from}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${"--x\r\n\r\n".repeat(10_000)}`;
  await server.sendMail({ envelope: { from: "rita@reader.example", to: "abuse@provider.example" }, raw: parts });

  const reviewer = await makePerson("Rea Reviewer");
  await addStaff(reviewer, "reviewer");
  await signIn(context, reviewer);
  await page.goto("/staff/reports");
  await page.getByRole("link", { name: "They write to me" }).click();
  await expect(page.getByText("Uninvited, daily.")).toBeVisible();
  await expect(page.getByText("prooffdp.exe, application/")).toBeVisible();
  await expect(page).toHaveTitle(/Report/);
  await expect(page.getByRole("list", { name: "Messages to the reporter" })).toContainText("Your report has arrived");
  await page.goto("/staff/reports?view=refused");
  await expect(page.getByRole("row").filter({ hasText: "More than 200 parts." })).toBeVisible();
});
