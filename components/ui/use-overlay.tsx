import {
  cloneElement,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefCallback,
  type RefObject,
  Suspense,
  useRef,
  useState,
} from "react";
import { takePress } from "./early-press.ts";

export type Overlay = {
  isOpen: boolean;
  /** Its code is loaded when it is opened for the first time, and stays. */
  wasOpened: boolean;
  change: (open: boolean) => void;
  /** What the focus goes back to; null when no trigger opened it. */
  opener: RefObject<HTMLElement | null>;
};

/** Whether a dialog, sheet or menu is open: by its own trigger, or as `open` says. */
export function useOverlay(open: boolean | undefined, onOpenChange: ((open: boolean) => void) | undefined): Overlay {
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = open ?? ownOpen;
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  const opener = useRef<HTMLElement>(null);
  const change = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  return { isOpen, wasOpened, change, opener };
}

/** A button, as far as a trigger needs to know it. */
export type Trigger = ReactElement<{
  ref?: RefCallback<HTMLElement>;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}>;

type OverlayTriggerProps = {
  overlay: Overlay;
  opens: "dialog" | "menu";
  /** Starts loading what it opens, before it is pressed. */
  preload: () => unknown;
  children: Trigger;
};

/** Makes a button open an overlay, and says so to those who do not see it. */
export function OverlayTrigger({ overlay, opens, preload, children }: OverlayTriggerProps) {
  const load = () => void preload();
  const aria = { "aria-haspopup": opens, "aria-expanded": overlay.isOpen };
  const open = (opener: HTMLElement, isOpen: boolean) => {
    overlay.opener.current = opener;
    overlay.change(isOpen);
  };
  return cloneElement(children, {
    ...aria,
    ref: (element) => {
      if (element && takePress(element)) open(element, true);
    },
    onPointerEnter: load,
    onFocus: load,
    onClick: (event: MouseEvent<HTMLElement>) => {
      const isAnswered = !takePress(event.currentTarget);
      children.props.onClick?.(event);
      if (!event.defaultPrevented && !isAnswered) open(event.currentTarget, !overlay.isOpen);
    },
  });
}

type OverlayFrameProps = {
  overlay: Overlay;
  /** Loads the code of `children`. */
  preload: () => unknown;
  trigger: Trigger | undefined;
  children: ReactNode;
};

/** A trigger, if it has one, and what it opens, once its code is there. */
export function OverlayFrame({ overlay, preload, trigger, children }: OverlayFrameProps) {
  return (
    <>
      {trigger ? (
        <OverlayTrigger overlay={overlay} opens="dialog" preload={preload}>
          {trigger}
        </OverlayTrigger>
      ) : null}
      {overlay.wasOpened ? <Suspense fallback={null}>{children}</Suspense> : null}
    </>
  );
}

/** For Radix' `onCloseAutoFocus`: it knows no trigger of ours. */
export function backTo(opener: Overlay["opener"]) {
  return (event: Event) => {
    if (!opener.current) return;
    event.preventDefault();
    opener.current.focus();
  };
}
