/**
 * What account owners and their clients read, in the language in use. A translation is a second folder beside `en/` whose index has
 * the same type; a reader's language is then chosen here.
 */
export * as words from "./en/index.ts";
export type Words = typeof import("./en/index.ts");
