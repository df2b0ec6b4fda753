import { expect, it } from "vitest";
import { parseEnv } from "./env.ts";
import { reportDoor } from "./report-mail-settings.ts";

const base = { DATABASE_URL: "postgres://u:p@127.0.0.1/g" };
const door = (more: Record<string, string>) => reportDoor(parseEnv({ ...base, ...more }));

it("a door for reports is on loopback unless told otherwise, and takes mail for somebody or stops the start", () => {
  expect(door({})).toBeNull();
  const given = { REPORT_SMTP_PORT: "2525", REPORT_MAIL_ADDRESS: "abuse@example.com" };
  expect(door(given)).toEqual({ host: "127.0.0.1", port: 2525, recipient: "abuse@example.com" });
  expect(door({ ...given, REPORT_SMTP_HOST: "10.0.0.5" })).toMatchObject({ host: "10.0.0.5" });
  expect(() => door({ REPORT_SMTP_PORT: "2525" })).toThrow("REPORT_MAIL_ADDRESS");
});

it.each([
  ["REPORT_MAILBOX_URL", "pop3://u:p@mail.example.com"],
  ["REPORT_MAILBOX_URL", "imaps://mail.example.com"],
  ["REPORT_MAIL_ADDRESS", "abuse"],
  ["REPORT_SMTP_PORT", "0"],
  ["REPORT_AUTHSERV_ID", "mx example"],
])("a wrong %s stops the start with a sentence that names it: %s", (name, value) => {
  expect(() => parseEnv({ ...base, [name]: value })).toThrow(name);
});
