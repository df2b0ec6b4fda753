"use client"; // Sheets with forms that keep what is typed on error.

import { Plus } from "lucide-react";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import * as format from "#words/format.ts";
import { changePlanAction, createPlanAction, setPlanLimitAction } from "./actions.ts";

type Plan = { id: number; name: string; quotaPerDay: number | null; version: number; accounts: number };

/** Makes a plan, or changes its name and quota. */
export function PlanForm({ plan }: { plan?: Plan }) {
  const [isOpen, setOpen] = useState(false);
  const [isUnlimited, setUnlimited] = useState(plan !== undefined && plan.quotaPerDay === null);
  const [quota, setQuota] = useState(String(plan?.quotaPerDay ?? ""));
  const refusesAll = !isUnlimited && quota !== "" && Number(quota) === 0;
  const form = useActionForm(plan ? changePlanAction : createPlanAction, {
    done: plan ? "Saved. Takes effect on the next request." : "Plan created",
    onDone: () => setOpen(false),
  });
  const { field } = form;
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        plan ? (
          <Button size="sm" aria-label={`Edit ${plan.name}`}>
            Edit
          </Button>
        ) : (
          <Button icon={<Plus />}>New plan</Button>
        )
      }
      title={plan ? `Edit ${plan.name}` : "New plan"}
      description={
        plan
          ? `Applies to ${format.plural(plan.accounts, { one: "account", other: "accounts" })} from the next request.`
          : "Assign it to accounts on their own pages."
      }
    >
      <PostForm sends={form} className="flex flex-col gap-4">
        {plan ? (
          <>
            <input type="hidden" name="planId" value={plan.id} />
            <input type="hidden" name="version" value={plan.version} />
          </>
        ) : null}
        <Field name="name" label="Name" required {...field("name")}>
          {(control) => <Input defaultValue={plan?.name ?? ""} {...control} autoComplete="off" maxLength={60} />}
        </Field>
        <Field
          name="quotaPerDay"
          label="Requests per day (UTC)"
          help={refusesAll ? "With 0, every call is refused with quota_exceeded." : undefined}
          {...field("quotaPerDay")}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              disabled={isUnlimited}
              value={quota}
              onChange={(event) => setQuota(event.target.value)}
              inputMode="numeric"
            />
          )}
        </Field>
        <Checkbox
          name="isUnlimited"
          value="true"
          checked={isUnlimited}
          onChange={(event) => setUnlimited(event.target.checked)}
          label="Unlimited"
        />
        <div role="alert">{form.message ? <FieldError id="plan-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={form.pending}>
          {plan ? (refusesAll && plan.accounts > 0 ? "Refuse all their calls" : "Change plan") : "Create plan"}
        </Button>
      </PostForm>
    </Sheet>
  );
}

/** Gives a plan its own rate limit on one endpoint, or takes it away. */
export function PlanLimitForm({ plan, endpoints }: { plan: Plan; endpoints: readonly SelectOption[] }) {
  const [isOpen, setOpen] = useState(false);
  const form = useActionForm(setPlanLimitAction, {
    done: "Saved. Takes effect on the next request.",
    onDone: () => setOpen(false),
  });
  const { field } = form;
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" aria-label={`Set a rate limit of ${plan.name}`}>
          Set a rate limit
        </Button>
      }
      title={`Rate limit of ${plan.name}`}
      description="Replaces the endpoint's default for every account on this plan."
    >
      <PostForm sends={form} className="flex flex-col gap-4">
        <input type="hidden" name="planId" value={plan.id} />
        <input type="hidden" name="version" value={plan.version} />
        <Field name="endpointId" label="Endpoint" {...field("endpointId")}>
          {(control) => <Select {...control} options={endpoints} />}
        </Field>
        <Field
          name="rateLimit"
          label="Requests per window"
          help="Leave empty to use the endpoint's default."
          {...field("rateLimit")}
        >
          {(control) => <Input {...control} type="number" min={0} inputMode="numeric" />}
        </Field>
        <div role="alert">{form.message ? <FieldError id="plan-limit-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={form.pending}>
          Set rate limit
        </Button>
      </PostForm>
    </Sheet>
  );
}
