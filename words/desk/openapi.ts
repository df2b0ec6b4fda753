import type { OpenapiFault } from "../../core/rules/limits/openapi-endpoints.ts";
import { count } from "../en/numbers.ts";

/** What of an OpenAPI document could not be imported, and why. */
export function openapiFault(fault: OpenapiFault): string {
  switch (fault.code) {
    case "unmatchable":
      return `${fault.where}: the path cannot be matched.`;
    case "too_many":
      return `${fault.where} and everything after it: at most ${count(fault.most)} endpoints are imported.`;
    case "empty":
      return "The document has no calls.";
  }
}
