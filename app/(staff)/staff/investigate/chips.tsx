import { X } from "lucide-react";
import { Link } from "#components/ui/link.tsx";
import type { investigate } from "#core/investigate/investigate.ts";
import { nilId } from "#core/rules/uuid.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { hrefOf, type View } from "./view-params.ts";

type Chosen = Awaited<ReturnType<typeof investigate>>["chosen"];
type ChipsProps = {
  view: View;
  chosen: Chosen;
  /** What the chosen endpoint is called; null = none is chosen, or it is gone. */
  endpointName: string | null;
};

/** What the view is narrowed to; each can be taken away by itself. */
export function Chips({ view, chosen, endpointName }: ChipsProps) {
  const chips = chipsOf(view, chosen, endpointName);
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Narrowed to" className="flex flex-wrap gap-1.5">
      {chips.map(({ label, value, change }) => (
        <li key={`${label} ${value}`}>
          <Link
            href={hrefOf(view, change)}
            prefetch={false}
            aria-label={`Remove ${label}: ${value}`}
            className="inline-flex min-h-6 items-center gap-1.5 break-all rounded-md border border-line bg-panel px-2 py-0.5 hover:bg-sunk"
          >
            <span className="text-ink-3">{label}</span> {value}
            <X aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Chip = { label: string; value: string; change: Partial<View> };

function chipsOf(view: View, { accounts, tokenName }: Chosen, endpointName: string | null): Chip[] {
  const one = deskWords.dimensions;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const accountName = (id: string) => (id === nilId ? deskWords.unnamed.account : (names.get(id) ?? id));
  const at = (time: string) => format.utc(`${time}:00Z`);
  return [
    ...view.account.map((id) => ({
      ...{ label: one.account.one, value: accountName(id) },
      change: { account: view.account.filter((other) => other !== id) },
    })),
    ...(view.tokenId
      ? [{ label: one.token.one, value: tokenName ?? view.tokenId, change: { tokenId: undefined } }]
      : []),
    ...(view.network ? [{ label: one.network.one, value: view.network, change: { network: "" } }] : []),
    ...(view.client ? [{ label: one.client.one, value: view.client, change: { client: "" } }] : []),
    ...(view.endpoint === undefined
      ? []
      : [
          {
            ...{ label: one.endpoint.one, change: { endpoint: undefined } },
            value: endpointName ?? deskWords.unnamed.endpoint,
          },
        ]),
    ...(view.surface
      ? [{ label: one.surface.one, value: words.surfaces[view.surface], change: { surface: undefined } }]
      : []),
    ...(view.code
      ? [
          {
            ...{ label: one.outcome.one, change: { code: undefined } },
            value: view.code === "refused" ? "Every refusal" : words.decisions[view.code].title,
          },
        ]
      : []),
    ...(view.from ? [{ label: "From", value: at(view.from), change: { from: "" } }] : []),
    ...(view.until ? [{ label: "Until", value: at(view.until), change: { until: "" } }] : []),
  ];
}
