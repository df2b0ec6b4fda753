import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";

const words: Record<string, string> = {
  account: "the account: its facts, tokens, members and usage",
  member_email: "a member's e-mail address in full",
  mail_address: "the address of a message in full",
  receipt: "a refused request",
  request_address: "the address a request came from in full",
  token_address: "the address a token was last used from in full",
};

/** When the provider's staff looked at this account's data. */
export function StaffViews({ views }: { views: readonly { id: number; at: Date; what: string }[] }) {
  return (
    <Panel title="Looks by the provider's staff" aside={views.length === 50 ? "the last 50" : `${views.length}`}>
      {views.length === 0 ? <p className="text-ink-2">Nobody of the staff has looked at this account.</p> : null}
      <ul>
        {views.map((one) => (
          <li key={one.id} className="flex flex-wrap gap-x-3 border-line py-1.5 not-first:border-t">
            <ZonedTime at={one.at.toISOString()} />
            <span>Support staff looked at {words[one.what] ?? one.what.replaceAll("_", " ")}.</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
