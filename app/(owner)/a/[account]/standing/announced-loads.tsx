"use client"; // Reads local times and sends instants.

import { useRef, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { call, useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { toast } from "#components/ui/toast.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { announceLoadAction, cancelLoadAction } from "./actions.ts";

type Load = { id: string; startsAt: string; endsAt: string; reason: string };

type AnnouncedLoadsProps = { account: string; loads: readonly Load[]; mayWrite: boolean };

/** Loads the provider should expect, and a form to announce one. */
export function AnnouncedLoads({ account, loads, mayWrite }: AnnouncedLoadsProps) {
  const form = useRef<HTMLFormElement>(null);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const announce = useActionForm(announceLoadAction, {
    done: "Load announced",
    onDone: () => {
      form.current?.reset();
      setFrom("");
      setTo("");
    },
  });
  const { field } = announce;
  return (
    <Panel title="Announced loads" aside="not treated as abuse">
      {loads.length > 0 ? (
        <ul className="mb-4">
          {loads.map((load) => (
            <li key={load.id} className="flex flex-wrap items-center gap-3 border-line py-2 not-first:border-t">
              <span className="min-w-0 flex-1">
                <ZonedTime at={load.startsAt} style="long" /> to <ZonedTime at={load.endsAt} style="long" />:{" "}
                {load.reason}
              </span>
              {mayWrite ? (
                <Button size="sm" onClick={() => void cancel(account, load.id)}>
                  Cancel
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayWrite ? (
        <PostForm ref={form} sends={announce} scriptOnly className="flex flex-wrap items-start gap-3">
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="startsAt" value={instantOf(from)} />
          <input type="hidden" name="endsAt" value={instantOf(to)} />
          <Field name="_from" label="From (your time zone)" {...field("startsAt")}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={from}
                onChange={(event) => setFrom(event.target.value)}
              />
            )}
          </Field>
          <Field name="_to" label="To" {...field("endsAt")}>
            {(control) => (
              <Input {...control} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
            )}
          </Field>
          <Field name="reason" label="Reason" className="min-w-48 flex-1" {...field("reason")}>
            {(control) => <Input {...control} autoComplete="off" placeholder="Import of last year's invoices" />}
          </Field>
          <Button type="submit" pending={announce.pending} className="mt-6">
            Announce load
          </Button>
          <div role="alert" className="basis-full">
            {announce.message ? <FieldError id="load-error">{announce.message}</FieldError> : null}
          </div>
        </PostForm>
      ) : loads.length === 0 ? (
        <p className="text-ink-2">No loads announced. An owner or developer can announce one here.</p>
      ) : null}
    </Panel>
  );
}

function instantOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

async function cancel(account: string, loadId: string): Promise<void> {
  const form = new FormData();
  form.set("account", account);
  form.set("loadId", loadId);
  const result = await call(cancelLoadAction, form);
  if (result.status === "error") toast.error(result.message);
  else toast.success("Announcement cancelled");
}
