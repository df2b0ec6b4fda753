import { z } from "zod";
import { environmentSchema } from "./env.ts";

/** The table of environment variables in docs/configuration.md: name, default, meaning. A variable without a meaning throws. */
export function configurationTable(): string {
  const { properties = {} } = z.toJSONSchema(environmentSchema, { io: "input", unrepresentable: "any" });
  const rows = Object.entries(properties).flatMap(([name, variable]) => {
    if (name === "NODE_ENV" || typeof variable === "boolean") return [];
    if (!variable.description) throw new Error(`${name} has no description in core/runtime/env.ts.`);
    const value =
      variable.default === undefined || variable.default === "" ? "none" : `\`${String(variable.default)}\``;
    return [`| \`${name}\` | ${value} | ${variable.description} |`];
  });
  return ["| Variable | Default | Meaning |", "|---|---|---|", ...rows].join("\n");
}
