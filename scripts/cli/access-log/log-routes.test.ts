import { expect, it } from "vitest";
import { LogRoutes } from "./log-routes.ts";

function routesOf(requests: [string, string, number | null][]): string[] {
  const routes = new LogRoutes();
  for (const [method, target, status] of requests) routes.add({ method, target, status });
  return routes.list().map((one) => `${one.method} ${one.path} ${one.requests}`);
}

it("are what the server answered, by method and first segment", () => {
  expect(
    routesOf([
      ["GET", "/blog/one", 200],
      ["HEAD", "/blog/two?x=/no", 304],
      ["GET", "/Blog", 301],
      ["POST", "/blog/one", 204],
      ["GET", "/favicon.ico", 200],
      ["GET", "/", 200],
      ["GET", "/", null],
      ["GET", "/%C3%A4/x", 200],
    ]),
  ).toEqual(["GET /blog/** 3", "GET / 2", "GET /%C3%A4/** 1", "POST /blog/** 1", "GET /favicon.ico 1"]);
});

it("are not what it did not know or did not want, nor what nobody reads alike", () => {
  expect(
    routesOf([
      ["GET", "/wp-login.php", 404],
      ["GET", "/admin/x", 403],
      ["GET", "/broken", 500],
      ["GET", "/a/../b", 200],
      ["GET", "/{id}/x", 200],
      ["GET", "/**", 200],
      ["OPTIONS", "*", 200],
    ]),
  ).toEqual([]);
});

it("are bounded, however many paths a log makes up", () => {
  expect(routesOf(Array.from({ length: 30_000 }, (_, i) => ["GET", `/${i}`, 200]))).toHaveLength(20_000);
});
