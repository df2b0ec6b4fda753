"use client"; // Keeps what is typed when the server refuses it, and asks before it acts.

import { useRouter } from "next/navigation";
import { confirmed } from "#app/_parts/confirmed.ts";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import {
  addAccountDomainAction,
  checkAccountDomainAction,
  removeAccountDomainAction,
  requireDomainSignInAction,
} from "./actions.ts";

export function AddDomainForm({ account }: { account: string }) {
  const router = useRouter();
  const add = useActionForm(addAccountDomainAction, { done: "Added", onDone: () => router.refresh() });
  return (
    <PostForm sends={add} className="flex flex-wrap items-start gap-3">
      <input type="hidden" name="account" value={account} />
      <Field
        name="domain"
        label="Your e-mail domain"
        help="What follows the @ of your addresses. Each domain is proven by itself, subdomains too."
        required
        className="w-full sm:w-96"
        {...add.field("domain")}
      >
        {(control) => <Input {...control} maxLength={300} autoComplete="off" spellCheck={false} />}
      </Field>
      <Button type="submit" pending={add.pending} className="sm:mt-6">
        Add domain
      </Button>
      <div role="alert" className="w-full">
        {add.message ? <FieldError id="domain-error">{add.message}</FieldError> : null}
      </div>
    </PostForm>
  );
}

type Named = { account: string; domainId: string; domain: string };

function Hidden({ account, domainId }: Named) {
  return (
    <>
      <input type="hidden" name="account" value={account} />
      <input type="hidden" name="domainId" value={domainId} />
    </>
  );
}

export function CheckDomain(named: Named) {
  const router = useRouter();
  const check = useActionForm(checkAccountDomainAction, {
    notice: "DNS is being asked.",
    onDone: () => router.refresh(),
  });
  return (
    <PostForm sends={check} className="flex items-center gap-2">
      <Hidden {...named} />
      <span role="alert">
        {check.message ? <FieldError id={`check-error-${named.domainId}`}>{check.message}</FieldError> : null}
      </span>
      <Button type="submit" size="sm" pending={check.pending} aria-label={`Verify ${named.domain}`}>
        Verify
      </Button>
    </PostForm>
  );
}

type Required = Named & { isRequired: boolean };

export function RequireDomain({ isRequired, ...named }: Required) {
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{isRequired ? "Stop requiring" : "Require single sign-on"}</Button>}
      tone={isRequired ? "danger" : "primary"}
      title={isRequired ? "Stop requiring single sign-on?" : `Require single sign-on for ${named.domain}?`}
      consequences={
        isRequired
          ? `Members with an address at ${named.domain} can enter this account with a password or passkey again.`
          : `Members with an address at ${named.domain} enter this account through your issuer only, from their next page on. Their other accounts and API tokens are not affected.`
      }
      confirmLabel={isRequired ? "Stop requiring" : "Require it"}
      pendingText="Working"
      onConfirm={confirmed(requireDomainSignInAction)}
    >
      <Hidden {...named} />
      <input type="hidden" name="isRequired" value={String(!isRequired)} />
    </ConfirmDialog>
  );
}

export function RemoveDomain({ isRequired, ...named }: Required) {
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={`Remove ${named.domain}`}>
          Remove
        </Button>
      }
      title={`Remove ${named.domain}?`}
      consequences={`Its addresses no longer lead to your issuer${isRequired ? ", and single sign-on is no longer required for them" : ""}. Another account could prove it.`}
      confirmLabel="Remove domain"
      pendingText="Removing"
      onConfirm={confirmed(removeAccountDomainAction)}
    >
      <Hidden {...named} />
    </ConfirmDialog>
  );
}
