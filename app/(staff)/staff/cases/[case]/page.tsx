import { ChevronLeft, ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Count } from "#components/ui/number.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { listReferences } from "#core/cases/case-references.ts";
import { type CaseDetail, getCase } from "#core/cases/get-case.ts";
import { listActions } from "#core/enforcement/list-actions.ts";
import { listSent } from "#core/notices/list-sent.ts";
import { listCaseReports } from "#core/reports/list-reports.ts";
import { personReport } from "#core/rules/detectors/person-report.ts";
import { usageRanges } from "#core/rules/usage/usage-range.ts";
import { relatedAccounts, stillTries } from "#core/search/search-desk.ts";
import { getDiagnosis } from "#core/usage/get-diagnosis.ts";
import { getHottestEndpoint } from "#core/usage/get-hottest-endpoint.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { limitsInForce } from "#core/usage/limits-in-force.ts";
import * as deskWords from "#words/desk.ts";
import { ActionForm } from "../../_action/action-form.tsx";
import { ActionsInCase } from "../../_action/actions-in-case.tsx";
import { DiagnosisPanel } from "../../_action/diagnosis-panel.tsx";
import { HistoryNote } from "../../_action/history-note.tsx";
import { readActing } from "../../_action/read-acting.ts";
import { SentPanel } from "../../_action/sent-panel.tsx";
import { ReportCard } from "../../_report/report-card.tsx";
import { investigateHref } from "../../investigate/case-href.ts";
import { CaseKeys } from "../case-keys.tsx";
import { Queue } from "../queue.tsx";
import { queryOf } from "../queue-filter.ts";
import { readQueue } from "../read-queue.ts";
import { Beside } from "./beside.tsx";
import { CaseButtons } from "./case-buttons.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import { EvidenceChart } from "./evidence-chart.tsx";
import { Flags } from "./flags.tsx";
import { Presence } from "./presence.tsx";

export const metadata: Metadata = { title: "Case" };

const rangeParam = z.object({ range: z.enum(usageRanges).catch("1h") });

type PageProps = {
  params: Promise<{ case: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CasePage({ params, searchParams }: PageProps) {
  const ctx = await staffPageCtx();
  const { case: caseId } = await params;
  const detail = await foundOr404(() => getCase.fromUnknown(ctx, { caseId }));
  const { accountId } = detail;
  const { range } = rangeParam.parse(await searchParams);
  const evidence = async () => {
    const hottest = await getHottestEndpoint(ctx, { accountId });
    const endpointId = hottest ? { endpointId: hottest.id } : {};
    return { hottest, series: await getUsageSeries(ctx, { accountId, range, ...endpointId }) };
  };
  const acts = async () => {
    const actions = await listActions(ctx, { accountId });
    return { actions, ...(await readActing(ctx, accountId, actions, caseId)) };
  };
  const [
    queue,
    { hottest, series },
    { actions, history, ...acting },
    limits,
    findings,
    references,
    related,
    tries,
    sent,
    reports,
  ] = await Promise.all([
    readQueue(ctx, searchParams),
    evidence(),
    acts(),
    limitsInForce(ctx, accountId),
    getDiagnosis(ctx, { accountId }),
    listReferences(ctx, { caseId }),
    relatedAccounts(ctx, { accountId }),
    stillTries(ctx, { accountId }),
    listSent(ctx, { accountId }),
    listCaseReports(ctx, { caseId }),
  ]);
  const here = queryOf(queue.filter, queue.from).toString();
  const at = queue.rows.findIndex((row) => row.id === detail.id);
  const nextCase = queue.rows.filter((row) => row.id !== detail.id)[Math.max(at, 0)];
  const isMine = detail.assigneeUserId === queue.userId;
  const isWaiting = actions.some((action) => action.state === "applying");
  const mainFlag = detail.flags.find((one) => one.share > 0) ?? detail.flags[0];
  const status =
    detail.state === "closed" ? "closed" : isMine ? "assigned to you" : (detail.assigneeName ?? "unassigned");
  return (
    <ShellMain
      crumbs={[{ label: "Cases", href: "/staff/cases" }, { label: detail.accountName }]}
      status={
        <>
          <Badge icon={false}>{status}</Badge>
          <Presence caseId={detail.id} />
        </>
      }
      layout="panes"
    >
      <KeepFresh seconds={isWaiting ? 1 : 5} />
      <CaseKeys />
      <Queue {...queue} activeId={detail.id} />
      {/* A grid keeps the place of the form before it has arrived, so that nothing is narrowed when it comes. */}
      <div className="grid min-w-0 flex-1 auto-rows-min xl:auto-rows-auto xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4 p-4 lg:p-6">
          <Link href={`/staff/cases?${here}`} className={`${buttonClass({ size: "sm" })} self-start md:hidden`}>
            <ChevronLeft aria-hidden />
            All cases
          </Link>
          <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold">{detail.accountName}</h1>
            <StandingBadge standing={detail.standing} />
            <span className="text-ink-2">
              customer since <ZonedTime at={detail.customerSince.toISOString()} style="date" /> · {detail.planName} ·{" "}
              {limits.quotaPerDay === null ? "unlimited" : <Count value={limits.quotaPerDay} exact />} per day
            </span>
            <TextLink kind="bare" href={`/staff/accounts/${accountId}`}>
              Account
            </TextLink>
            <TextLink kind="bare" href={investigateHref(accountId, mainFlag)} prefetch={false}>
              Investigate
            </TextLink>
            {nextCase ? (
              <Link
                href={`/staff/cases/${nextCase.id}?${here}`}
                className={`${buttonClass({ size: "sm" })} ml-auto`}
                title={nextCase.accountName}
              >
                Next case
                <ChevronRight aria-hidden />
              </Link>
            ) : null}
          </header>
          {at >= 0 && detail.state !== "closed" && queue.rows[at] ? (
            <p className="text-sm text-ink-2">{deskWords.priority(queue.rows[at])}.</p>
          ) : null}
          <CaseButtons
            caseId={detail.id}
            version={detail.version}
            state={detail.state}
            isMine={isMine}
            holder={detail.holder?.name ?? null}
            outcomes={detail.outcomes}
            colleagues={queue.colleagues.filter((one) => one.userId !== queue.userId)}
          />
          <ActionsInCase actions={actions} actor={ctx.actor.kind === "staff" ? ctx.actor : null} />
          <Flags flags={detail.flags} score={detail.score} />
          {reports.map((report) => (
            <ReportCard key={report.id} report={report} />
          ))}
          <DiagnosisPanel findings={findings} />
          <EvidenceChart series={series} endpoint={hottest} range={range} caseId={detail.id} query={here} />
          <Beside
            caseId={detail.id}
            references={references}
            related={related}
            tries={tries}
            previousCaseId={detail.previousCaseId}
          />
          <SentPanel sent={sent} />
          <CaseTimeline caseId={detail.id} timeline={detail.timeline} />
        </div>
        <aside className="min-w-0 border-line border-t p-4 lg:p-6 xl:border-t-0 xl:border-l">
          <ActionForm
            {...acting}
            accountId={accountId}
            accountName={detail.accountName}
            caseId={detail.id}
            flag={mainFlag ? flagFacts(mainFlag) : null}
            strikes={history.strikes}
            history={<HistoryNote history={history} />}
          />
        </aside>
      </div>
    </ShellMain>
  );
}

/** What a flag gives to the action; a person's report stays with the desk, its words are not for the owner. */
function flagFacts({ detector, reasonCode, summary, scope, scopeId }: CaseDetail["flags"][number]) {
  return {
    reason: reasonCode,
    summary: detector === personReport.id ? null : summary,
    tokenId: scope === "token" ? scopeId : null,
  };
}
