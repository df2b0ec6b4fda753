"use client"; // Opens over the page; the code that holds the focus is loaded when first opened.

import { lazy } from "react";
import type { ConfirmDialogProps } from "./confirm-panel.tsx";
import { OverlayFrame, useOverlay } from "./use-overlay.tsx";

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
