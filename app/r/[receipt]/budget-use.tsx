import { DecisionBars } from "#app/_parts/decision-bars.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { LimitKind } from "#core/rules/limits/catalogue.ts";
import type { Budget } from "#core/usage/read-budget.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type BudgetUseProps = {
  budget: Budget;
  limiter: { name: string; kind: LimitKind; limit: number; used: number; windowSeconds: number };
};

/** What had used the limit up when it refused: its shape over the window, and which tokens and endpoints it was. */
export function BudgetUse({ budget, limiter }: BudgetUseProps) {
  const isQuota = limiter.kind === "quota";
  return (
    <>
      <Panel>
        <DecisionBars
          title={isQuota ? "What used the quota, by hour" : `What used the limit, ${words.step(budget.stepSeconds)}`}
          points={budget.points.map(({ atMs, allowed, refused }) => ({
            at: new Date(atMs).toISOString(),
            values: { allowed, refused },
          }))}
          bucketSeconds={budget.stepSeconds}
          empty="The details of this window are no longer kept. Minutes without a refusal are kept by the second for 15 minutes."
        />
        <p className="mt-3 text-ink-2">
          {isQuota
            ? `The UTC day up to the refusal. The quota is ${words.limitSize(limiter)}; the chart counts what requests cost.`
            : `The ${limiter.windowSeconds} seconds up to the refusal, in which ${format.count(limiter.limit)} may pass.`}
        </p>
      </Panel>
      {budget.users.length > 0 ? (
        <Panel title="Used by" flush>
          <Table label="What used the limit">
            <TableHead>
              <TableHeader>Token</TableHeader>
              <TableHeader>Endpoint</TableHeader>
              <TableHeader align="right">Used</TableHeader>
              <TableHeader align="right">Share</TableHeader>
            </TableHead>
            <TableBody>
              {budget.users.map((one) => (
                <TableRow key={`${one.tokenId} ${one.endpointName}`}>
                  <TableCell className="font-medium">{one.tokenName ?? "a deleted token"}</TableCell>
                  <TableCell>{one.endpointName ?? "none matched"}</TableCell>
                  <TableCell align="right">{format.count(one.used)}</TableCell>
                  <TableCell align="right">{format.percent(one.used / budget.used)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Panel>
      ) : null}
    </>
  );
}
