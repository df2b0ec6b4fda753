import { expect, it } from "vitest";
import { sentenceOf } from "./sentence-of.ts";

it.each<[string, unknown, string]>([
  ["its message", new Error("There is no plan."), "There is no plan."],
  ["its cause", new Error("Failed query: select 1", { cause: new Error("connection refused") }), "connection refused"],
  [
    "the first of many that says something",
    new AggregateError([new Error(""), new Error("connect ECONNREFUSED ::1:5432")]),
    "connect ECONNREFUSED ::1:5432",
  ],
  [
    "many in a cause",
    new Error("Failed query", { cause: new AggregateError([new Error("connect ECONNREFUSED 127.0.0.1:1")]) }),
    "connect ECONNREFUSED 127.0.0.1:1",
  ],
  [
    "its code, without a message",
    Object.assign(new Error(""), { code: "CONNECTION_DESTROYED" }),
    "CONNECTION_DESTROYED",
  ],
  ["where to look, without either", new Error(""), "Error without a message; set LOG_LEVEL=debug to see where"],
  ["a text", "stopped", "stopped"],
])("a failed command says %s", (_what, error, sentence) => {
  expect(sentenceOf(error)).toBe(sentence);
});
