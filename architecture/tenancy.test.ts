import { describe, expect, it } from "vitest";
import { type Permission, permissions, reachesAccountRows } from "#core/frame/permissions.ts";
import { asksRows, units } from "./tenancy.ts";

const useCases = units.filter(({ permission }) => permission !== null);
const isPermission = (name: string | null): name is Permission => name !== null && name in permissions;

describe("a use case", () => {
  it("says its permission where it is defined", () => {
    expect(useCases.length).toBeGreaterThan(150);
    expect(useCases.filter(({ permission }) => !isPermission(permission)).map(({ name }) => name)).toEqual([]);
  });

  it("that members reach asks which rows, with scoped() or accountOf()", () => {
    const careless = useCases.filter(
      (unit) => isPermission(unit.permission) && reachesAccountRows(unit.permission) && !asksRows(unit),
    );
    expect(careless.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });

  it("is not taken for careful because the frame it runs in is", () => {
    const changePassword = useCases.find(({ name }) => name === "changePassword");
    expect(changePassword && asksRows(changePassword)).toBe(false);
  });
});
