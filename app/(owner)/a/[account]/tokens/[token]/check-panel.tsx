import { Check, Minus, X } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import type { TokenCheck } from "#core/tokens/check-token.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

const ways = [
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].map((method) => ({ value: method, label: method })),
  ...(["smtp", "inbound"] as const).map((value) => ({ value, label: words.surfaces[value] })),
];

export type Asked = { way: string; path: string; from: string };

type CheckPanelProps = { asked: Asked; check: TokenCheck | null; fault: string | null };

/** "Can it do that?": one request, and what the gate would answer now. Nothing is spent. It lives in the address. */
export function CheckPanel({ asked, check, fault }: CheckPanelProps) {
  return (
    <Panel id="check" title="Check a request" aside="spends nothing">
      <form method="get" action="#check" className="flex flex-wrap items-start gap-3">
        <Field name="way" label="Method">
          {(control) => <Select {...control} defaultValue={asked.way} options={ways} />}
        </Field>
        <Field name="path" label="Path" className="min-w-48 flex-1">
          {(control) => <Input {...control} defaultValue={asked.path} className="font-mono" maxLength={2000} />}
        </Field>
        <Field name="from" label="From address" className="w-44" {...(fault ? { error: fault } : {})}>
          {(control) => <Input {...control} defaultValue={asked.from} className="font-mono" maxLength={45} />}
        </Field>
        <Button type="submit" variant="primary" className="mt-6">
          Check
        </Button>
      </form>
      {check ? <Verdict check={check} /> : null}
    </Panel>
  );
}

function Verdict({ check }: { check: TokenCheck }) {
  const { code, allowed, endpoint, missingScope } = check;
  return (
    <section aria-label="Answer" className="mt-4 flex flex-col gap-3">
      <p>
        <Badge meaning={allowed ? "good" : "danger"}>{allowed ? "allowed" : code}</Badge>{" "}
        {endpoint ? (
          <>
            It matches <code className="font-mono">{words.route(endpoint)}</code>.{" "}
          </>
        ) : null}
        {allowed
          ? "The gate would allow it now."
          : words.refusal({ code, limiter: check.limiter && { name: check.limiter } }).why}
        {missingScope ? (
          <>
            {" "}
            The missing scope is <code className="font-mono">{missingScope}</code>.
          </>
        ) : null}
      </p>
      <ol className="grid gap-x-6 gap-y-1 sm:grid-cols-3">
        {check.steps.map(({ step, check: name, state }) => (
          <li key={step} className="flex items-center gap-2">
            {state === "passed" ? (
              <Check aria-hidden className="size-4 text-good" />
            ) : state === "refused" ? (
              <X aria-hidden className="size-4 text-danger" />
            ) : (
              <Minus aria-hidden className="size-4 text-ink-3" />
            )}
            <span className={state === null ? "text-ink-3" : ""}>
              {step}. {name}
            </span>
            <span className="sr-only">{state ?? "not reached"}</span>
          </li>
        ))}
      </ol>
      {check.limits.length > 0 ? (
        <p className="text-ink-2">
          {check.limits
            .map(
              ({ name, limit, used }) =>
                `${words.limits[name].label}: ${format.count(used)} of ${format.count(limit ?? 0)} used`,
            )
            .join(" · ")}
        </p>
      ) : null}
    </section>
  );
}
