import { describe, expect, it, vi } from "vitest";
import { logger } from "#core/runtime/log.ts";
import type { LiveClient } from "../../../demo/live-clients.ts";
import { GateAway, type VerifyCall } from "../gate-client.ts";
import { sendTraffic } from "./send-traffic.ts";

const busy = { peakPerHour: 200_000, peakHour: 12, widthHours: 6, floor: 1, weekend: 1, growth: 0 };
const client: LiveClient = {
  account: "Northwind Mail",
  accountSlug: "northwind-mail",
  plan: "Professional",
  secret: "gth_secret",
  ips: ["198.18.4.5"],
  userAgent: "courier-node/4",
  uses: [
    { endpoint: "activity.list", surface: "http", rhythm: busy },
    { endpoint: "smtp.send", surface: "smtp", rhythm: busy },
  ],
  burst: { endpoint: "email.send", firstAfterS: 0, everyS: 60, lastsS: 30, perSecond: 20 },
};

describe("live traffic", () => {
  const stopOf = (calls: VerifyCall[], count: number, verify: () => Promise<"allowed">) => {
    const stop = new AbortController();
    let asked = 0;
    const gate = {
      isReady: async () => {
        asked += 1;
        return asked > 2;
      },
      verify: (call: VerifyCall) => {
        calls.push(call);
        if (calls.length >= count) stop.abort();
        return verify();
      },
    };
    const run = sendTraffic({ clients: [client], gate, log: logger("test"), mostOnTheirWay: 8, signal: stop.signal });
    return { run, asked: () => asked };
  };

  it("waits for the gate, then calls as gateways do: with path, or with the endpoint's name on other surfaces", async () => {
    const calls: VerifyCall[] = [];
    const { run, asked } = stopOf(calls, 40, async () => "allowed");
    await run;
    expect(asked()).toBe(3);
    const ids = new Set(calls.map((call) => call.request_id));
    expect(ids.size).toBe(calls.length);
    const http = calls.find((call) => call.path?.startsWith("/v1/activity/"));
    expect(http).toMatchObject({ token: "gth_secret", method: "GET", surface: "http", ip: "198.18.4.5" });
    expect(http?.path).toMatch(/^\/v1\/activity\/[a-z]+\.northwind-mail\.example$/);
    expect(calls.find((call) => call.surface === "smtp")).toMatchObject({ endpoint: "smtp.send" });
    expect(calls.some((call) => call.path === "/v1/email")).toBe(true);
  });

  it("goes on after the gate was away, and keeps few requests on their way", async () => {
    const calls: VerifyCall[] = [];
    let open = 0;
    let most = 0;
    const verify = async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      if (calls.length < 20) throw new GateAway("connect ECONNREFUSED");
      return "allowed" as const;
    };
    await stopOf(calls, 60, verify).run;
    expect(calls.length).toBeGreaterThanOrEqual(60);
    expect(most).toBeLessThanOrEqual(8);
    await vi.waitFor(() => expect(open).toBe(0));
  });
});
