import { z } from "zod";
import { command, query } from "../define.ts";

/** Each definition here lacks or misspells what it must have. define.test.ts checks that none of them compiles. */

const input = z.strictObject({});
const run = async () => ({});
const audit = () => null;

export const withoutPermission = command({ input, run, audit });

export const withMisspeltPermission = command({ permission: "tokens:wriet", input, run, happened });

export const withoutAudit = command({ permission: "tokens:write", input, run });

export const queryWithoutPermission = query({ input, run });

export const withoutInput = query({ permission: "tokens:read", run });
