import { describe, expect, it } from "vitest";
import { defaultPathRules } from "../limits/path.ts";
import { shapesOf, wrongPath } from "./path-shape.ts";

const shapes = shapesOf(
  [
    { id: 1, path: "/v1/domains/{id}", isClosed: false },
    { id: 2, path: "/v1/email", isClosed: false },
    { id: 3, path: "/files/**", isClosed: false },
    { id: 4, path: "/old/**", isClosed: true },
  ],
  defaultPathRules,
);
const shapeOf = (path: string | null, endpointId = 0) => wrongPath({ endpointId, path }, shapes)?.path;

describe("a wrong path counts as", () => {
  it.each<[string, string | null, number, string | undefined]>([
    ["its route, however many ids were asked for", "/v1/domains/4711", 1, "/v1/domains/{id}"],
    ["its route, where only the path was told", "/v1/domains/example.com", 0, "/v1/domains/{id}"],
    ["its route, where the method is another", "/V1/Email", 0, "/v1/email"],
    ["its route, where only that was told", null, 2, "/v1/email"],
    ["one version that is not there", "/v2/domains/4711", 0, "/v2/**"],
    ["one version that is not there, whatever is asked of it", "/v2/email", 0, "/v2/**"],
    ["itself, where that version has no such route either", "/v2/admin", 0, "/v2/admin"],
    ["itself below a route of any rest", "/files/a.sql", 3, "/files/a.sql"],
    ["one endpoint that was open until just now", "/old/a/b", 4, "/old/**"],
    ["itself, without long numbers", "/orders/4711/items/2", 0, "/orders/{id}/items/2"],
    ["itself, without a UUID", "/o/1d60a9b5-1b1a-4f0c-9b53-3a58a1b6d0aa", 0, "/o/{id}"],
    ["itself, without a hash", "/o/9f86d081884c7d659a2feaa0c55ad015", 0, "/o/{id}"],
    ["itself, without somebody's address", "/people/mia%40example.com", 0, "/people/{id}"],
    ["itself, with a made-up file name", "/DVWA/m0vhQxdE12345.cgi", 0, "/DVWA/m0vhQxdE12345.cgi"],
    ["nothing, where nothing is known", null, 3, undefined],
  ])("%s", (_what, path, endpointId, expected) => {
    expect(shapeOf(path, endpointId)).toBe(expected);
  });
});

it("is shown as it was asked for only where no route says what it is", () => {
  expect(wrongPath({ endpointId: 0, path: "/.env" }, shapes)).toEqual({ path: "/.env", asked: "/.env" });
  expect(wrongPath({ endpointId: 1, path: "/v1/domains/.env" }, shapes)).toEqual({ path: "/v1/domains/{id}" });
});
