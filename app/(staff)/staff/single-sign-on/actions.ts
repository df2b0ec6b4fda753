"use server";

import { action } from "#app/_lib/action.ts";
import { setBreakGlass } from "#core/single-sign-on/break-glass.ts";
import { addProvider, changeProvider, removeProvider } from "#core/single-sign-on/configure.ts";
import { takeDomainOff } from "#core/single-sign-on/staff-domains.ts";
import { readRules } from "./role-rules.ts";

const revalidate = ["/staff/single-sign-on"];
const read = (form: FormData) => ({ roleRules: readRules(form.get("_rules")) });
const echo = ["name", "issuer", "clientId", "audience", "accountId", "defaultRole", "_rules"] as const;

export const addProviderAction = action(addProvider, { as: "staff", revalidate, read, echo });
export const changeProviderAction = action(changeProvider, { as: "staff", revalidate, read, echo });
export const removeProviderAction = action(removeProvider, { as: "staff", revalidate });
export const takeDomainOffAction = action(takeDomainOff, { as: "staff", revalidate });
export const setBreakGlassAction = action(setBreakGlass, { as: "staff", revalidate, echo: ["userId"] });
