"use server";

import { action } from "#app/_lib/action.ts";
import { draftDetector, publishDetector } from "#core/detection/change-detector.ts";
import { decideHeldFlags } from "#core/detection/held-flags.ts";
import { restoreDetector } from "#core/detection/restore-detector.ts";

const revalidate = ["/staff/detectors", "/staff/detectors/[detector]"];

export const draftDetectorAction = action(draftDetector, { as: "staff", revalidate, echo: ["note"] });
export const restoreDetectorAction = action(restoreDetector, { as: "staff", revalidate, echo: ["reason"] });
export const publishDetectorAction = action(publishDetector, { as: "staff", revalidate });
export const decideHeldFlagsAction = action(decideHeldFlags, { as: "staff", revalidate });
