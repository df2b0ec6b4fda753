import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { minuteParam } from "#app/_lib/param.ts";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { getAccountAsOf } from "#core/accounts/get-account-as-of.ts";
import { ActionsThen, MembersThen, RatesThen, TermsThen, TokensThen } from "./then-panels.tsx";

export const metadata: Metadata = { title: "Account as it was" };

const hourMs = 3_600_000;
const jumps = [
  { label: "1 hour ago", hours: 1 },
  { label: "1 day", hours: 24 },
  { label: "7 days", hours: 24 * 7 },
  { label: "30 days", hours: 24 * 30 },
  { label: "90 days", hours: 24 * 90 },
];

/** `2026-11-24T10:20`, in UTC, as the date field gives it. */
const minute = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/)
  .transform((text) => new Date(`${text.slice(0, 16)}:00Z`))
  .refine((at) => !Number.isNaN(at.getTime()))
  .optional()
  .catch(undefined);

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function AccountAsOfPage({ params, searchParams }: PageProps) {
  const ctx = await staffPageCtx();
  const { account: accountId } = await params;
  const asked = z.object({ at: minute }).parse(await searchParams).at;
  const nowMs = ctx.now.getTime();
  const at = new Date(Math.min(nowMs, asked?.getTime() ?? nowMs - 24 * hourMs));
  const then = await foundOr404(() => getAccountAsOf.fromUnknown(ctx, { accountId, at }));
  const isEarly = then.recordedFrom !== null && at < then.recordedFrom;
  return (
    <ShellMain
      crumbs={[
        { label: "Accounts", href: "/staff/accounts" },
        { label: then.name, href: `/staff/accounts/${accountId}` },
        { label: "As it was" },
      ]}
    >
      <PageHeader
        title={`${then.name}, as it was`}
        badge={then.existed ? <StandingBadge standing={then.standing} /> : null}
        lead={
          <>
            At <ZonedTime at={at.toISOString()} style="long" />. The page address includes the time, so you can share
            it.
          </>
        }
      />
      <div className="flex flex-wrap items-end gap-3">
        <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3">
          <Field name="at" label="Date and time, UTC">
            {(control) => (
              <Input
                {...control}
                key={minuteParam(at)}
                type="datetime-local"
                defaultValue={minuteParam(at)}
                max={minuteParam(new Date(nowMs))}
                required
              />
            )}
          </Field>
          <Button type="submit">Show</Button>
        </form>
        <SegmentedLinks
          label="Jump to"
          items={jumps.map(({ label, hours }) => {
            const value = minuteParam(new Date(nowMs - hours * hourMs));
            return {
              href: `/staff/accounts/${accountId}/as-of?at=${value}`,
              label,
              active: value === minuteParam(at),
            };
          })}
        />
      </div>
      {then.existed ? null : (
        <Banner meaning="info" title="The account did not exist yet.">
          It was opened at <ZonedTime at={then.createdAt.toISOString()} style="long" />.
        </Banner>
      )}
      {isEarly && then.recordedFrom ? (
        <Banner meaning="warning" title="This is before records begin.">
          Actions are recorded since <ZonedTime at={then.recordedFrom.toISOString()} style="long" />. Earlier roles,
          token pauses and departed members are unknown; today's values are shown instead.
        </Banner>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <ActionsThen then={then} />
          <TokensThen then={then} />
          <MembersThen then={then} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <TermsThen then={then} />
          <RatesThen then={then} />
        </div>
      </div>
    </ShellMain>
  );
}
