import type { Metadata } from "next";
import { visitorCtx } from "#app/_lib/context.ts";
import { safeNext } from "#app/_lib/landing.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { findWaysOfDomain } from "#core/single-sign-on/ways-of-address.ts";
import { SingleSignOnWay } from "../single-sign-on-way.tsx";
import { CompanyForm } from "./company-form.tsx";
import { NoIssuer } from "./no-issuer.tsx";

export const metadata: Metadata = { title: "Sign in with your company" };

type Asked = Promise<{ next?: unknown; domain?: unknown }>;

export default async function CompanyPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams;
  const next = safeNext(asked.next) ?? "/";
  const found =
    typeof asked.domain === "string"
      ? await findWaysOfDomain(await visitorCtx(), { domain: asked.domain.slice(0, 300) })
      : null;
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="text-lg font-semibold">Sign in with your company</h1>
      <p className="mb-4 text-ink-2">Enter your work address to get to your company's own sign-in.</p>
      {found && found.ways.length > 0 ? (
        <div className="flex flex-col gap-2">
          {found.ways.map(({ id, name }) => (
            <SingleSignOnWay key={id} providerId={id} name={name} next={next} />
          ))}
        </div>
      ) : (
        <>
          {found ? (
            <div className="mb-4">
              <NoIssuer domain={found.domain} />
            </div>
          ) : null}
          <CompanyForm next={next} />
        </>
      )}
      <p className="mt-4 text-center">
        <TextLink href="/sign-in">Back to sign-in</TextLink>
      </p>
    </section>
  );
}
