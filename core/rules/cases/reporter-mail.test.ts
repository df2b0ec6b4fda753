import { expect, it } from "vitest";
import { brokenBound, namedInAnswer, reporterBounds, reporterMailKinds } from "./reporter-mail.ts";

it("one more message than a bound allows is refused by the first bound that it breaks", () => {
  for (const kind of reporterMailKinds) {
    expect(brokenBound(kind, ({ most }) => most - 1)).toBeNull();
    for (const bound of reporterBounds[kind])
      expect(brokenBound(kind, (one) => (one === bound ? bound.most : 0))).toBe(bound);
  }
});

it.each([
  ["We spoke to Northwind Ltd about it.", "Northwind Ltd"],
  ["It was NORTHWIND LTD.", "Northwind Ltd"],
  ["It was (northwind).", "northwind"],
  ["Customer C-42 has stopped.", "C-42"],
  ["The northwinds blow, C-421 too, and an AB.", null],
  ["We have dealt with it.", null],
])("an answer gives no account away: %s", (text, named) => {
  expect(namedInAnswer(text, ["Northwind Ltd", "northwind", null, "C-42", "AB"])).toBe(named);
});
