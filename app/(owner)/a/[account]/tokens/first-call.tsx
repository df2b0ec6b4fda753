import { Panel } from "#components/ui/panel.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { env } from "#core/runtime/env.ts";
import { verifyCommand } from "./verify-command.ts";

/** For an account without any call yet: how the first one is made. */
export function FirstCall({ slug }: { slug: string }) {
  return (
    <Panel title="Make the first call">
      <ol className="flex list-decimal flex-col gap-2 pl-5">
        <li>
          <TextLink href={`/a/${slug}/tokens?create=1`}>Create a token</TextLink> and copy its secret. It is shown once.
        </li>
        <li className="min-w-0">
          Check it at the gate, as a gateway in front of the API does:
          <div className="mt-1">
            <SecretText
              value={verifyCommand(env().GATE_URL, "gth_…", { method: "POST", path: "/v1/email", scope: null })}
              what="command"
            />
          </div>
        </li>
        <li>Watch the call appear on the overview within two seconds.</li>
      </ol>
    </Panel>
  );
}
