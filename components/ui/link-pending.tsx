"use client"; // Knows whether the page of the link around it is on the way.

import { useLinkStatus } from "next/link";
import { createPortal } from "react-dom";

/** The bar at the top of the window while the page of the link around it is on the way; it stays away from quick ones. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return createPortal(
    <div
      data-slot="link-pending"
      aria-hidden="true"
      className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 origin-left animate-on-the-way bg-accent"
    />,
    document.body,
  );
}
