"use client"; // Needs the clipboard.

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonVariant } from "./button.tsx";

type CopyButtonProps = {
  value: string;
  /** What is copied, as in "Copy token id". */
  what: string;
  /** Shows the words beside the icon. */
  withText?: boolean;
  variant?: ButtonVariant;
  onCopied?: () => void;
};

/** Copies a text and says so. */
export function CopyButton({ value, what, withText = false, variant = "ghost", onCopied }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
      onCopied?.();
    } catch {
      setState("failed");
    }
  }

  const label = `Copy ${what}`;
  const said = state === "copied" ? "Copied" : state === "failed" ? "Select and copy it manually" : "";
  return (
    <Button
      variant={variant}
      size={withText ? "md" : "icon"}
      aria-label={withText ? undefined : label}
      title={withText ? undefined : label}
      icon={state === "copied" ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
      onClick={() => void copy()}
    >
      {withText ? said || label : null}
      <span role="status" className="sr-only">
        {said}
      </span>
    </Button>
  );
}
