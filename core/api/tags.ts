/** The areas of the API in the order of the reference, each with a sentence. */
export const apiTags = {
  Tokens: "Create, change, pause, rotate and revoke the account's tokens.",
  Usage: "What was called, what is left, and what was refused and why.",
  Alerts: "When the account is told that a limit comes near, and what was told.",
  Account: "The account itself, the API it may call, and its audit log.",
  Standing: "What is in force against the account, with its reasons; notices, appeals and announced loads.",
  Members: "Who belongs to the account.",
  Integrations: "The programs of the account that use the API, and what they collect.",
  Webhooks: "Programs that are told when something happens, and what became of each delivery.",
  Intake: "What anybody may report, without an account.",
  "Staff: accounts": "Find and open accounts.",
  "Staff: cases": "Flags and cases of the queue.",
  "Staff: reports": "What people reported.",
  "Staff: detectors": "What raises flags, and how each is set.",
  "Staff: actions": "What is in force or proposed against accounts.",
  "Staff: limits": "Plans, endpoints and their limits.",
  "Staff: import": "Take over tokens and endpoints that exist already.",
  "Staff: gates": "The gates and how they are.",
  "Staff: mail": "Messages that did not arrive.",
} as const;

export type ApiTag = keyof typeof apiTags;
