import { Scale } from "lucide-react";
import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { listAppeals } from "#core/appeals/list-appeals.ts";
import { listLoads } from "#core/detection/announce-load.ts";
import { getStanding } from "#core/enforcement/get-standing.ts";
import { can } from "#core/frame/permissions.ts";
import { listNotices } from "#core/notices/list-notices.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { Acknowledge } from "../notices/acknowledge.tsx";
import { ActionInForce } from "./action-in-force.tsx";
import { AnnouncedLoads } from "./announced-loads.tsx";
import { AppealForm, AppealSheet } from "./appeal-form.tsx";
import { AppealPanel } from "./appeal-panel.tsx";
import { FixedIt } from "./fixed-it.tsx";
import { PastActions } from "./past-actions.tsx";

export const metadata: Metadata = { title: "Standing" };

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<{ appeal?: unknown }> };

export default async function StandingPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const { appeal: askedFor } = await searchParams;
  const ctx = await memberPageCtx(account);
  const { standing, actions } = await getStanding(ctx, {});
  const [notices, appeals, loads] = await Promise.all([listNotices(ctx, {}), listAppeals(ctx, {}), listLoads(ctx, {})]);
  const inForce = actions.filter((action) => action.isInForce);
  const ahead = actions.filter((action) => action.state === "scheduled" && !action.isInForce);
  const past = actions.filter((action) => !action.isInForce && action.state !== "scheduled");
  const mayWrite = can(ctx.actor, "appeals:write");
  const mayAppeal = (action: (typeof actions)[number]) =>
    mayWrite && action.appliedAt !== null && !appeals.some((one) => one.isOpen && one.actionId === action.id);
  const asked = actions.find((action) => action.id === askedFor && mayAppeal(action));
  const appealOf = (action: (typeof actions)[number]) =>
    mayAppeal(action) && action !== asked ? (
      <AppealSheet account={account} actionId={action.id} what={words.inForce(action)} />
    ) : null;
  const mayAcknowledge = can(ctx.actor, "notices:acknowledge");
  return (
    <OwnerMain page="Standing">
      <PageHeader
        title="Standing"
        badge={<StandingBadge standing={standing} />}
        lead="Actions in force against this account, why, and what ends them."
      />
      {inForce.length === 0 ? (
        <Panel>
          <EmptyState icon={<Scale />} title="No actions in force">
            Your account is in good standing. If that changes, the reason, the evidence and the end appear here.
          </EmptyState>
        </Panel>
      ) : null}
      {ahead.map((action) => (
        <Banner
          key={action.id}
          meaning="warning"
          title={
            <>
              From <ZonedTime at={action.effectiveAt.toISOString()} style="long" zone="both" />: {words.inForce(action)}
              .
            </>
          }
        >
          {action.statement?.publicText}
        </Banner>
      ))}
      {asked ? (
        <Panel title={`Appeal against: ${words.inForce(asked)}`}>
          <p className="mb-4 text-ink-2">{words.appealHow}</p>
          <AppealForm account={account} actionId={asked.id} />
        </Panel>
      ) : null}
      {inForce.map((action) => (
        <ActionInForce key={action.id} action={action} appeal={appealOf(action)} />
      ))}
      {appeals.map((appeal) => (
        <AppealPanel key={appeal.id} account={account} appeal={appeal} mayWrite={mayWrite} />
      ))}
      {mayWrite && inForce.length > 0 ? <FixedIt account={account} /> : null}
      {notices.length > 0 ? (
        <Panel id="notices" title="Notices" aside={`${notices.length}`}>
          <ul>
            {notices.map((notice) => (
              <li
                key={notice.id}
                className="flex flex-wrap items-start gap-3 border-line py-3 not-first:border-t first:pt-0 last:pb-0"
              >
                <div className="min-w-0 flex-1 basis-72">
                  <p className="font-medium">{notice.subject}</p>
                  <p className="whitespace-pre-wrap text-ink-2">{notice.body}</p>
                  <p className="text-sm text-ink-3">
                    <RelativeTime at={notice.createdAt.toISOString()} />
                    {notice.acknowledgedAt ? " · acknowledged" : ""}
                  </p>
                </div>
                {notice.acknowledgedAt === null && mayAcknowledge ? (
                  <Acknowledge account={account} noticeId={notice.id} subject={notice.subject} />
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <AnnouncedLoads
        account={account}
        mayWrite={mayWrite}
        loads={loads.map((load) => ({
          ...load,
          startsAt: load.startsAt.toISOString(),
          endsAt: load.endsAt.toISOString(),
        }))}
      />
      {past.length > 0 ? <PastActions actions={past} appealOf={appealOf} /> : null}
    </OwnerMain>
  );
}
