"use client"; // Opens beside the page; a link can ask for it.

import { SlidersHorizontal } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { lazy, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { toast } from "#components/ui/toast.ts";
import { editTokenAction } from "../actions.ts";
import type { TokenChoices, TokenValues } from "../token-choices.ts";
import type { TokenForm as TokenFormType } from "../token-form.tsx";

/** Loaded when its sheet opens. */
const TokenForm = lazy(async () => ({
  default: (await import("../token-form.tsx")).TokenForm,
})) as typeof TokenFormType;

type EditTokenProps = {
  account: string;
  tokenId: string;
  version: number;
  values: TokenValues;
  choices: TokenChoices;
};

/** Changes what a token may do. The version that was read when the sheet opened goes with it. */
export function EditToken({ account, tokenId, version, values, choices }: EditTokenProps) {
  const asked = useSearchParams().get("edit") !== null;
  const path = usePathname();
  const router = useRouter();
  // What was there when it was opened: a refresh of the page behind must not change what is being edited.
  const [opened, setOpened] = useState<{ version: number; values: TokenValues } | null>(null);
  // A link asks once: what is saved comes back with new values while the address may still be the old one.
  const isAnswered = useRef(false);
  useEffect(() => {
    if (asked && !isAnswered.current) setOpened({ version, values });
    isAnswered.current = asked;
  }, [asked, version, values]);

  function change(open: boolean) {
    setOpened(open ? { version, values } : null);
    if (!open && asked) window.history.replaceState(null, "", path);
  }

  return (
    <Sheet
      size="lg"
      open={opened !== null}
      onOpenChange={change}
      title={`Edit “${values.name}”`}
      description="The secret stays the same. Changes take effect on the next request."
      trigger={<Button icon={<SlidersHorizontal aria-hidden />}>Edit</Button>}
    >
      {opened ? (
        <TokenForm
          label="Save"
          hidden={{ account, tokenId, version: String(opened.version) }}
          choices={choices}
          initial={opened.values}
          kept={opened.values.expiresAt}
          action={editTokenAction}
          onDone={() => {
            toast.success("Saved. Takes effect on the next request.");
            change(false);
            router.refresh();
          }}
        />
      ) : null}
    </Sheet>
  );
}
