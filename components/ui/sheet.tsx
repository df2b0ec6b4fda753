"use client"; // Opens over the page.

import { type OverlayProps, ShapedDialog } from "./dialog.tsx";

/** A panel from the right edge, for a form or a detail beside the page it belongs to. */
export function Sheet({ size = "md", ...rest }: OverlayProps & { size?: "md" | "lg" }) {
  return <ShapedDialog {...rest} shape={size === "md" ? "sheet" : "wide-sheet"} />;
}
