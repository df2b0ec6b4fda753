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
    for (let i = 0; i <= 100; i += 1) keepForThisAnswer(`request ${i}`, answer(i), 50_000);
    expect(takeForThisAnswer("request 0", 50_000)).toBeUndefined();
    expect(takeForThisAnswer("request 1", 50_000)).toEqual(answer(1));
    expect(takeForThisAnswer("request 100", 50_000)).toEqual(answer(100));
  });
});
