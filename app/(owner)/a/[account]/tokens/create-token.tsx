"use client"; // Holds the secret in memory for as long as its dialog is open.

import { KeyRound } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { CreateForm, type Made } from "./create-form.tsx";
import type { ScopeRow } from "./token-summary.ts";
import { type ExampleRoute, routeFor, verifyCommand } from "./verify-command.ts";

type CreateTokenProps = {
  account: string;
  known: readonly ScopeRow[];
  routes: readonly ExampleRoute[];
  gateUrl: string;
  nowMs: number;
  /** Why no token can be created now; null = it can. */
  refusal: string | null;
};

/** The button, its side sheet, and the secret once. `?create=1&name=…&scopes=a,b` opens the sheet filled in. */
export function CreateToken({ account, known, routes, gateUrl, nowMs, refusal }: CreateTokenProps) {
  const asked = useSearchParams();
  const path = usePathname();
  const router = useRouter();
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

  const names = known.map((one) => one.name);
  // Most clients send; what a client needs beyond that is chosen knowingly.
  const wanted = asked.get("scopes")?.split(",");
  const prefill = {
    name: (asked.get("name") ?? "").slice(0, 50),
    scopes: names.filter((name) => (wanted ? wanted.includes(name) : name.endsWith(":send"))),
  };
  return (
    <>
      <Sheet
        size="lg"
        open={open}
        onOpenChange={change}
        title="Create token"
        description="A token belongs to the account, not to the person who creates it."
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
        <CreateForm
          account={account}
          known={known}
          nowMs={nowMs}
          prefill={prefill}
          onMade={(token) => {
            change(false);
            setMade(token);
          }}
        />
      </Sheet>
      {made ? (
        <CopyOnce
          open
          title={`The secret of “${made.name}”`}
          description="Copy it now and keep it where secrets are kept. It is stored only as a hash, so nobody can show it again."
          secret={made.secret}
          what="token"
          example={{ label: "Try it", command: verifyCommand(gateUrl, made.secret, routeFor(made.scopes, routes)) }}
          onStored={() => {
            setMade(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}
