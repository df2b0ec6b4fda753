"use client"; // Holds the secret in memory for as long as its dialog is open.

import { KeyRound } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { lazy, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { createTokenAction } from "./actions.ts";
import { prefillLink, prefillOf } from "./prefill.ts";
import { type Made, SecretOnce } from "./secret-once.tsx";
import type { TokenChoices } from "./token-choices.ts";
import type { TokenForm as TokenFormType } from "./token-form.tsx";

/** Loaded when its sheet opens. */
const TokenForm = lazy(async () => ({ default: (await import("./token-form.tsx")).TokenForm })) as typeof TokenFormType;

type CreateTokenProps = {
  account: string;
  choices: TokenChoices;
  gateUrl: string;
  /** Why no token can be created now; null = it can. */
  refusal: string | null;
};

/** The button, its side sheet, and the secret once. A link can open the sheet filled in; see prefill. */
export function CreateToken({ account, choices, gateUrl, refusal }: CreateTokenProps) {
  const asked = useSearchParams();
  const path = usePathname();
  const isAsked = asked.get("create") !== null && refusal === null;
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  useEffect(() => {
    if (isAsked) setOpen(true);
  }, [isAsked]);

  function change(next: boolean) {
    setOpen(next);
    // So that a reload does not open it again.
    if (!next && isAsked) window.history.replaceState(null, "", path);
  }

  return (
    <>
      <Sheet
        size="lg"
        open={open}
        onOpenChange={change}
        title="Create token"
        description="Tokens belong to the account, not to the person who creates them."
        trigger={
          <Button
            variant="primary"
            icon={<KeyRound aria-hidden />}
            disabled={refusal !== null}
            aria-describedby={refusal ? "create-refusal" : undefined}
          >
            Create token
          </Button>
        }
      >
        <TokenForm
          label="Create token"
          hidden={{ account }}
          choices={choices}
          initial={prefillOf(asked, choices)}
          exists={false}
          action={createTokenAction}
          onDone={(token, { scopes }) => {
            change(false);
            setMade({ ...token, scopes });
          }}
          aside={(values) => (
            <CopyButton
              value={typeof window === "undefined" ? "" : window.location.origin + prefillLink(path, values)}
              what="link to this form"
              withText
            />
          )}
        />
      </Sheet>
      {made ? (
        <SecretOnce made={made} routes={choices.routes} gateUrl={gateUrl} onStored={() => setMade(null)} />
      ) : null}
    </>
  );
}
