/**
 * What account owners and their clients read, in the language in use: `import * as words`. A translation is a second folder beside
 * `en/` whose index is of type `Words`; a reader's language is then chosen here.
 */
export * from "./en/index.ts";
export type Words = typeof import("./en/index.ts");
export type { AlertFacts } from "./en/alerts.ts";
export type { ApiTag } from "./en/api.ts";
export type { InputBound } from "./en/input.ts";
export type { MailWords, SignInChange } from "./en/mails.ts";
export type { PasskeyRefusal, PasswordRefusal } from "./en/sign-in.ts";
export type { DomainChange, SingleSignOnChange } from "./en/single-sign-on.ts";
