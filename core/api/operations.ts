import type { Operation } from "./operation.ts";
import { accountOperations } from "./operations/account.ts";
import { actionOperations } from "./operations/actions.ts";
import { appealOperations } from "./operations/appeals.ts";
import { importOperations } from "./operations/imports.ts";
import { intakeOperations } from "./operations/intake.ts";
import { integrationOperations } from "./operations/integrations.ts";
import { limitOperations } from "./operations/limits.ts";
import { staffOperations } from "./operations/staff.ts";
import { tokenOperations } from "./operations/tokens.ts";
import { usageOperations } from "./operations/usage.ts";
import { webhookOperations } from "./operations/webhooks.ts";

/** Every call of the REST API. What is not here does not exist; the document, the reference page and the tests read it too. */
export const operations: readonly Operation[] = [
  ...tokenOperations,
  ...usageOperations,
  ...accountOperations,
  ...appealOperations,
  ...integrationOperations,
  ...webhookOperations,
  ...intakeOperations,
  ...staffOperations,
  ...actionOperations,
  ...limitOperations,
  ...importOperations,
];
