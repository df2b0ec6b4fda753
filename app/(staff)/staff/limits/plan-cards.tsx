import { Panel } from "#components/ui/panel.tsx";
import type { Limits } from "#core/provider/get-limits.ts";
import * as format from "#words/format.ts";
import { PlanForm, PlanLimitForm } from "./plan-forms.tsx";

type PlanCardsProps = { plans: Limits["plans"]; endpoints: Limits["endpoints"]; mayWrite: boolean };

/** Every plan with its quota, its own limits, and the forms to change them. */
export function PlanCards({ plans, endpoints, mayWrite }: PlanCardsProps) {
  const options = endpoints.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <>
      {mayWrite ? (
        <div>
          <PlanForm />
        </div>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {plans.map((plan) => (
          <Panel
            key={plan.id}
            title={plan.name}
            aside={`${format.count(plan.accounts)} ${plan.accounts === 1 ? "account" : "accounts"}`}
          >
            <p className="text-md">
              {plan.quotaPerDay === null
                ? "Unlimited requests per day"
                : `${format.count(plan.quotaPerDay)} requests per day`}
            </p>
            {plan.limits.length === 0 ? (
              <p className="mt-2 text-ink-2">Every endpoint uses its default rate limit.</p>
            ) : (
              <ul className="mt-2">
                {plan.limits.map((limit) => (
                  <li key={limit.endpointId} className="flex justify-between border-line py-1 not-first:border-t">
                    <span>{limit.endpointName}</span>
                    <span className="tabular-nums">
                      {format.count(limit.rateLimit)} per {limit.windowSeconds} s
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {mayWrite ? (
              <div className="mt-3 flex flex-wrap gap-2">
                <PlanForm plan={plan} />
                <PlanLimitForm plan={plan} endpoints={options} />
              </div>
            ) : null}
          </Panel>
        ))}
      </div>
    </>
  );
}
