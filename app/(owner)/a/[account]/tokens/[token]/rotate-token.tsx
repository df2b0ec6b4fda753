"use client"; // Holds the new secret in memory for as long as its dialog is open.

import { RefreshCw } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { RadioCards } from "#components/ui/radio-cards.tsx";
import { rotateTokenAction } from "../actions.ts";
import { type Made, SecretOnce } from "../secret-once.tsx";
import type { TokenChoices } from "../token-choices.ts";
import { overlaps } from "./overlaps.ts";

type RotateTokenProps = {
  account: string;
  token: { id: string; name: string; version: number; scopes: readonly string[] };
  routes: TokenChoices["routes"];
  gateUrl: string;
};

/** Gives a token a new secret while the old one goes on working for a while. */
export function RotateToken({ account, token, routes, gateUrl }: RotateTokenProps) {
  const asked = useSearchParams().get("rotate") !== null;
  const path = usePathname();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const rotate = useActionForm(rotateTokenAction, {
    onDone: (rotated) => {
      change(false);
      setMade({ ...rotated, scopes: token.scopes });
    },
  });
  useEffect(() => {
    if (asked) setOpen(true);
  }, [asked]);

  function change(next: boolean) {
    setOpen(next);
    if (!next && asked) window.history.replaceState(null, "", path);
  }

  return (
    <>
      <Dialog
        open={open}
        onOpenChange={change}
        title={`Rotate “${token.name}”`}
        description="It gets a new secret. Its name, scopes, caps and history stay the same."
        trigger={<Button icon={<RefreshCw aria-hidden />}>Rotate</Button>}
      >
        <PostForm sends={rotate} className="flex flex-col gap-4">
          <input type="hidden" name="account" value={account} />
          <input type="hidden" name="tokenId" value={token.id} />
          <input type="hidden" name="version" value={token.version} />
          <RadioCards
            name="overlapHours"
            legend="Keep the old secret working for"
            defaultValue="24"
            options={overlaps.map(({ hours, label, help }) => ({ value: String(hours), label, help }))}
            {...rotate.field("overlapHours")}
          />
          <div role="alert">{rotate.message ? <FieldError id="rotate-error">{rotate.message}</FieldError> : null}</div>
          <div className="flex justify-end gap-2">
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={rotate.pending}>
              Create new secret
            </Button>
          </div>
        </PostForm>
      </Dialog>
      {made ? (
        <SecretOnce
          made={made}
          routes={routes}
          gateUrl={gateUrl}
          onStored={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}
