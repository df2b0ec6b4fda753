"use server";

import { action } from "#app/_lib/action.ts";
import { decideAppeal } from "#core/appeals/decide-appeal.ts";
import { takeAppeal } from "#core/appeals/take-appeal.ts";
import { writeAppealMessage } from "#core/appeals/write-message.ts";

const revalidate = ["/staff/appeals"];

export const takeAppealAction = action(takeAppeal, { as: "staff", revalidate });
export const decideAppealAction = action(decideAppeal, { as: "staff", revalidate, echo: ["decision", "text"] });
export const writeToOwnerAction = action(writeAppealMessage, { as: "staff", revalidate, echo: ["text"] });
