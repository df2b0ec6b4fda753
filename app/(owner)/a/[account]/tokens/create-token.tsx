"use client"; // A sheet with a form, and the secret it gives, once.

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { createTokenAction } from "./actions.ts";
import { type Scope, TokenFields } from "./token-fields.tsx";
import { tokenForm } from "./token-form.ts";

type CreateTokenProps = {
  account: string;
  scopes: readonly Scope[];
  isRestricted: boolean;
  /** Open at once: the page was asked to. */
  isOpen: boolean;
  gateUrl: string;
};

/** Makes a token. Its secret lives in this component's memory until it is stored, and nowhere else in the browser. */
export function CreateToken({ account, scopes, isRestricted, isOpen, gateUrl }: CreateTokenProps) {
  const [open, setOpen] = useState(isOpen && !isRestricted);
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const create = useActionForm(createTokenAction, {
    onDone: (shown) => {
      setOpen(false);
      setMade(shown);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.send(tokenForm(new FormData(event.currentTarget), account, Date.now()));
  };
  return (
    <>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button
            variant="primary"
            icon={<Plus />}
            disabled={isRestricted}
            title={isRestricted ? "No tokens can be created while the account is suspended" : undefined}
          >
            Create token
          </Button>
        }
        title="Create token"
        description="Give each client its own. The secret is shown once, after this."
      >
        <form onSubmit={submit} className="flex flex-col gap-5">
          <TokenFields scopes={scopes} errors={create.errors} />
          <div role="alert">{create.message ? <FieldError id="create-error">{create.message}</FieldError> : null}</div>
          <Button type="submit" variant="primary" size="lg" pending={create.pending}>
            Create token
          </Button>
        </form>
      </Sheet>
      {made ? (
        <CopyOnce
          open
          title={`The token “${made.name}”`}
          description="This is the only time it is shown. Only a hash of it is kept here, so nobody can show it again."
          secret={made.secret}
          what="token"
          example={{ label: "Try it at the gate", command: tryCommand(gateUrl, made.secret) }}
          onStored={() => setMade(null)}
        />
      ) : null}
    </>
  );
}

function tryCommand(gateUrl: string, token: string): string {
  const body = JSON.stringify({ token, method: "POST", path: "/v1/email" });
  return `curl -s ${gateUrl}/v1/verify -H 'content-type: application/json' -d '${body}'`;
}
