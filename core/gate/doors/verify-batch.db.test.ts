import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk, domain, email } from "../testing/testing-desk.ts";
import { post, type VerifyAnswer } from "../testing/testing-gate.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const batch = (requests: unknown) => post(`${desk.gate.url}/v1/verify/batch`, JSON.stringify({ requests }));
const results = async (requests: unknown): Promise<VerifyAnswer[]> => {
  const answer = await batch(requests);
  if (answer.status !== 200) throw new Error(answer.text);
  return JSON.parse(answer.text).results;
};

describe("POST /v1/verify/batch", () => {
  it("decides in order, each as if it had come alone", async () => {
    const one = await desk.client();
    const other = await desk.client({ scopes: [] });
    const requests = [
      ...Array.from({ length: 4 }, () => ({ token: one.secret, ...email })),
      { token: other.secret, ...email },
      { token: "unknown-token-0123456789", ...domain },
      { token: one.secret, ...domain, dry_run: true },
      { token: one.secret, ...email },
    ];
    const answers = await results(requests);
    expect(answers.map((answer) => answer.code)).toEqual([
      "allowed",
      "allowed",
      "allowed",
      "rate_limited",
      "insufficient_scope",
      "unknown_token",
      "allowed",
      "rate_limited",
    ]);
    expect(answers.slice(0, 3).map((answer) => answer.limits[0]?.remaining)).toEqual([2, 1, 0]);
    const receipts = answers.flatMap((answer) => answer.receipt ?? []);
    expect(new Set(receipts).size).toBe(4);
  });

  it("takes a thousand at once, and of a quota exactly what there is", async () => {
    const { secret } = await desk.client();
    const answers = await results(Array.from({ length: 1_000 }, () => ({ token: secret, ...domain })));
    expect(answers.map((answer) => answer.code)).toEqual([
      ...Array(100).fill("allowed"),
      ...Array(900).fill("quota_exceeded"),
    ]);
  });

  it("reads a request id in it once", async () => {
    const { secret } = await desk.client();
    const call = { token: secret, ...email, request_id: "batch-1" };
    expect((await results([call, call, call])).map((answer) => answer.limits[0]?.remaining)).toEqual([2, 2, 2]);
  });

  it.each<[string, unknown, string]>([
    ["no list", {}, "/requests"],
    ["an empty list", [], "/requests"],
    ["more than a thousand", Array(1_001).fill({}), "/requests"],
    ["a text among them", [{ token: "a", ...domain }, "b"], "/requests/1"],
    [
      "a wrong field among them",
      [
        { token: "a", ...domain },
        { token: "b", ...domain, cost: -1 },
      ],
      "/requests/1/cost",
    ],
  ])("refuses the whole call for %s, before anything is decided", async (_, requests, pointer) => {
    const before = desk.gate.gate.counts.decisions;
    const answer = await batch(requests);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid_field", errors: [{ pointer }] });
    expect(desk.gate.gate.counts.decisions).toBe(before);
  });
});
