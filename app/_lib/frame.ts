import "server-only";
import { headers } from "next/headers";

const framing = ["iframe", "frame", "embed", "object"];

/** Whether the page that is asked for will stand in a frame of another page. What a page fetches later does not say so. */
export async function isFramed(): Promise<boolean> {
  return framing.includes((await headers()).get("sec-fetch-dest") ?? "");
}

/** Whether that other page is of another site, so that the browser sends and keeps no ordinary cookie there. */
export async function isFramedByOtherSite(): Promise<boolean> {
  return (await isFramed()) && (await headers()).get("sec-fetch-site") === "cross-site";
}
