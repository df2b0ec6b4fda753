import { generateAuthenticationOptions } from "@simplewebauthn/server";
import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { command, query } from "../frame/define.ts";
import { isFromBusyNetwork } from "./busy-network.ts";
import { type OnlyWay, withoutIssuer } from "./only-through.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { answered, newChallenge, relyingParty } from "./passkey-challenge.ts";
import { takeShown, verifyPasskey } from "./verify-passkey.ts";

/** What a browser asks its passkeys to sign, whoever is before it: they say whose they are. */
export const beginPasskeySignIn = query({
  permission: "session:open",
  input: z.strictObject({}),
  run: async (ctx) => {
    const challenge = newChallenge(ctx, "sign_in");
    const { rpID } = relyingParty();
    const options = await generateAuthenticationOptions({
      ...{ rpID, userVerification: "required", challenge: Buffer.from(challenge.challenge, "base64url") },
    });
    return { challenge, options };
  },
});

export type PasskeySignIn =
  | ({ ok: true } & OpenedSession)
  | { ok: false; reason: "wrong" | "over" | "busy"; email: string | null }
  | { ok: false; reason: "issuer_only"; ways: OnlyWay[] };

/**
 * Opens a session for the owner of a passkey. It counts as both factors, since it is only taken with a finger or PIN. The answer is the
 * same for a passkey that nobody has, that was removed, or whose owner is blocked.
 */
export const signInWithPasskey = command({
  permission: "session:open",
  input: z.strictObject(answered),
  prepare: async (ctx, input) =>
    isFromBusyNetwork(ctx, "passkey") ? ("busy" as const) : verifyPasskey(ctx, input, { purpose: "sign_in" }),
  run: async (ctx, _input, shown): Promise<PasskeySignIn> => {
    if (shown === "busy") return { ok: false, reason: "busy", email: null };
    if (!shown.ok) return shown;
    const wrong = { ok: false, reason: "wrong", email: shown.email } as const;
    if (!(await takeShown(ctx, shown))) return wrong;
    const entrance = await withoutIssuer(ctx.db, shown.userId);
    if (!entrance.isOpen) return { ok: false, reason: "issuer_only", ways: entrance.ways };
    const opened = await openSession(ctx, { userId: shown.userId, way: "passkey", isTwoStep: true });
    return opened ? { ok: true, ...opened } : wrong;
  },
  // `openSession` records its own. Of passkeys that nobody has nothing is kept: anybody can make them up.
  happened: (_input, result) =>
    !result.ok && result.reason === "wrong" && result.email !== null
      ? fact("session.refused", { subjectId: result.email, accountId: null }, { way: "passkey" })
      : null,
});
