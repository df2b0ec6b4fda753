import { Stop } from "./steps.mjs";

/** Refuses a Node.js that Next.js does not run on. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  throw new Stop(`Gatehouse needs Node.js 20.9 or newer; this is ${process.versions.node}.`);
}
