"use client"; // Shows a secret that exists only in this browser's memory.

import { CopyOnce } from "#components/ui/copy-once.tsx";
import type { TokenChoices } from "./token-choices.ts";
import { routeFor, verifyCommand } from "./verify-command.ts";

export type Made = { name: string; secret: string; scopes: readonly string[] };

type SecretOnceProps = { made: Made; routes: TokenChoices["routes"]; gateUrl: string; onStored: () => void };

/** The secret of a new or rotated token, once, with a line to try it with. */
export function SecretOnce({ made, routes, gateUrl, onStored }: SecretOnceProps) {
  const http = routes.filter((route) => route.surface === "http");
  return (
    <CopyOnce
      open
      title={`Secret of “${made.name}”`}
      description="Copy it now and store it safely. Only its hash is stored, so it cannot be shown again."
      secret={made.secret}
      what="token"
      example={{ label: "Try it", command: verifyCommand(gateUrl, made.secret, routeFor(made.scopes, http)) }}
      onStored={onStored}
    />
  );
}
