import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listOverrides } from "#core/accounts/override-limit.ts";
import type { limitsInForce } from "#core/usage/limits-in-force.ts";
import * as format from "#words/format.ts";
import { AddOverride, ChangePlan, EndOverride, ExternalId, PrivateNetworks, Protect } from "./terms-forms.tsx";

type TermsPanelProps = {
  accountId: string;
  /** The provider's own id, to be changed; empty = none yet, null = not theirs to change. */
  externalId: string | null;
  planId: number;
  isProtected: boolean;
  /** Whether its webhooks may lie in private networks; null = the operator allows none to anybody. */
  privateNetworks: boolean | null;
  limits: Awaited<ReturnType<typeof limitsInForce>>;
  overrides: Awaited<ReturnType<typeof listOverrides>>;
  plans: readonly { id: number; name: string }[];
  mayWrite: boolean;
};

/** Plan, limits in force now, and dated exceptions of one account. */
export function TermsPanel({
  accountId,
  externalId,
  planId,
  isProtected,
  privateNetworks,
  limits,
  overrides,
  plans,
  mayWrite,
}: TermsPanelProps) {
  const limited = limits.endpoints.filter((one) => one.limit !== null);
  return (
    <Panel
      title="Limits"
      aside={`${limits.plan} plan, now ${limits.quotaPerDay === null ? "unlimited" : format.count(limits.quotaPerDay)} per day`}
    >
      <details>
        <summary className="w-fit cursor-pointer text-ink-2">Current rate limits ({limited.length})</summary>
        <ul className="mt-1 columns-1 gap-8 text-sm sm:columns-2">
          {limited.map((one) => (
            <li key={one.id} className="flex justify-between gap-3">
              <span>{one.name}</span>
              <span className="tabular-nums">
                {format.count(one.limit ?? 0)} per {one.windowSeconds} s
              </span>
            </li>
          ))}
        </ul>
      </details>
      {overrides.length > 0 ? (
        <ul className="mt-3" aria-label="Exceptions">
          {overrides.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-3 border-line py-2 not-first:border-t">
              <span className={`min-w-0 flex-1 ${one.isOver ? "text-ink-3" : ""}`}>
                {one.kind === "quota" ? "Quota" : one.endpointName}: {format.count(one.value)}, from{" "}
                <ZonedTime at={one.startsAt.toISOString()} style="long" />
                {one.endsAt ? (
                  <>
                    {" "}
                    to <ZonedTime at={one.endsAt.toISOString()} style="long" />
                  </>
                ) : (
                  " on"
                )}
                . {one.reason} {one.byName ? `(${one.byName})` : ""}
              </span>
              {one.isOver ? <Badge>over</Badge> : mayWrite ? <EndOverride overrideId={one.id} /> : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-2 text-ink-2">No exceptions: the plan and the endpoint defaults apply.</p>
      )}
      {mayWrite ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <AddOverride
            accountId={accountId}
            endpoints={limits.endpoints.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <ChangePlan accountId={accountId} planId={planId} plans={plans} />
          {externalId === null ? null : <ExternalId accountId={accountId} externalId={externalId} />}
          <Protect accountId={accountId} isProtected={isProtected} />
          {privateNetworks === null ? null : <PrivateNetworks accountId={accountId} isAllowed={privateNetworks} />}
        </div>
      ) : null}
    </Panel>
  );
}
