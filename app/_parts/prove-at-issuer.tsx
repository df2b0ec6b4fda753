"use client"; // Goes on by itself once the issuer's window has come back.

import { useEffect, useRef } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { onProvenElsewhere } from "./proof-channel.ts";

type ProveAtIssuerProps = { issuer: string; next?: string; onProven: () => void };

/** A link to the issuer; in a window of its own where something typed would be lost. */
export function ProveAtIssuer({ issuer, next, onProven }: ProveAtIssuerProps) {
  const goOn = useRef(onProven);
  goOn.current = onProven;
  useEffect(() => onProvenElsewhere(() => goOn.current()), []);
  const where = next === undefined ? { target: "_blank", rel: "noopener" } : {};
  const href = `/me/prove/again${next === undefined ? "" : `?next=${encodeURIComponent(next)}`}`;
  return (
    // Not a Link: it must not be fetched before it is pressed.
    <a href={href} {...where} className={buttonClass({ variant: "primary" })}>
      Confirm at {issuer}
    </a>
  );
}
