"use server";

import { action } from "#app/_lib/action.ts";
import { acknowledgeNotice } from "#core/notices/acknowledge-notice.ts";

export const acknowledgeNoticeAction = action(acknowledgeNotice, {
  as: "member",
  revalidate: ["/a/[account]"],
});
