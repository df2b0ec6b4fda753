"use client"; // Finds by what is typed or pasted.

import { useCallback } from "react";
import { CommandPalette } from "#components/ui/command-palette.tsx";
import type { CommandGroup } from "#components/ui/command-panel.tsx";
import { receiptTimeMs } from "#core/rules/limits/receipt.ts";

type OwnerSearchProps = { slug: string; pages: readonly { href: string; label: string }[] };

/** The palette of an account: its pages, a pasted receipt, and tokens by name. */
export function OwnerSearch({ slug, pages }: OwnerSearchProps) {
  const find = useCallback(
    async (typed: string): Promise<CommandGroup[]> => {
      const text = encodeURIComponent(typed);
      if (receiptTimeMs(typed) !== null) {
        const href = `/a/${slug}/refusals?receipt=${text}`;
        return [{ heading: "Receipt", commands: [{ id: "receipt", label: `Open the receipt ${typed}`, href }] }];
      }
      const href = `/a/${slug}/tokens?q=${text}`;
      return [{ heading: "Tokens", commands: [{ id: "tokens", label: `Find tokens called “${typed}”`, href }] }];
    },
    [slug],
  );
  const commands = [
    ...pages.map(({ href, label }) => ({ id: href, label, href })),
    { id: "create", label: "Create token", keywords: ["new", "secret", "key"], href: `/a/${slug}/tokens?create=1` },
  ];
  return (
    <CommandPalette placeholder="Search or paste a receipt" groups={[{ heading: "Go to", commands }]} find={find} />
  );
}
