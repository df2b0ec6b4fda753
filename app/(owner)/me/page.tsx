import type { Metadata } from "next";
import { userPageCtx } from "#app/_lib/context.ts";
import { landingPath } from "#app/_lib/landing.ts";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { ProofHost } from "#app/_parts/proof-host.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { listSessions } from "#core/auth/list-sessions.ts";
import { getProfile } from "#core/auth/profile.ts";
import { listPasskeys } from "#core/auth/set-up-passkey.ts";
import { listMyMail } from "#core/mail/list-my-mail.ts";
import { env } from "#core/runtime/env.ts";
import * as format from "#words/format.ts";
import { Messages } from "./messages.tsx";
import { Passkeys } from "./passkeys/passkeys.tsx";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SecondStep } from "./second-step.tsx";
import { Sessions } from "./sessions.tsx";

export const metadata: Metadata = { title: "You" };

/** What belongs to the person and to no account: how they are called, how they sign in, and where they are signed in. */
export default async function MePage() {
  const ctx = await userPageCtx();
  const [profile, sessions, back, mail, passkeys] = await Promise.all([
    getProfile(ctx, {}),
    listSessions(ctx, {}),
    landingPath(),
    listMyMail(ctx, {}),
    listPasskeys(ctx, {}),
  ]);
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-6">
      <div className="flex items-center justify-between">
        <ProductMark name="Gatehouse" href={back} />
        <ButtonLink href={back} size="sm">
          Back
        </ButtonLink>
      </div>
      <PageHeader title="You" lead={profile.email} />
      <Panel title="Name and time zone">
        <ProfileForm name={profile.name} timeZone={profile.timeZone} zones={format.knownZones()} />
      </Panel>
      {profile.hasPassword ? (
        <Panel id="password" title="Password">
          <PasswordForm email={profile.email} />
        </Panel>
      ) : null}
      {profile.hasPassword ? (
        <Panel title="Two-step sign-in" aside={profile.totpSince ? "on" : "off"}>
          <SecondStep since={profile.totpSince} codesLeft={profile.recoveryCodesLeft} />
        </Panel>
      ) : null}
      <Panel id="passkeys" title="Passkeys" aside={`${passkeys.length}`}>
        <Passkeys passkeys={passkeys} hasSecondStep={profile.totpSince !== null || passkeys.length > 0} />
        <ProofHost />
      </Panel>
      <Panel title="Where you are signed in" flush>
        <Sessions rows={sessions} />
      </Panel>
      <Panel
        title="Messages to you"
        aside={env().SMTP_URL ? "sent by e-mail" : "no mail server: they are kept here"}
        flush
      >
        <Messages rows={mail} />
      </Panel>
    </main>
  );
}
