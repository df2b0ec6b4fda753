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
