import { BellRing } from "lucide-react";
import type { Metadata } from "next";
import { memberPageCtx } from "#app/_lib/context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { listAlertRules } from "#core/alerts/list-alert-rules.ts";
import { type AlertRow, listAlerts } from "#core/alerts/list-alerts.ts";
import { can } from "#core/frame/permissions.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { AddRule, RuleTable, SeeAll, TestAlert } from "./rule-parts.tsx";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const [rules, alerts] = await Promise.all([listAlertRules(ctx, {}), listAlerts(ctx, { limit: 100 })]);
  const mayWrite = can(ctx.actor, "alerts:write");
  const unseen = alerts.filter((one) => one.seenAt === null).length;
  return (
    <OwnerMain page="Alerts">
      <RefreshOnUse seconds={5} />
      <PageHeader
        title="Alerts"
        lead="Sent once per crossing, here and by e-mail. Members choose their e-mail under Settings."
        actions={mayWrite ? <TestAlert account={account} /> : null}
      />
      <Panel title="Rules" flush>
        <RuleTable account={account} rules={rules} mayWrite={mayWrite} />
        {mayWrite ? <AddRule account={account} /> : null}
      </Panel>
      <Panel title="History" aside={unseen > 0 ? <SeeAll account={account} unseen={unseen} /> : undefined} flush>
        {alerts.length === 0 ? (
          <EmptyState icon={<BellRing />} title="No alerts yet">
            Alerts appear here when a threshold above is reached.
          </EmptyState>
        ) : (
          <ol aria-label="Alerts, newest first" className="flex flex-col">
            {alerts.map((one) => (
              <Told key={one.id} account={account} alert={one} />
            ))}
          </ol>
        )}
      </Panel>
    </OwnerMain>
  );
}

function Told({ account, alert }: { account: string; alert: AlertRow }) {
  const mails = [
    alert.mailsSent > 0 ? `${alert.mailsSent} sent by e-mail` : "",
    alert.mailsWaiting > 0 ? `${alert.mailsWaiting} being sent` : "",
    alert.mailsKept > 0 ? `${alert.mailsKept} not delivered: no mail server configured` : "",
  ].filter((text) => text !== "");
  return (
    <li className="flex flex-col gap-1 border-line border-t px-4 py-3 first:border-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Badge meaning={alert.seenAt ? "neutral" : "info"} icon={false}>
          {words.alertMessageKind(alert.kind)}
        </Badge>
        <TextLink kind="name" href={`/a/${account}${alert.path}`}>
          {alert.subject}
        </TextLink>
        <RelativeTime at={alert.at} className="ml-auto text-sm text-ink-3" />
      </p>
      <p className="text-ink-2">{alert.body}</p>
      <p className="text-sm text-ink-3">
        {[...mails, alert.seenAt ? `seen by ${alert.seenBy ?? "a member"}` : "not seen yet"].join(" · ")}
      </p>
    </li>
  );
}
