"use server";

import { action } from "#app/_lib/action.ts";
import { submitAppeal } from "#core/appeals/submit-appeal.ts";
import { withdrawAppeal } from "#core/appeals/withdraw-appeal.ts";
import { writeAppealMessage } from "#core/appeals/write-message.ts";
import { announceLoad, cancelLoad } from "#core/detection/announce-load.ts";
import { reportFix } from "#core/detection/report-fix.ts";

const revalidate = ["/a/[account]/standing"];

export const submitAppealAction = action(submitAppeal, {
  as: "member",
  revalidate,
  echo: ["cause", "changed", "prevention"],
});
export const writeAppealMessageAction = action(writeAppealMessage, { as: "member", revalidate, echo: ["text"] });
export const withdrawAppealAction = action(withdrawAppeal, { as: "member", revalidate });
export const reportFixAction = action(reportFix, { as: "member", revalidate, echo: ["text"] });
export const announceLoadAction = action(announceLoad, { as: "member", revalidate });
export const cancelLoadAction = action(cancelLoad, { as: "member", revalidate });
