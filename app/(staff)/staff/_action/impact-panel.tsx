import { Sparkline } from "#components/charts/sparkline.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Impact } from "#core/enforcement/preview-impact.ts";
import type { ActionType } from "#core/rules/vocabulary.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

type ImpactPanelProps = {
  impact: Impact;
  type: ActionType;
  scope: string;
  /** What is in force already and stays, in words. */
  staying: readonly string[];
};

/** What the measure reaches, from the traffic of the last 24 hours, and what stays in force beside it. */
export function ImpactPanel({ impact, type, scope, staying }: ImpactPanelProps) {
  const reach = impact.reaches.find((one) => one.key === scope);
  const narrower = (kind: string) => impact.reaches.filter((one) => one.key.startsWith(`${kind}:`) && one.requests > 0);
  const surfaces = narrower("surface").map((one) => one.key.slice("surface:".length).toUpperCase());
  const rows: [string, React.ReactNode][] = [
    ["Requests in 24 hours", format.count(reach?.requests ?? 0)],
    ["of them clean", reach?.cleanShare == null ? "–" : format.percent(reach.cleanShare)],
  ];
  if (scope === "account")
    rows.push(
      ["Tokens with traffic", format.count(narrower("token").length)],
      ["Endpoints with traffic", format.count(narrower("endpoint").length)],
      ["Surfaces", surfaces.length === 0 ? "–" : surfaces.join(", ")],
    );
  rows.push(
    ["Members", format.count(impact.members)],
    ["Integrations", format.count(impact.integrations)],
    [
      "Last signed in",
      impact.lastSignInAt ? <RelativeTime key="t" at={new Date(impact.lastSignInAt).toISOString()} /> : "never",
    ],
  );
  return (
    <div className="rounded-md bg-sunk p-3">
      <h3 className="mb-1.5 font-semibold">{type === "notice" ? "Who this concerns" : "Impact"}</h3>
      <dl className="grid grid-cols-[1fr_auto] gap-y-0.5">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-2">{term}</dt>
            <dd className="text-right font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {reach ? (
        <div className="mt-2">
          <Sparkline label="Requests per hour, the last 24 hours" values={reach.hours} width={280} height={28} />
          <p className="text-sm text-ink-3">requests per hour, the last 24 hours</p>
        </div>
      ) : null}
      {staying.length > 0 ? (
        <p className="mt-2 text-sm text-ink-2">Stays in force as well: {staying.join("; ")}.</p>
      ) : null}
      {type === "notice" ? null : <p className="mt-2 text-sm text-ink-2">{words.billingConsequence(type)}</p>}
    </div>
  );
}
