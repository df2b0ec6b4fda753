"use client"; // What is chosen in the form of an action, and what follows from it.

import { useState } from "react";
import type { Impact } from "#core/enforcement/preview-impact.ts";
import { mayImpose } from "#core/rules/standing/enforcement.ts";
import { hourMs } from "#core/rules/time.ts";
import { type ActionType, actionTypes, type StaffRole } from "#core/rules/vocabulary.ts";
import { scopesOf } from "./action-scopes.ts";
import { endOfChoice, type Until, usualHours } from "./until-field.tsx";

/** An action in force; a new one takes the place only of what this person may lift. */
export type Replaceable = {
  id: string;
  words: string;
  servedMs: number;
  isReplaceable: boolean;
  isOfThisCase: boolean;
};

type Situation = {
  role: StaffRole;
  isProtected: boolean;
  inForce: readonly Replaceable[];
  impact: Impact;
  nowMs: number;
  /** `token:…` of the flag that matters most; empty = none. */
  flaggedToken: string;
};

/** The terms of an action as they are chosen: what, on what, from when until when, instead of what. */
export function useTerms(first: { type: ActionType; durationHours: number | null }, situation: Situation) {
  const { role, isProtected, inForce, impact, nowMs, flaggedToken } = situation;
  const [type, setType] = useState(first.type);
  const [wantedScope, setScope] = useState("account");
  const [until, setUntil] = useState<Until>({ choice: String(first.durationHours ?? usualHours), local: "" });
  const [silentHours, setSilentHours] = useState<number | null>(null);
  const [startMs, setStartMs] = useState<number | null>(null);
  // What the case was answered with already is changed, not added to, unless somebody says so.
  const answer = inForce.find((one) => one.isReplaceable && one.isOfThisCase);
  const [replaces, setReplaces] = useState(answer?.id ?? "");
  const scopes = scopesOf(type, impact.tokens, impact.endpoints);
  const scope = scopes.some((one) => one.value === wantedScope) ? wantedScope : (scopes[0]?.value ?? "");
  const hasEnd = type !== "notice" && type !== "termination";
  const mayBeForGood = type === "suspension" || type === "token_pause";
  const replaced = inForce.find((one) => one.id === replaces);
  const startsAtMs = startMs ?? nowMs;
  const endsAtMs = hasEnd ? endOfChoice(until, startsAtMs, replaced?.servedMs ?? 0) : null;
  const imposition = mayImpose(role, {
    type,
    durationMs: endsAtMs === null ? null : endsAtMs - startsAtMs,
    silenceMs: type === "notice" || silentHours === null ? null : silentHours * hourMs,
    isProtectedAccount: isProtected,
    accounts: 1,
  });
  return {
    ...{
      type,
      scope,
      scopes,
      until,
      silentHours,
      startMs,
      replaces,
      hasEnd,
      mayBeForGood,
      replaced,
      startsAtMs,
      imposition,
    },
    ...{ setScope, setUntil, setSilentHours, setStartMs, setReplaces },
    replaceable: inForce.filter((one) => one.isReplaceable),
    /** A pause is for the token that was flagged, until another one is chosen. */
    chooseType: (wanted: string) => {
      const chosen = actionTypes.find((one) => one === wanted) ?? "notice";
      setType(chosen);
      if (chosen === "token_pause") setScope(flaggedToken);
    },
  };
}

export type Terms = ReturnType<typeof useTerms>;
