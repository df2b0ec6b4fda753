import type { ReactNode } from "react";
import { visitorCtx } from "#app/_lib/context.ts";
import { allowsSignInLinks } from "#core/auth/request-sign-in-link.ts";
import { setting } from "#core/runtime/env.ts";
import { listWaysIn } from "#core/single-sign-on/list-providers.ts";
import { leadsByDomain } from "#core/single-sign-on/ways-of-address.ts";
import { CompanyWay } from "./company-way.tsx";
import { LinkWay } from "./link-way.tsx";
import { PasskeyWay } from "./passkey-way.tsx";
import { SingleSignOnWay } from "./single-sign-on-way.tsx";
import { TokenWay } from "./token-way.tsx";

/** What the sign-in page offers besides the password, each in a file of its own. */
export async function OtherWays({ next }: { next: string }) {
  const ctx = await visitorCtx();
  const issuers = await listWaysIn(ctx, {});
  const ways: ReactNode[] = [
    <PasskeyWay key="passkey" next={next} />,
    ...issuers.map(({ providerId, name }) => (
      <SingleSignOnWay key={providerId} providerId={providerId} name={name} next={next} />
    )),
  ];
  if (await leadsByDomain(ctx, {})) ways.push(<CompanyWay key="company" next={next} />);
  if (allowsSignInLinks()) ways.push(<LinkWay key="link" next={next} />);
  if (setting("TOKEN_SIGN_IN")) ways.push(<TokenWay key="token" />);
  return (
    <section className="mt-4 flex flex-col gap-2 border-line border-t pt-4" aria-label="Other ways to sign in">
      {ways}
    </section>
  );
}
