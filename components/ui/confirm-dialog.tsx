"use client"; // Opens over the page; the code that holds the focus is loaded when first opened.

import { lazy, type ReactNode } from "react";
import { OverlayFrame, type Trigger, useOverlay } from "./use-overlay.tsx";

export type ConfirmDialogProps = {
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Names the thing: "Revoke “billing-cron”?" */
  title: ReactNode;
  /** What will happen, in numbers. */
  consequences: ReactNode;
  confirmLabel: string;
  pendingText: string;
  tone?: "danger" | "primary";
  /** Must be typed first. Only for what cannot be undone. */
  typeName?: string;
  /** Form controls that belong to the act, such as a reason or hidden ids. */
  children?: ReactNode;
  /** Does it. Closes the dialog unless it answers with an error, which is shown and loses nothing typed. */
  onConfirm: (form: FormData) => Promise<{ error?: string } | undefined>;
};

const load = () => import("./confirm-panel.tsx");
const ConfirmPanel = lazy(load);

/** Names what is about to be done, says what it will do, and does it. */
export function ConfirmDialog({ trigger, open, onOpenChange, ...shown }: ConfirmDialogProps) {
  const overlay = useOverlay(open, onOpenChange);
  return (
    <OverlayFrame overlay={overlay} preload={load} trigger={trigger}>
      <ConfirmPanel {...shown} overlay={overlay} />
    </OverlayFrame>
  );
}
