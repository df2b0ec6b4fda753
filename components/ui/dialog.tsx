"use client"; // Opens over the page; the code that holds the focus is loaded when first opened.

import { cloneElement, createContext, lazy, type ReactElement, type ReactNode, useContext } from "react";
import { OverlayFrame, type Trigger, useOverlay } from "./use-overlay.tsx";

export type OverlayProps = {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: Trigger;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
};

const load = () => import("./dialog-panel.tsx");
const DialogPanel = lazy(load);
const CloseContext = createContext<() => void>(() => undefined);

export type DialogShape = "sm" | "md" | "lg" | "sheet" | "wide-sheet";

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
