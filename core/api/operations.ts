import type { Operation } from "./operation.ts";
import { accountOperations } from "./operations/account.ts";
import { accountDomainOperations } from "./operations/account-domains.ts";
import { accountNetworkOperations } from "./operations/account-networks.ts";
import { accountTermsOperations } from "./operations/account-terms.ts";
import { actionOperations } from "./operations/actions.ts";
import { alertOperations } from "./operations/alerts.ts";
import { appealOperations } from "./operations/appeals.ts";
import { batchOperations } from "./operations/batches.ts";
import { caseWorkOperations } from "./operations/case-work.ts";
import { detectorOperations } from "./operations/detectors.ts";
import { gateOperations } from "./operations/gates.ts";
import { identityOperations } from "./operations/identity.ts";
import { importOperations } from "./operations/imports.ts";
import { intakeOperations } from "./operations/intake.ts";
import { integrationOperations } from "./operations/integrations.ts";
import { investigateOperations } from "./operations/investigate.ts";
import { limitRequestOperations } from "./operations/limit-requests.ts";
import { limitOperations } from "./operations/limits.ts";
import { mailOperations } from "./operations/mail.ts";
import { memberOperations } from "./operations/members.ts";
import { peopleOperations } from "./operations/people.ts";
import { portalOperations } from "./operations/portal.ts";
import { provisioningOperations } from "./operations/provisioning.ts";
import { reportOperations } from "./operations/reports.ts";
import { reversalOperations } from "./operations/reversals.ts";
import { staffOperations } from "./operations/staff.ts";
import { tokenOperations } from "./operations/tokens.ts";
import { usageOperations } from "./operations/usage.ts";
import { webhookOperations } from "./operations/webhooks.ts";

/** Every call of the REST API. What is not here does not exist; the document, the reference page and the tests read it too. */
export const operations: readonly Operation[] = [
  ...tokenOperations,
  ...usageOperations,
  ...alertOperations,
  ...accountOperations,
  ...accountNetworkOperations,
  ...accountDomainOperations,
  ...memberOperations,
  ...appealOperations,
  ...integrationOperations,
  ...webhookOperations,
  ...intakeOperations,
  ...staffOperations,
  ...provisioningOperations,
  ...accountTermsOperations,
  ...caseWorkOperations,
  ...investigateOperations,
  ...reportOperations,
  ...detectorOperations,
  ...reversalOperations,
  ...actionOperations,
  ...batchOperations,
  ...limitOperations,
  ...limitRequestOperations,
  ...importOperations,
  ...gateOperations,
  ...mailOperations,
  ...peopleOperations,
  ...identityOperations,
  ...portalOperations,
];
