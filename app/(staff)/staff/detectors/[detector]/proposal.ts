import { z } from "zod";
import { paramText } from "#app/_lib/param.ts";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import { type DetectorMode, detectorModes } from "#core/rules/vocabulary.ts";

/** A setting as the address proposes it: `?mode=flags&t.share=0.2`. Values stay as they were typed; the use case judges them. */
export type Proposal = { isAsked: boolean; mode: DetectorMode; values: Record<string, string> };

const text = paramText(30);

/** Where nothing is proposed it is what is in force. */
export function proposalOf({ mode, fields }: DetectorRow, params: Record<string, unknown>): Proposal {
  const values = Object.fromEntries(
    fields.map(({ key, value }) => [key, text.catch(String(value)).parse(params[`t.${key}`])]),
  );
  return {
    isAsked: params.mode !== undefined,
    mode: z.enum(detectorModes).catch(mode).parse(params.mode),
    values,
  };
}

/** The address that proposes a setting. */
export function proposalHref(id: string, mode: DetectorMode, thresholds: Record<string, number>): string {
  const values = Object.entries(thresholds).map(([key, value]) => [`t.${key}`, String(value)]);
  return `/staff/detectors/${id}?${new URLSearchParams([["mode", mode], ...values])}`;
}
