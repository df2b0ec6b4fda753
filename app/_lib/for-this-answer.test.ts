import { describe, expect, it } from "vitest";
import { keepForThisAnswer, takeForThisAnswer } from "./for-this-answer.ts";

const answer = (shown: unknown) => ({ form: "f", result: { status: "ok" as const, shown }, typed: {} });

describe("the answer to a form without script", () => {
  it("is given out to the request that left it, and a second time to nobody", () => {
    keepForThisAnswer("this request", answer("gth_once"));
    expect(takeForThisAnswer("another request")).toBeUndefined();
    expect(takeForThisAnswer(null)).toBeUndefined();
    expect(takeForThisAnswer("this request")).toEqual(answer("gth_once"));
    expect(takeForThisAnswer("this request")).toBeUndefined();
  });

  it("is dropped when no page has asked for it within half a minute", () => {
    keepForThisAnswer("forgotten", answer("secret"), 1_000);
    expect(takeForThisAnswer("forgotten", 31_001)).toBeUndefined();
    keepForThisAnswer("in time", answer("secret"), 1_000);
    expect(takeForThisAnswer("in time", 31_000)).toEqual(answer("secret"));
  });

  it("is bounded in number: the oldest goes first", () => {
    for (let i = 0; i <= 1_000; i += 1) keepForThisAnswer(`request ${i}`, answer(i), 50_000);
    expect(takeForThisAnswer("request 0", 50_000)).toBeUndefined();
    expect(takeForThisAnswer("request 1", 50_000)).toEqual(answer(1));
    expect(takeForThisAnswer("request 1000", 50_000)).toEqual(answer(1_000));
  });

  it("with a secret stays, however many errors come after it", () => {
    keepForThisAnswer("a token", answer("gth_once"), 90_000);
    const error = { status: "error" as const, code: "invalid" as const, message: "No.", fields: {}, requestId: "" };
    for (let i = 0; i <= 2_000; i += 1)
      keepForThisAnswer(`error ${i}`, { form: "f", result: error, typed: {} }, 90_000);
    expect(takeForThisAnswer("a token", 90_000)).toEqual(answer("gth_once"));
    expect(takeForThisAnswer("error 2000", 90_000)).toBeDefined();
  });
});
