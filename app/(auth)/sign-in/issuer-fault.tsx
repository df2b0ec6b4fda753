import { visitorCtx } from "#app/_lib/context.ts";
import { Banner } from "#components/ui/banner.tsx";
import { listWaysIn } from "#core/single-sign-on/list-providers.ts";
import * as words from "#words/words.ts";

/** Why an issuer's answer let nobody in. Only issuers that this page offers are named. */
export async function IssuerFault({ fault, issuer }: { fault: unknown; issuer: unknown }) {
  if (typeof fault !== "string") return null;
  const issuers = await listWaysIn(await visitorCtx(), {});
  const name = issuers.find(({ providerId }) => providerId === issuer)?.name ?? words.anIssuer;
  return (
    <Banner meaning="warning" title="Not signed in" live>
      {words.singleSignOnRefused(fault, name)}
    </Banner>
  );
}
