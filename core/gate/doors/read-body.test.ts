import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { readBody } from "./read-body.ts";

it("takes a body whole that arrived in several pieces before it was read", async () => {
  const request = Object.assign(new PassThrough(), { complete: true });
  for (const piece of ['{"a":', '"1', '"}']) request.write(piece);
  request.end();
  await sleep(5);
  const body = new Promise((done) => readBody(request as unknown as IncomingMessage, 100, done));
  expect(await body).toBe('{"a":"1"}');
});

it("hands over nothing of a body that is longer than allowed", async () => {
  const request = Object.assign(new PassThrough(), { complete: true });
  request.end("x".repeat(101));
  await sleep(5);
  expect(await new Promise((done) => readBody(request as unknown as IncomingMessage, 100, done))).toBeNull();
});
