"use client"; // A sheet with a form that keeps what is typed on error.

import { Plus } from "lucide-react";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { issuerAudiences } from "#core/rules/vocabulary.ts";
import type { listProviders } from "#core/single-sign-on/list-providers.ts";
import * as words from "#words/words.ts";
import { addProviderAction, changeProviderAction } from "./actions.ts";
import { writeRules } from "./role-rules.ts";

export type Provider = Awaited<ReturnType<typeof listProviders>>[number];
type Audience = Provider["audience"];

const audiences = issuerAudiences.map((value) => ({ value, label: words.issuerAudiences[value] }));

/** Adds an issuer, or changes one. */
export function ProviderForm({ provider }: { provider?: Provider }) {
  const [isOpen, setOpen] = useState(false);
  const [audience, setAudience] = useState<Audience>(provider?.audience ?? "staff");
  const form = useActionForm(provider ? changeProviderAction : addProviderAction, {
    done: provider ? "Saved" : "Issuer added. Register its callback address there.",
    onDone: () => setOpen(false),
  });
  const { field, errors } = form;
  const rulesError = Object.entries(errors).find(([name]) => name.startsWith("roleRules"))?.[1];
  const roles = Object.entries(audience === "staff" ? words.staffRoles : words.memberRoles);
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        provider ? (
          <Button size="sm" aria-label={`Edit ${provider.name}`}>
            Edit
          </Button>
        ) : (
          <Button variant="primary" icon={<Plus />}>
            Add issuer
          </Button>
        )
      }
      title={provider ? `Edit ${provider.name}` : "Add issuer"}
      description="Whoever runs the issuer decides who signs in as whom. Every admin gets a mail."
    >
      <PostForm sends={form} className="flex flex-col gap-4" aria-label="Issuer">
        {provider ? (
          <>
            <input type="hidden" name="providerId" value={provider.providerId} />
            <input type="hidden" name="version" value={provider.version} />
          </>
        ) : null}
        <Field name="name" label="Name" help="On the button: “Continue with …”." required {...field("name")}>
          {(control) => <Input defaultValue={provider?.name} {...control} maxLength={50} autoComplete="off" />}
        </Field>
        <Field
          name="issuer"
          label="Issuer"
          help="Exactly as its discovery document spells `issuer`."
          required
          {...field("issuer")}
        >
          {(control) => (
            <Input
              defaultValue={provider?.issuer}
              {...control}
              type="url"
              autoComplete="off"
              placeholder="https://login.example.com/realms/staff"
            />
          )}
        </Field>
        <Field name="clientId" label="Client ID" required {...field("clientId")}>
          {(control) => <Input defaultValue={provider?.clientId} {...control} autoComplete="off" />}
        </Field>
        <Field
          name="clientSecret"
          label="Client secret"
          help={provider ? "Empty keeps the one that is there. It is not shown again." : "Sealed, and not shown again."}
          {...(provider ? { optional: true } : { required: true })}
          {...field("clientSecret")}
        >
          {(control) => <Input {...control} type="password" autoComplete="off" />}
        </Field>
        <Field name="audience" label="Who signs in through it" {...field("audience")}>
          {(control) => (
            <Select
              {...control}
              value={audience}
              onChange={(event) => setAudience(event.target.value as Audience)}
              options={audiences}
            />
          )}
        </Field>
        {audience === "account" ? (
          <Field
            name="accountId"
            label="Account ID"
            help="From the address of its page."
            required
            {...field("accountId")}
          >
            {(control) => <Input defaultValue={provider?.accountId ?? ""} {...control} className="font-mono" />}
          </Field>
        ) : null}
        {audience === "members" ? null : (
          <Field
            name="defaultRole"
            label="Role of everyone else it lets in"
            help="For people whom no rule names. Without one nobody new is made."
            {...field("defaultRole")}
          >
            {(control) => (
              <Select
                defaultValue={provider?.defaultRole ?? ""}
                {...control}
                placeholder="None"
                options={roles.map(([value, { label }]) => ({ value, label }))}
              />
            )}
          </Field>
        )}
        <Field
          name="_rules"
          label="Roles by claim"
          optional
          help={
            audience === "members"
              ? "One per line: groups is acme-admins = owner in ACCOUNT-ID. With rules, the claims decide at every sign-in."
              : "One per line, the first that matches counts: groups is desk-leads = lead. With rules, the claims decide at every sign-in."
          }
          {...field("_rules")}
          {...(rulesError ? { error: rulesError } : {})}
        >
          {(control) => (
            <Textarea defaultValue={provider ? writeRules(provider.roleRules) : ""} {...control} mono rows={4} />
          )}
        </Field>
        <Checkbox
          name="checksSecondStep"
          value="true"
          defaultChecked={provider?.checksSecondStep ?? false}
          label="It asks for a second step at every sign-in"
          help="Otherwise its tokens must say so (amr, acr), or staff enter the code of their own app."
        />
        <Checkbox
          name="isOnlyWay"
          value="true"
          defaultChecked={provider?.isOnlyWay ?? false}
          label="The only way in"
          help="Passwords no longer open what it opens, in sessions that are open either."
        />
        <Field name="isEnabled" label="State" {...field("isEnabled")}>
          {(control) => (
            <Select
              defaultValue={String(provider?.isEnabled ?? true)}
              {...control}
              options={[
                { value: "true", label: "On" },
                { value: "false", label: "Off: its sessions end" },
              ]}
            />
          )}
        </Field>
        <div role="alert">{form.message ? <FieldError id="issuer-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={form.pending}>
          {provider ? "Save" : "Add issuer"}
        </Button>
      </PostForm>
    </Sheet>
  );
}
