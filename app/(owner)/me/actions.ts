"use server";

import { renderSVG } from "uqr";
import { action } from "#app/_lib/action.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { changePassword } from "#core/auth/change-password.ts";
import { endSession } from "#core/auth/end-session.ts";
import { passSecondStep } from "#core/auth/pass-second-step.ts";
import { updateProfile } from "#core/auth/profile.ts";
import { proveAgain } from "#core/auth/prove-again.ts";
import { confirmTotp, removeTotp, renewRecoveryCodes, startTotp } from "#core/auth/set-up-totp.ts";

const revalidate = ["/me", "/me/second-step"];

export const updateProfileAction = action(updateProfile, { as: "user", revalidate, echo: ["name", "timeZone"] });
export const endSessionAction = action(endSession, { as: "user", revalidate });
export const proveAgainAction = action(proveAgain, {
  as: "user",
  show: (result) => (result.ok ? { ok: true as const } : result),
  goOn: (result, form) => (result.ok ? safeNext(form.get("_next")) : null),
});
export const passSecondStepAction = action(passSecondStep, {
  as: "user",
  show: (result) => (result.ok ? { ok: true as const } : result),
  goOn: (result) => (result.ok ? "/staff" : null),
});
export const changePasswordAction = action(changePassword, {
  as: "user",
  revalidate,
  show: (result) => (result.ok ? { ok: true as const, ended: result.ended } : result),
});
/** The app's secret goes to the browser once, as words and as a picture, and into no form's state. */
export const startTotpAction = action(startTotp, {
  as: "user",
  show: (result) =>
    result.ok ? { ok: true as const, secret: result.secret, picture: renderSVG(result.uri, { border: 2 }) } : result,
});
export const confirmTotpAction = action(confirmTotp, { as: "user", revalidate, show: ({ codes }) => ({ codes }) });
export const renewRecoveryCodesAction = action(renewRecoveryCodes, {
  as: "user",
  revalidate,
  show: (result) => (result.ok ? { ok: true as const, codes: result.codes } : result),
});
export const removeTotpAction = action(removeTotp, {
  as: "user",
  revalidate,
  show: (result) => (result.ok ? { ok: true as const } : result),
});
