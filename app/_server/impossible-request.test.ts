import { expect, it } from "vitest";
import { impossibleRequest } from "./impossible-request.ts";

it.each(["TRACE", "TRACK", "PROPFIND", "get"])("%s is a method that no address has", (method) => {
  expect(impossibleRequest({ method, url: "/" })?.status).toBe(405);
});

it.each(["/%E0", "/a/%C3%28", "/%", "/x%00y"])("%s is no address", (url) => {
  expect(impossibleRequest({ method: "GET", url })?.status).toBe(400);
});

it.each(["/", "/a/b%20c", "/caf%C3%A9", "/sign-in?next=%E0"])("%s is an ordinary address", (url) => {
  expect(impossibleRequest({ method: "GET", url })).toBeNull();
});
