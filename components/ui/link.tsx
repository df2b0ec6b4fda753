import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./link-pending.tsx";

/** A link inside the product. While its page is on the way, a thin bar at the top of the window says so. */
export function Link({ children, ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink {...rest}>
      {children}
      <LinkPending />
    </NextLink>
  );
}
