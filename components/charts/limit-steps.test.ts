import { describe, expect, it } from "vitest";
import { limitSteps } from "./limit-steps.ts";

const minute = (n: number) => new Date(Date.UTC(2026, 10, 24, 12, n)).toISOString();
const points = [0, 1, 2, 3, 4].map((n) => ({ at: minute(n), values: {} }));

describe("limits over buckets", () => {
  it("draws one unchanged limit as one line over all buckets", () => {
    expect(limitSteps(points, [{ label: "limit", value: 120, from: minute(-60), until: null }])).toEqual([
      { label: "limit", value: 120, first: 0, last: 4 },
    ]);
  });

  it("draws a changed limit where each value held", () => {
    const steps = limitSteps(points, [
      { label: "limit", value: 100, from: minute(-60), until: minute(2) },
      { label: "limit", value: 120, from: minute(2), until: null },
    ]);
    expect(steps).toEqual([
      { label: "limit", value: 100, first: 0, last: 1 },
      { label: "limit", value: 120, first: 2, last: 4 },
    ]);
  });

  it("leaves a gap while no limit was in force", () => {
    const steps = limitSteps(points, [
      { label: "limit", value: 100, from: minute(0), until: minute(1) },
      { label: "limit", value: 100, from: minute(3), until: null },
    ]);
    expect(steps.map((step) => [step.first, step.last])).toEqual([
      [0, 0],
      [3, 4],
    ]);
  });

  it("keeps limits with different names apart", () => {
    const steps = limitSteps(points, [
      { label: "limit", value: 120, from: minute(0), until: null },
      { label: "throttled", value: 24, from: minute(3), until: null },
    ]);
    expect(steps).toHaveLength(2);
  });
});
