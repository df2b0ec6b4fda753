"use client"; // Opens over the page; the code that holds the focus is loaded when first opened.

import { cloneElement, createContext, lazy, type ReactElement, useContext } from "react";
import type { DialogShape, OverlayProps } from "./dialog-panel.tsx";
import { OverlayFrame, useOverlay } from "./use-overlay.tsx";

const load = () => import("./dialog-panel.tsx");
const DialogPanel = lazy(load);
const CloseContext = createContext<() => void>(() => undefined);

/** What a dialog and a sheet have in common; they differ in shape. */
export function ShapedDialog({ trigger, open, onOpenChange, ...shown }: OverlayProps & { shape: DialogShape }) {
  const overlay = useOverlay(open, onOpenChange);
  return (
    <CloseContext value={() => overlay.change(false)}>
      <OverlayFrame overlay={overlay} preload={load} trigger={trigger}>
        <DialogPanel {...shown} overlay={overlay} />
      </OverlayFrame>
    </CloseContext>
  );
}

/** A small window over the page. Escape, the cross and a press outside close it. */
export function Dialog({ size = "md", ...rest }: OverlayProps & { size?: "sm" | "md" | "lg" }) {
  return <ShapedDialog {...rest} shape={size} />;
}

/** Makes a button close the dialog or sheet around it. */
export function DialogClose({ children }: { children: ReactElement<{ onClick?: () => void }> }) {
  return cloneElement(children, { onClick: useContext(CloseContext) });
}
