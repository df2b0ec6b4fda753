import type { PolicyProblem } from "../../core/rules/privacy-policy.ts";
import type { CollectedData } from "../../core/rules/vocabulary.ts";

/** What an integration may collect about people. */
export const collectedData: Record<CollectedData, string> = {
  names: "Names",
  email_addresses: "E-mail addresses",
  phone_numbers: "Phone numbers",
  postal_addresses: "Postal addresses",
  message_content: "Message content",
  network_addresses: "IP addresses",
  payment_data: "Payment data",
  health_data: "Health data",
  other: "Something else",
};

/** What is wrong with the page of a privacy policy, in one sentence. */
export function policyProblem(problem: PolicyProblem): string {
  switch (problem.code) {
    case "status":
      return `The page answered with status ${problem.status}.`;
    case "no_such_host":
      return `The host ${problem.host} was not found.`;
    case "refused_connection":
      return `${problem.host} refused the connection.`;
    case "bad_certificate":
      return `The certificate of ${problem.host} is not valid.`;
    case "bad_redirect":
      return `${problem.host} redirects to something that is not an address.`;
    case "no_answer":
      return `No answer within ${problem.seconds} s.`;
    case "too_many_redirects":
      return `The page redirects more than ${problem.most} times.`;
    case "other":
      return problem.error.endsWith(".") ? problem.error : `${problem.error}.`;
  }
}
