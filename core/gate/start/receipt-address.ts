import { isLoopback } from "../../rules/networks.ts";

type Asked = {
  /** `PUBLIC_URL`, or its default. */
  publicUrl: string;
  /** Whether it was set. */
  isGiven: boolean;
  /** `GATE_HOST`. */
  host: string;
};

/**
 * Whether refused clients can follow the links that they get. Throws where other machines reach the gate and nobody has said where
 * the web app is: every link would lead to the client's own machine. Otherwise a sentence to warn with, or null.
 */
export function checkReceiptAddress({ publicUrl, isGiven, host }: Asked): string | null {
  if (isGiven) return null;
  if (host === "localhost" || isLoopback(host))
    return `PUBLIC_URL is not set, so refused clients get links to ${publicUrl}. Set it to the address of the web app.`;
  throw new Error(
    `Configuration: PUBLIC_URL is required for a gate that other machines reach (GATE_HOST is ${host}), because refused clients get links to it. Set it to the address of the web app, for example https://access.example.com.`,
  );
}
