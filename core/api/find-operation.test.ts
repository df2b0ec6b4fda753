import { expect, it } from "vitest";
import { findOperation } from "./find-operation.ts";
import { operations } from "./operations.ts";

it("makes of no call another one when the piece that names its thing is empty: servers join the slashes", () => {
  const confused = operations.flatMap(({ id, method, path }) =>
    path.split("/").flatMap((piece, at, pieces) => {
      if (!piece.startsWith("{")) return [];
      const joined = pieces
        .filter((_, index) => index !== at)
        .join("/")
        .replace(/\{\w+\}/g, "x");
      const found = method === "GET" ? null : findOperation(operations, method, joined);
      return found && "operation" in found ? [`${id} → ${found.operation.id}`] : [];
    }),
  );
  expect(confused).toEqual([]);
});

it("takes a customer's own id for an id also where it reads like the name of a call", () => {
  for (const id of ["plan", "protection", "external-id", "impact", "a/b"]) {
    for (const method of ["GET", "PUT"]) {
      const found = findOperation(operations, method, `/staff/accounts/by-external-id/${encodeURIComponent(id)}`);
      expect(found).toMatchObject({
        operation: { path: expect.stringContaining("by-external-id") },
        params: { externalId: id },
      });
    }
  }
});

it("answers a HEAD as the GET, and names the methods that there are", () => {
  expect(findOperation(operations, "HEAD", "/tokens")).toMatchObject({ operation: { id: "tokens.list" } });
  expect(findOperation(operations, "DELETE", "/tokens")).toEqual({ allow: ["GET", "POST"] });
  expect(findOperation(operations, "GET", "")).toBeNull();
  expect(findOperation(operations, "GET", "/tokens/%E0%A4%A")).toBeNull();
});
