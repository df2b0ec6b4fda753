"use client"; // Keeps what is typed when the server refuses it.

import { useRouter } from "next/navigation";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import {
  renameAccountAction,
  requestExportAction,
  setAllowedNetworksAction,
  setMyNotificationsAction,
} from "./actions.ts";

export function RenameForm({ account, name, version }: { account: string; name: string; version: number }) {
  const router = useRouter();
  const save = useActionForm(renameAccountAction, { done: "Saved", onDone: () => router.refresh() });
  return (
    <PostForm sends={save} className="flex flex-wrap items-start gap-3">
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="version" value={version} />
      <Field
        name="name"
        label="Name"
        help="Its web address stays the same."
        required
        className="w-full sm:w-80"
        {...save.field("name")}
      >
        {(control) => <Input defaultValue={name} {...control} maxLength={100} autoComplete="organization" />}
      </Field>
      <Button type="submit" pending={save.pending} className="sm:mt-6">
        Save name
      </Button>
      <div role="alert" className="w-full">
        {save.message ? <FieldError id="rename-error">{save.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}

type NotificationsProps = { account: string; mailsAlerts: boolean; mailsTokens: boolean };

export function NotificationsForm({ account, mailsAlerts, mailsTokens }: NotificationsProps) {
  const save = useActionForm(setMyNotificationsAction, { done: "Saved" });
  return (
    <PostForm sends={save} className="flex flex-col items-start gap-3">
      <input type="hidden" name="account" value={account} />
      <Checkbox
        name="mailsAlerts"
        value="1"
        defaultChecked={mailsAlerts}
        label="Alerts"
        help="When a threshold is reached: quota, pace, rate limits, refusals."
      />
      <Checkbox
        name="mailsTokens"
        value="1"
        defaultChecked={mailsTokens}
        label="Tokens"
        help="7 days and 1 day before a token expires, and when a retired secret is still in use."
      />
      <p className="text-sm text-ink-3">Notices from the provider about your standing are always sent.</p>
      <div role="alert">{save.message ? <FieldError id="mail-error">{save.message}</FieldError> : null}</div>
      <Button type="submit" pending={save.pending}>
        Save
      </Button>
    </PostForm>
  );
}

type NetworksProps = { account: string; allowed: readonly string[]; myAddress: string | null };

export function NetworksForm({ account, allowed, myAddress }: NetworksProps) {
  const router = useRouter();
  const save = useActionForm(setAllowedNetworksAction, {
    done: "Saved. Takes effect on the next request.",
    onDone: () => router.refresh(),
  });
  // A list is refused by its place: `allowedNetworks.0`.
  const wrong = Object.entries(save.errors).find(([name]) => name.startsWith("allowedNetworks"))?.[1];
  return (
    <PostForm sends={save} className="flex flex-col items-start gap-3">
      <input type="hidden" name="account" value={account} />
      <Field
        name="_networks"
        label="Addresses and networks"
        optional
        className="w-full sm:w-96"
        help={`One per line, IPv4 or IPv6. Leave empty to allow any.${myAddress ? ` You are at ${myAddress}.` : ""}`}
        {...save.field("_networks")}
        {...(wrong ? { error: wrong } : {})}
      >
        {(control) => <Textarea defaultValue={allowed.join("\n")} {...control} mono rows={3} spellCheck={false} />}
      </Field>
      <div role="alert">
        {save.message && !wrong ? <FieldError id="networks-error">{save.message}</FieldError> : null}
      </div>
      <Button type="submit" pending={save.pending}>
        Save networks
      </Button>
    </PostForm>
  );
}

export function RequestExport({ account, disabled }: { account: string; disabled: boolean }) {
  const router = useRouter();
  const ask = useActionForm(requestExportAction, { onDone: () => router.refresh() });
  return (
    <PostForm sends={ask} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="account" value={account} />
      <span role="alert">{ask.message ? <FieldError id="export-error">{ask.message}</FieldError> : null}</span>
      <Button type="submit" size="sm" pending={ask.pending} disabled={disabled}>
        Create archive
      </Button>
    </PostForm>
  );
}
