import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { can } from "#core/frame/permissions.ts";
import { getLimits } from "#core/provider/get-limits.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { getPathRules } from "#core/provider/path-rules.ts";
import { EndpointTable } from "./endpoint-table.tsx";
import { PathRulesForm } from "./path-rules-form.tsx";
import { PlanCards } from "./plan-cards.tsx";

export const metadata: Metadata = { title: "Limits" };

const params = z.object({ view: z.enum(["plans", "endpoints"]).catch("plans") });

export default async function LimitsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { view } = params.parse(await searchParams);
  const [{ plans, endpoints }, { scopes }, pathRules] = await Promise.all([
    getLimits(ctx, {}),
    getProvider(ctx, {}),
    getPathRules(ctx, {}),
  ]);
  const mayWrite = can(ctx.actor, "limits:write");
  return (
    <ShellMain crumbs={[{ label: "Limits" }]}>
      <PageHeader
        title="Limits"
        lead={
          mayWrite
            ? "Plans and endpoints. Changes take effect on the next request, at every gate; charts keep showing earlier limits."
            : "Plans and endpoints. Only a lead or an admin can change them."
        }
        actions={
          <SegmentedLinks
            label="What"
            items={[
              { href: "/staff/limits", label: `Plans ${plans.length}`, active: view === "plans" },
              {
                href: "/staff/limits?view=endpoints",
                label: `Endpoints ${endpoints.length}`,
                active: view === "endpoints",
              },
            ]}
          />
        }
      />
      {view === "plans" ? (
        <PlanCards plans={plans} endpoints={endpoints} mayWrite={mayWrite} />
      ) : (
        <>
          <EndpointTable endpoints={endpoints} scopes={scopes.map((one) => one.name)} mayWrite={mayWrite} />
          <Panel title="How the API's servers read paths">
            <PathRulesForm rules={pathRules} mayWrite={mayWrite} />
          </Panel>
        </>
      )}
    </ShellMain>
  );
}
