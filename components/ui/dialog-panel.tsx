"use client"; // Holds the focus.

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { dialogClass, overlayClass } from "./overlay-class.ts";
import { backTo, type Overlay, type Trigger } from "./use-overlay.tsx";

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

export type DialogShape = "sm" | "md" | "lg" | "sheet" | "wide-sheet";

type DialogPanelProps = Omit<OverlayProps, "trigger" | "open" | "onOpenChange"> & {
  overlay: Overlay;
  shape: DialogShape;
};

const sheetClass =
  "fixed inset-y-0 right-0 z-50 flex w-full flex-col border-line border-l bg-panel shadow-float " +
  "focus:outline-none data-[state=open]:animate-slide-in";

const shapes: Record<DialogShape, string> = {
  sm: cn(dialogClass, "max-w-sm"),
  md: cn(dialogClass, "max-w-lg"),
  lg: cn(dialogClass, "max-w-3xl"),
  sheet: cn(sheetClass, "sm:max-w-md"),
  "wide-sheet": cn(sheetClass, "sm:max-w-2xl"),
};

/** The window of a dialog or a sheet. */
export default function DialogPanel({ overlay, shape, title, description, footer, children }: DialogPanelProps) {
  return (
    <Radix.Root open={overlay.isOpen} onOpenChange={overlay.change}>
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onCloseAutoFocus={backTo(overlay.opener)}
          className={shapes[shape]}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 wrap-anywhere">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description ? <Radix.Description className="text-ink-2">{description}</Radix.Description> : null}
            </div>
            <Radix.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-2" icon={<X aria-hidden />} />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
