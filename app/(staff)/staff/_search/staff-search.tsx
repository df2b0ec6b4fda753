"use client"; // Hashes a pasted token here, so that it never leaves the browser.

import { Building2, KeyRound, Network, ReceiptText } from "lucide-react";
import { call } from "#app/_parts/use-action-form.ts";
import { CommandPalette } from "#components/ui/command-palette.tsx";
import type { CommandGroup } from "#components/ui/command-panel.tsx";
import type { Found } from "#core/search/search-desk.ts";
import { searchDeskAction } from "./actions.ts";

const kinds = [
  { kind: "account", heading: "Accounts", icon: <Building2 /> },
  { kind: "token", heading: "Tokens", icon: <KeyRound /> },
  { kind: "receipt", heading: "Receipts", icon: <ReceiptText /> },
  { kind: "network", heading: "Networks", icon: <Network /> },
] as const satisfies { kind: Found["kind"]; heading: string; icon: React.ReactNode }[];

/** ⌘K over the desk: pages, accounts, tokens by preview or whole, receipts, networks. */
export function StaffSearch({ pages }: { pages: readonly { href: string; label: string }[] }) {
  return (
    <CommandPalette
      placeholder="Account, token, receipt, network"
      groups={[{ heading: "Pages", commands: pages.map(({ href, label }) => ({ id: href, label, href })) }]}
      find={find}
    />
  );
}

/** Long and without a blank or a dot, and not a receipt: it may be a whole token, in whatever format the provider's tokens have. */
export function looksLikeToken(text: string): boolean {
  return text.length >= 24 && /^[\w\-+/=~]+$/.test(text) && !text.startsWith("rcp_");
}

async function find(query: string): Promise<CommandGroup[]> {
  const form = new FormData();
  if (looksLikeToken(query)) form.set("tokenHash", await sha256(query));
  else form.set("text", query);
  const result = await call(searchDeskAction, form);
  if (result.status === "error") return [];
  return kinds.flatMap(({ kind, heading, icon }) => {
    const found = result.shown.filter((one) => one.kind === kind);
    if (found.length === 0) return [];
    const commands = found.map(({ accountId, label, hint, receipt }) => ({
      id: `${kind} ${accountId} ${label}`,
      label,
      hint,
      icon,
      href: receipt ? `/r/${encodeURIComponent(receipt)}` : `/staff/accounts/${accountId}`,
    }));
    return [{ heading, commands }];
  });
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
