"use server";

import { action } from "#app/_lib/action.ts";
import { addNote } from "#core/cases/add-note.ts";
import { addReference, removeReference } from "#core/cases/case-references.ts";
import { claimCase } from "#core/cases/claim-case.ts";
import { closeCase } from "#core/cases/close-case.ts";
import { dismissFlag } from "#core/cases/dismiss-flag.ts";
import { muteFlag } from "#core/cases/mute-flag.ts";
import { removeFilter, saveFilter } from "#core/cases/saved-filters.ts";
import { viewCase } from "#core/cases/view-case.ts";
import { escalateCase, handOverCase, releaseCase, snoozeCase, waitForOwner, wakeCase } from "#core/cases/work-case.ts";

const revalidate = ["/staff/cases/[case]"];

export const claimCaseAction = action(claimCase, { as: "staff", revalidate });
export const addNoteAction = action(addNote, { as: "staff", revalidate, echo: ["text"] });
export const dismissFlagAction = action(dismissFlag, { as: "staff", revalidate });
export const closeCaseAction = action(closeCase, { as: "staff", revalidate });
export const muteFlagAction = action(muteFlag, { as: "staff", revalidate });
export const releaseCaseAction = action(releaseCase, { as: "staff", revalidate });
export const handOverCaseAction = action(handOverCase, { as: "staff", revalidate });
export const snoozeCaseAction = action(snoozeCase, { as: "staff", revalidate });
export const wakeCaseAction = action(wakeCase, { as: "staff", revalidate });
export const escalateCaseAction = action(escalateCase, { as: "staff", revalidate });
export const waitForOwnerAction = action(waitForOwner, { as: "staff", revalidate });
export const addReferenceAction = action(addReference, { as: "staff", revalidate, echo: ["label", "url"] });
export const removeReferenceAction = action(removeReference, { as: "staff", revalidate });
export const saveFilterAction = action(saveFilter, { as: "staff", revalidate: ["/staff/cases"] });
export const removeFilterAction = action(removeFilter, { as: "staff", revalidate: ["/staff/cases"] });
/** Asked while the page is open; it renews nothing on screen by itself. */
export const viewCaseAction = action(viewCase, { as: "staff", show: (others) => others.map((one) => one.name) });
