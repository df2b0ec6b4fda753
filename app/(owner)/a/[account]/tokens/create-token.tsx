"use client"; // Holds the secret in memory for as long as its dialog is open.

import { KeyRound } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { Made } from "./secret-once.tsx";
import type { TokenChoices } from "./token-choices.ts";
import type { TokenFields } from "./token-fields.ts";
import type { Early } from "./token-form.tsx";

/** Loaded when they are to be seen. */
const CreateTokenForm = lazy(() => import("./create-token-form.tsx"));
const SecretOnce = lazy(async () => ({ default: (await import("./secret-once.tsx")).SecretOnce }));

type CreateTokenProps = {
  account: string;
  choices: TokenChoices;
  gateUrl: string;
  /** Why no token can be created now; null = it can. */
  refusal: string | null;
  header: { title: string; lead: string };
  /** This very page shows the secret of a token that was created without script. */
  isMade: boolean;
};

/** What stands in the form of a page that script has only just come to; React may draw that page anew instead of taking it over. */
function typedEarly(): FormData | null {
  if (typeof document === "undefined") return null;
  const form = document.querySelector<HTMLFormElement>(`form[aria-label="${label}"]`);
  return form && new FormData(form);
}

/**
 * The header of the page with its button, the side sheet, and the secret once. A link can ask for the form, filled in; see prefill.
 * Until its script has come, the form that a link asks for is in the page itself; then the sheet takes over what was typed.
 */
export function CreateToken({ account, choices, gateUrl, refusal, header, isMade }: CreateTokenProps) {
  const asked = useSearchParams();
  const path = usePathname();
  const hasScript = useHydrated();
  // It is not asked for a second time when the page renews itself.
  const [wasMade] = useState(isMade);
  const isAsked = asked.get("create") !== null && refusal === null && !wasMade;
  const [staysInPage, setStaysInPage] = useState(false);
  const [typed, setTyped] = useState(typedEarly);
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  // The page that answers a form says what was wrong with it, so the form stays in it.
  const takeOver = useCallback((early: Early) => {
    if (early.isPosted) setStaysInPage(true);
    else setTyped(early.typed);
  }, []);
  useEffect(() => {
    if (isAsked && hasScript && !staysInPage) setOpen(true);
  }, [isAsked, hasScript, staysInPage]);

  function change(next: boolean) {
    setOpen(next);
    if (next) return;
    setTyped(null);
    setStaysInPage(false);
    // So that a reload does not open it again.
    if (isAsked) window.history.replaceState(null, "", path);
  }

  const form = {
    account,
    choices,
    onDone: (token: Omit<Made, "scopes">, { scopes }: TokenFields) => {
      change(false);
      setMade({ ...token, scopes });
    },
  };
  return (
    <>
      <PageHeader
        {...header}
        actions={
          <>
            <Sheet
              size="lg"
              open={open}
              onOpenChange={change}
              title="Create token"
              description={description}
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
              <CreateTokenForm {...form} typed={typed} />
            </Sheet>
            {refusal === null ? (
              <noscript>
                <a href="?create=1">Create token without JavaScript</a>
              </noscript>
            ) : null}
          </>
        }
      />
      {isAsked && (!hasScript || staysInPage) ? (
        <CreateTokenForm {...form} inPage={{ lead: description, onScript: takeOver }} />
      ) : null}
      {made ? (
        <Suspense fallback={null}>
          <SecretOnce made={made} routes={choices.routes} gateUrl={gateUrl} onStored={() => setMade(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

const label = "Create token";
const description = "Tokens belong to the account, not to the person who creates them.";
