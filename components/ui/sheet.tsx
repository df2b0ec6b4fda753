"use client"; // Opens over the page.

import { ShapedDialog } from "./dialog.tsx";
import type { OverlayProps } from "./dialog-panel.tsx";

/** A panel from the right edge, for a form or a detail beside the page it belongs to. */
export function Sheet({ size = "md", ...rest }: OverlayProps & { size?: "md" | "lg" }) {
  return <ShapedDialog {...rest} shape={size === "md" ? "sheet" : "wide-sheet"} />;
}
