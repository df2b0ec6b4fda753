import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, jobCtx } from "#core/frame/context.ts";
import { createEndpoint } from "#core/provider/change-endpoint.ts";
import { installSampleProvider } from "#core/provider/install-sample-provider.ts";
import { sampleEndpoints } from "#core/provider/sample-provider.ts";
import { compileEndpoints, matchEndpoint } from "#core/rules/limits/endpoint-match.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { registeredText, registerRoutes } from "./register-routes.ts";

let database: TestDatabase;
let ctx: Ctx;
beforeAll(async () => {
  database = await testDatabase();
  ctx = jobCtx(database.db, "replay", new Date());
  await installSampleProvider(ctx, {});
});
afterAll(() => database.close());

const route = (method: string, path: string) => ({ method, path, requests: 1 });
const names = async () =>
  (
    await database.sql`select name, method, path, scope, rate_limit from endpoint where name like 'log.%' order by name`
  ).map((row) => `${row.name} ${row.method} ${row.path} ${row.scope} ${row.rate_limit}`);

it("the sample provider has no route for what it has not registered", () => {
  const matcher = compileEndpoints(sampleEndpoints);
  for (const path of ["/", "/about", "/v1", "/v1/mail", "/v1/domains/5/x", "/V1/EMAIL/x", "/.env", "/wp-login.php"])
    for (const method of ["GET", "POST", "DELETE", "PUT"])
      expect(matchEndpoint(matcher, "http", method, path)).toBeNull();
});

describe("routes of a log", () => {
  it("become endpoints once, and leave the sample's own paths alone", async () => {
    const routes = [route("GET", "/blog/**"), route("POST", "/blog/**"), route("GET", "/"), route("DELETE", "/v1/**")];
    const first = await registerRoutes(ctx, routes);
    expect(registeredText(first)).toBe("3 endpoints of the log are registered: GET /blog/**, POST /blog/**, GET /.\n");
    expect(await names()).toEqual([
      "log.get..0 GET / null 60",
      "log.get.blog GET /blog/** null 60",
      "log.post.blog POST /blog/** null 60",
    ]);
    const again = await registerRoutes(ctx, [...routes, route("GET", "/feed.xml")]);
    expect(again.added.map((one) => one.path)).toEqual(["/feed.xml"]);
    expect(registeredText(await registerRoutes(ctx, routes))).toBe("");
  });

  it("are all told apart, also where their names read alike", async () => {
    const { added } = await registerRoutes(ctx, [
      route("GET", "/a+b"),
      route("GET", "/a=b"),
      route("GET", "/A%20B/**"),
    ]);
    expect(added).toHaveLength(3);
    expect((await names()).filter((name) => name.startsWith("log.get.a."))).toHaveLength(3);
  });

  it("say how many are too many", async () => {
    const many = Array.from({ length: 503 }, (_, i) => route("GET", `/page-${i}.html`));
    const result = await registerRoutes(ctx, many);
    expect([result.added.length, result.left]).toEqual([500, 3]);
    expect(registeredText(result)).toContain("Requests to 3 further paths count as unknown");
  });

  it("widen nothing where the provider has registered an endpoint of their own", async () => {
    const own = { name: "lists.read", surface: "http", method: "GET", path: "/lists", rateLimit: 5 } as const;
    await createEndpoint(ctx, own);
    expect(await registerRoutes(ctx, [route("GET", "/admin/**")])).toEqual({ added: [], left: 0 });
  });
});
