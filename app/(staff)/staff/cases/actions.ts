"use server";

import { action } from "#app/_lib/action.ts";
import { addNote } from "#core/abuse/add-note.ts";
import { claimCase } from "#core/abuse/claim-case.ts";
import { closeCase } from "#core/abuse/close-case.ts";
import { dismissFlag } from "#core/abuse/dismiss-flag.ts";

const revalidate = ["/staff/cases/[case]"];

export const claimCaseAction = action(claimCase, { as: "staff", revalidate });
export const addNoteAction = action(addNote, { as: "staff", revalidate });
export const dismissFlagAction = action(dismissFlag, { as: "staff", revalidate });
export const closeCaseAction = action(closeCase, { as: "staff", revalidate });
