import { describe, expect, it } from "vitest";
import { type MemberEvent, membersAt } from "./members-at.ts";

const event = (atMs: number, kind: MemberEvent<string>["kind"], role: string): MemberEvent<string> => ({
  userId: "ada",
  atMs,
  kind,
  role,
});
const now = [{ userId: "ada", role: "owner", sinceMs: 10 }];
const roleAt = (events: MemberEvent<string>[], atMs: number, current = now) =>
  membersAt(current, events, atMs).map((one) => one.role);

describe("who belonged to an account at a time", () => {
  it("is nobody before they joined and the last role recorded after that", () => {
    const events = [event(10, "join", "viewer"), event(20, "role", "owner")];
    expect([5, 10, 15, 20, 30].map((at) => roleAt(events, at))).toEqual([
      [],
      ["viewer"],
      ["viewer"],
      ["owner"],
      ["owner"],
    ]);
  });

  it("includes who left later, with the role they had until then, and again after they came back", () => {
    const left = [event(10, "join", "viewer"), event(20, "leave", "viewer"), event(30, "join", "developer")];
    expect([15, 25, 35].map((at) => roleAt(left, at, []))).toEqual([["viewer"], [], ["developer"]]);
    expect(roleAt([event(20, "leave", "viewer")], 15, [])).toEqual(["viewer"]);
  });

  it("says that a role is unknown rather than to guess it", () => {
    expect(roleAt([event(20, "role", "owner")], 15)).toEqual([null]);
  });

  it("takes today's row when nothing else is recorded, from its own beginning on", () => {
    expect([5, 15].map((at) => roleAt([], at))).toEqual([[], ["owner"]]);
  });
});
