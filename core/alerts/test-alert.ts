import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { alert } from "#db/schema/alerts.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorName } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { hourMs } from "../rules/time.ts";
import { sendAlert } from "./send-alert.ts";

/** Tests an hour: each is a message to every member. */
const mostPerHour = 5;

/** Sends an alert that says it is a test, the way a real one goes. */
export const testAlert = command({
  permission: "alerts:write",
  input: z.strictObject({}),
  run: async (ctx) => {
    const accountId = accountOf(ctx, undefined);
    const isRecent = and(
      eq(alert.accountId, accountId),
      eq(alert.kind, "test"),
      gt(alert.at, new Date(ctx.now.getTime() - hourMs)),
    );
    await atMost(ctx, {
      ...{ accountId, what: "test alerts", most: mostPerHour },
      count: () => ctx.db.$count(alert, isRecent),
      refusal: new AppError("throttled", words.errors.tooManyAlertTests(mostPerHour)),
    });
    const sent = await sendAlert(ctx, {
      accountId,
      kind: "test",
      ...words.testAlert(actorName(ctx.actor)),
      path: "/alerts",
      mails: "alerts",
    });
    return { accountId, ...sent };
  },
  happened: (_input, { accountId, alertId, mailed }) =>
    fact("alert.tested", { subjectId: alertId, accountId }, { mailed }),
});
