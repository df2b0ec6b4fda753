"use client"; // Starts with what a link asks for.

import { usePathname, useSearchParams } from "next/navigation";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { createTokenAction } from "./actions.ts";
import { prefillLink, prefillOf } from "./prefill.ts";
import type { TokenChoices } from "./token-choices.ts";
import type { TokenFields } from "./token-fields.ts";
import { type Early, TokenForm } from "./token-form.tsx";

type CreateTokenFormProps = {
  account: string;
  choices: TokenChoices;
  onDone: (token: { name: string; secret: string }, chosen: TokenFields) => void;
  typed?: FormData | null;
  /** As a part of the page, for a browser that has no script yet; says what was typed when it has. */
  inPage?: { lead: string; onScript: (early: Early) => void };
};

/** The form of a new token; a link can fill it in, and it gives that link. */
export default function CreateTokenForm({ account, choices, onDone, typed, inPage }: CreateTokenFormProps) {
  const asked = useSearchParams();
  const path = usePathname();
  const form = (
    <TokenForm
      label="Create token"
      hidden={{ account }}
      choices={choices}
      initial={prefillOf(asked, choices)}
      action={createTokenAction}
      onDone={onDone}
      aside={(values) => (
        <CopyButton
          value={typeof window === "undefined" ? "" : window.location.origin + prefillLink(path, values)}
          what="link to this form"
          withText
        />
      )}
      {...(typed ? { typed } : {})}
      {...(inPage ? { onScript: inPage.onScript } : {})}
    />
  );
  if (!inPage) return form;
  return (
    <Panel title="Create token">
      <p className="mb-4 text-ink-2">{inPage.lead}</p>
      {form}
    </Panel>
  );
}
