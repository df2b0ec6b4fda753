import type { CollectedData } from "#core/rules/vocabulary.ts";

export const dataWords: Record<CollectedData, string> = {
  names: "Names",
  email_addresses: "E-mail addresses",
  phone_numbers: "Phone numbers",
  postal_addresses: "Postal addresses",
  message_content: "Content of messages",
  network_addresses: "Network addresses",
  payment_data: "Payment data",
  health_data: "Health data",
  other: "Something else",
};
