/**
 * A feedback report (RFC 5965): what the second part of the message says, field by field. Only what leads to a sender or tells what
 * happened is read; unknown fields are for later versions, and left out.
 */
export type Feedback = {
  /** `abuse`, `fraud`, `virus`, `not-spam`, `other` …; lower case. */
  type: string;
  /** What made the report. */
  userAgent: string | null;
  originalMailFrom: string | null;
  /** ISO 8601; null = not given, or no date. */
  arrivedAt: string | null;
  sourceIp: string | null;
  /** Domains and addresses that the report names as responsible, at most ten of each. */
  reportedDomains: string[];
  /** How many such messages this one stands for, as "Incidents" says; 1 unless given. */
  incidents: number;
};

const most = 10;
/** One report cannot stand for more than somebody could have looked at. */
const mostIncidents = 100;

/** Null = not a feedback report: it has no Feedback-Type, which RFC 5965 requires. */
export function readFeedback(text: string): Feedback | null {
  const fields = fieldsOf(text);
  const type = first(fields, "feedback-type")?.toLowerCase();
  if (!type || !/^[a-z0-9-]{1,40}$/.test(type)) return null;
  const arrived = Date.parse(first(fields, "arrival-date") ?? first(fields, "received-date") ?? "");
  return {
    type,
    userAgent: first(fields, "user-agent"),
    originalMailFrom: first(fields, "original-mail-from")?.replace(/^<|>$/g, "") || null,
    arrivedAt: Number.isNaN(arrived) ? null : new Date(arrived).toISOString(),
    sourceIp: first(fields, "source-ip")?.replace(/^\[(?:IPv6:)?|\]$/gi, "") ?? null,
    reportedDomains: all(fields, "reported-domain").map((domain) => domain.toLowerCase()),
    incidents: Math.min(mostIncidents, Math.max(1, Number.parseInt(first(fields, "incidents") ?? "1", 10) || 1)),
  };
}

type Field = readonly [name: string, value: string];

/** Header lines, unfolded (RFC 5322, 2.2.3); bounded, since anybody can have written them. */
export function fieldsOf(text: string): Field[] {
  const fields: [string, string][] = [];
  for (const line of text.slice(0, 64_000).split(/\r?\n/)) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last && last[1].length < 4_000) last[1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    fields.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
    if (fields.length >= 500) break;
  }
  return fields;
}

function first(fields: readonly Field[], name: string): string | null {
  return fields.find(([key]) => key === name)?.[1].slice(0, 500) ?? null;
}

function all(fields: readonly Field[], name: string): string[] {
  return fields.flatMap(([key, value]) => (key === name ? [value.slice(0, 255)] : [])).slice(0, most);
}
