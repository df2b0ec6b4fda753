"use server";

import { action } from "#app/_lib/action.ts";
import { resendFailedMail, resendMail } from "#core/mail/resend-mail.ts";
import { setMyCaseMail } from "#core/staff/my-case-mail.ts";

const revalidate = ["/staff/mail"];

export const resendMailAction = action(resendMail, { as: "staff", revalidate });
export const resendFailedMailAction = action(resendFailedMail, {
  as: "staff",
  revalidate,
  show: ({ resent }) => ({ resent }),
});
export const setMyCaseMailAction = action(setMyCaseMail, { as: "staff", revalidate });
