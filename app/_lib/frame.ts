import "server-only";
import { headers } from "next/headers";
import { setting } from "#core/runtime/env.ts";

const framing = ["iframe", "frame", "embed", "object"];

/** Whether the page that is asked for will stand in a frame of another page. What a page fetches later does not say so. */
export async function isFramed(): Promise<boolean> {
  return framing.includes((await headers()).get("sec-fetch-dest") ?? "");
}

/** Whether that other page is of another site, so that the browser sends and keeps no ordinary cookie there. */
export async function isFramedByOtherSite(): Promise<boolean> {
  return (await isFramed()) && (await headers()).get("sec-fetch-site") === "cross-site";
}

/** Whether a page of the provider's own product led here, as the browser says; a page cannot make it say so of another. */
export async function cameFromProduct(): Promise<boolean> {
  const referer = (await headers()).get("referer");
  if (referer === null || !URL.canParse(referer)) return false;
  return [...setting("PORTAL_RETURN_ORIGINS"), ...setting("PORTAL_EMBED_ORIGINS")].includes(new URL(referer).origin);
}
