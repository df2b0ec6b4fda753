"use client"; // Acts on rules in place.

import { useRouter } from "next/navigation";
import { useRef, useTransition } from "react";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Select } from "#components/ui/select.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { toast } from "#components/ui/toast.ts";
import type { AlertRuleRow } from "#core/alerts/list-alert-rules.ts";
import { alertKinds } from "#core/rules/vocabulary.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import {
  changeAlertRuleAction,
  createAlertRuleAction,
  deleteAlertRuleAction,
  seeAlertsAction,
  testAlertAction,
} from "./actions.ts";

/** How long a rule stays silent after it has fired, in seconds. */
const cooldowns = [900, 3_600, 21_600, 86_400].map((seconds) => ({
  value: String(seconds),
  label: format.longDuration(seconds),
}));

type RuleTableProps = { account: string; rules: readonly AlertRuleRow[]; mayWrite: boolean };

export function RuleTable({ account, rules, mayWrite }: RuleTableProps) {
  if (rules.length === 0) return <p className="px-4 pb-3 text-ink-2">No rules yet. Add one to get alerts.</p>;
  return (
    <Table label="Alert rules">
      <TableHead>
        <TableHeader>Alert</TableHeader>
        <TableHeader align="right">Threshold</TableHeader>
        <TableHeader align="right" shownFrom="sm">
          Now
        </TableHeader>
        <TableHeader shownFrom="md" className="pl-8">
          Repeat after
        </TableHeader>
        <TableHeader shownFrom="sm">Last sent</TableHeader>
        {mayWrite ? (
          <TableHeader align="right">
            <span className="sr-only">Actions</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {rules.map((rule) => (
          <TableRow key={rule.id}>
            <TableCell title={words.alertKinds[rule.kind].help}>
              {words.alertKinds[rule.kind].label} {rule.disabledAt ? <Badge icon={false}>off</Badge> : null}{" "}
              {rule.isMailed ? null : <Badge icon={false}>no e-mail</Badge>}
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap tabular-nums">
              {words.thresholdPercent(rule.thresholdPercent)}
            </TableCell>
            <TableCell align="right" shownFrom="sm" className="tabular-nums text-ink-2">
              {rule.seenAt ? format.percent(rule.seenShare) : "–"}
            </TableCell>
            <TableCell shownFrom="md" className="pl-8">
              {format.duration(rule.cooldownSeconds)}
            </TableCell>
            <TableCell shownFrom="sm">{rule.firedAt ? <RelativeTime at={rule.firedAt} /> : "never"}</TableCell>
            {mayWrite ? (
              <TableCell align="right">
                <RuleActs account={account} rule={rule} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RuleActs({ account, rule }: { account: string; rule: AlertRuleRow }) {
  const [pending, startTransition] = useTransition();
  const name = `${words.alertKinds[rule.kind].label} at ${words.thresholdPercent(rule.thresholdPercent)}`;
  const toggle = () =>
    startTransition(async () => {
      const form = new FormData();
      form.set("account", account);
      form.set("ruleId", rule.id);
      form.set("cooldownSeconds", String(rule.cooldownSeconds));
      if (rule.isMailed) form.set("isMailed", "1");
      if (rule.disabledAt) form.set("isOn", "1");
      const result = await call(changeAlertRuleAction, form);
      if (result.status === "error") toast.error(result.message);
    });
  return (
    <span className="inline-flex gap-2">
      <Button
        size="sm"
        pending={pending}
        onClick={toggle}
        aria-label={`Turn ${name} ${rule.disabledAt ? "on" : "off"}`}
      >
        {rule.disabledAt ? "Turn on" : "Turn off"}
      </Button>
      <ConfirmDialog
        trigger={
          <Button size="sm" aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        title={`Remove “${name}”?`}
        consequences="It sends no more alerts. Past alerts stay in the history."
        confirmLabel="Remove rule"
        pendingText="Removing"
        onConfirm={confirmed(deleteAlertRuleAction)}
      >
        <input type="hidden" name="account" value={account} />
        <input type="hidden" name="ruleId" value={rule.id} />
      </ConfirmDialog>
    </span>
  );
}

/** One more threshold. */
export function AddRule({ account }: { account: string }) {
  const form = useRef<HTMLFormElement>(null);
  const add = useActionForm(createAlertRuleAction, { done: "Rule added", onDone: () => form.current?.reset() });
  return (
    <PostForm ref={form} sends={add} className="flex flex-wrap items-start gap-3 border-line border-t p-4">
      <input type="hidden" name="account" value={account} />
      <Field name="kind" label="Alert on">
        {(control) => (
          <Select
            {...control}
            options={alertKinds.map((kind) => ({ value: kind, label: words.alertKinds[kind].label }))}
          />
        )}
      </Field>
      <Field
        name="thresholdPercent"
        label="Threshold in %"
        className="w-32"
        required
        {...add.field("thresholdPercent")}
      >
        {(control) => <Input {...control} inputMode="numeric" autoComplete="off" />}
      </Field>
      <Field name="cooldownSeconds" label="Repeat after">
        {(control) => <Select defaultValue="3600" {...control} options={cooldowns} />}
      </Field>
      <Checkbox name="isMailed" value="1" defaultChecked label="Also by e-mail" className="mt-7" />
      <Button type="submit" pending={add.pending} className="mt-6">
        Add rule
      </Button>
      <div role="alert" className="w-full empty:hidden">
        {add.message ? <FieldError id="rule-error">{add.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}

/** Sends an alert that says it is a test. */
export function TestAlert({ account }: { account: string }) {
  const router = useRouter();
  const send = useActionForm(testAlertAction, {
    onDone: ({ mailed }) => {
      toast.success(mailed === 1 ? "Test sent to 1 member" : `Test sent to ${mailed} members`);
      router.refresh();
    },
  });
  return (
    <PostForm sends={send} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="account" value={account} />
      <Button type="submit" pending={send.pending}>
        Send test
      </Button>
      <span role="alert" className="empty:hidden">
        {send.message ? <FieldError id="test-error">{send.message}</FieldError> : null}
      </span>
    </PostForm>
  );
}

/** Marks what is new as seen, for every member. */
export function SeeAll({ account, unseen, alertId }: { account: string; unseen: number; alertId?: string }) {
  const router = useRouter();
  const see = useActionForm(seeAlertsAction, { onDone: () => router.refresh() });
  return (
    <PostForm sends={see}>
      <input type="hidden" name="account" value={account} />
      {alertId ? <input type="hidden" name="alertId" value={alertId} /> : null}
      <Button type="submit" size="sm" pending={see.pending}>
        {unseen === 1 ? "Mark as seen" : `Mark ${unseen} as seen`}
      </Button>
    </PostForm>
  );
}
