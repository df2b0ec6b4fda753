import type { Metadata } from "next";
import { currentSession, userPageCtx } from "#app/_lib/context.ts";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { ProofHost } from "#app/_parts/proof-host.tsx";
import { signOutAction } from "#app/(auth)/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { getProfile } from "#core/auth/profile.ts";
import { listPasskeys } from "#core/auth/set-up-passkey.ts";
import { staffSecondStep } from "#core/runtime/env.ts";
import * as words from "#words/words.ts";
import { Passkeys } from "../passkeys/passkeys.tsx";
import { ShowPasskey } from "../passkeys/show-passkey.tsx";
import { SecondStep } from "../second-step.tsx";
import { PassForm } from "./pass-form.tsx";

export const metadata: Metadata = { title: "Two-step sign-in" };

/** All that staff reach before they have a second step, where the provider requires one. */
export default async function SecondStepPage() {
  const ctx = await userPageCtx();
  const [profile, passkeys] = [await getProfile(ctx, {}), await listPasskeys(ctx, {})];
  const session = await currentSession();
  const mustBePasskey = staffSecondStep() === "passkey";
  const lacksSecondStep = session?.lacksSecondStep ?? false;
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-6">
      <ProductMark name="Gatehouse" href="/" />
      <PageHeader title="Two-step sign-in" lead="Staff need a second step before they reach the desk." />
      {lacksSecondStep && passkeys.length > 0 ? (
        <Panel title="Your passkey">
          <ShowPasskey />
        </Panel>
      ) : null}
      {lacksSecondStep && profile.totpSince && !mustBePasskey ? (
        <Panel title="Your code">
          <p className="mb-4">
            {session?.issuerName ?? words.anIssuer} asked for no second step. Enter the code from your app.
          </p>
          <PassForm />
        </Panel>
      ) : null}
      <Panel title="Passkeys" aside={passkeys.length > 0 ? "on" : "off"}>
        <Passkeys passkeys={passkeys} hasSecondStep={profile.totpSince !== null || passkeys.length > 0} />
        <ProofHost />
      </Panel>
      {profile.hasPassword && !mustBePasskey ? (
        <Panel title="Authenticator app" aside={profile.totpSince ? "on" : "off"}>
          <SecondStep since={profile.totpSince} codesLeft={profile.recoveryCodesLeft} />
        </Panel>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {lacksSecondStep ? null : (
          <ButtonLink href="/staff" variant="primary">
            Continue to the desk
          </ButtonLink>
        )}
        <form action={signOutAction}>
          <Button type="submit">Sign out</Button>
        </form>
      </div>
    </main>
  );
}
