import { MessageSquareWarning } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { Pages, pageParam, partOf, shownOf } from "#app/_parts/pages.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { listRefusedMail } from "#core/reports/list-refused-mail.ts";
import { listReports } from "#core/reports/list-reports.ts";
import { ReportCard } from "../../_report/report-card.tsx";
import { RefusedMailPanel } from "./refused-mail.tsx";

export const metadata: Metadata = { title: "Reports" };

const params = z.object({ view: z.enum(["open", "closed", "refused"]).catch("open"), page: pageParam });

export default async function ReportsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { view, page } = params.parse(await searchParams);
  const found = view === "refused" ? [] : await listReports(ctx, { open: view === "open", ...partOf(page) });
  const reports = shownOf(found);
  return (
    <ShellMain crumbs={[{ label: "Reports" }]}>
      <PageHeader
        title="Reports"
        lead="Reports by the forms /report/abuse and /report/vulnerability and by mail, oldest first."
        actions={
          <SegmentedLinks
            label="Which reports"
            items={[
              { href: "/staff/reports", label: "Open", active: view === "open" },
              { href: "/staff/reports?view=closed", label: "Closed", active: view === "closed" },
              { href: "/staff/reports?view=refused", label: "Mail not taken", active: view === "refused" },
            ]}
          />
        }
      />
      {view === "refused" ? <RefusedMailPanel refused={await listRefusedMail(ctx, {})} /> : null}
      {view !== "refused" && reports.length === 0 ? (
        <Panel>
          <EmptyState icon={<MessageSquareWarning />} title={view === "open" ? "No open reports" : "No closed reports"}>
            Link to /report/abuse and /report/vulnerability where your users look. Their reports appear here.
          </EmptyState>
        </Panel>
      ) : null}
      {reports.map((report) => (
        <ReportCard key={report.id} report={report} />
      ))}
      <Pages label="Pages of reports" page={page} found={found} href={`/staff/reports?view=${view}`} />
    </ShellMain>
  );
}
