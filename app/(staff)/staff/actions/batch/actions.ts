"use server";

import { action } from "#app/_lib/action.ts";
import { approveBatch } from "#core/enforcement/approve-batch.ts";
import { imposeBatch } from "#core/enforcement/impose-batch.ts";
import { previewBatch } from "#core/enforcement/preview-batch.ts";
import { undoBatch } from "#core/enforcement/undo-batch.ts";

const revalidate = ["/staff/actions/batch/[batch]"];

export const previewBatchAction = action(previewBatch, { as: "staff", show: (preview) => preview });
export const imposeBatchAction = action(imposeBatch, {
  as: "staff",
  redirectTo: ({ batchId }) => `/staff/actions/batch/${batchId}`,
});
export const approveBatchAction = action(approveBatch, { as: "staff", revalidate });
export const undoBatchAction = action(undoBatch, { as: "staff", revalidate });
