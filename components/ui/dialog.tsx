"use client"; // Opens over the page and holds the focus.

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";

export type OverlayProps = {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
};

export const overlayClass = "fixed inset-0 z-40 bg-scrim data-[state=open]:animate-fade-in";

export const dialogClass =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 " +
  "flex-col rounded-lg border border-line bg-panel shadow-float data-[state=open]:animate-fade-in focus:outline-none";

/** A small window over the page. Escape, the cross and a press outside close it. */
export function Dialog(props: OverlayProps & { size?: "sm" | "md" | "lg" }) {
  const { trigger, open, onOpenChange, title, description, footer, children, size = "md" } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(dialogClass, {
            "max-w-sm": size === "sm",
            "max-w-lg": size === "md",
            "max-w-3xl": size === "lg",
          })}
        >
          <OverlayHeader title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? <OverlayFooter>{footer}</OverlayFooter> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog or sheet around it. */
export const DialogClose = Radix.Close;

export function OverlayHeader({ title, description }: Pick<OverlayProps, "title" | "description">) {
  return (
    <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
      <div className="min-w-0">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        {description ? <Radix.Description className="text-ink-2">{description}</Radix.Description> : null}
      </div>
      <Radix.Close asChild>
        <Button variant="ghost" size="icon" aria-label="Close" className="-mt-1 -mr-2" icon={<X aria-hidden />} />
      </Radix.Close>
    </div>
  );
}

export function OverlayFooter({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{children}</div>;
}
