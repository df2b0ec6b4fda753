"use client"; // Opens over the page and holds the focus.

import { Dialog as Radix } from "radix-ui";
import { cn } from "./cn.ts";
import { OverlayFooter, OverlayHeader, type OverlayProps, overlayClass } from "./dialog.tsx";

/** A panel from the right edge, for a form or a detail beside the page it belongs to. */
export function Sheet(props: OverlayProps & { size?: "md" | "lg" }) {
  const { trigger, open, onOpenChange, title, description, footer, children, size = "md" } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={overlayClass} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed inset-y-0 right-0 z-50 flex w-full flex-col border-line border-l bg-panel shadow-float",
            "focus:outline-none data-[state=open]:animate-slide-in",
            size === "md" ? "sm:max-w-md" : "sm:max-w-2xl",
          )}
        >
          <OverlayHeader title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? <OverlayFooter>{footer}</OverlayFooter> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
