import { TextLink } from "#components/ui/text-link.tsx";
import type { AllowedNetworks } from "#core/accounts/allowed-networks.ts";
import * as format from "#words/format.ts";
import { NetworksForm } from "./settings-forms.tsx";

type NetworksPanelProps = {
  account: string;
  networks: AllowedNetworks;
  /** Of the reader; null = not known. */
  myAddress: string | null;
  mayChange: boolean;
};

/** From where the account's tokens may call, and whom that stops. */
export function NetworksPanel({ account, networks, myAddress, mayChange }: NetworksPanelProps) {
  const { allowedNetworks: allowed, outside } = networks;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">
        Applies to every token of this account, in addition to the token's own list. Signing in works from anywhere, so
        nobody is locked out of this page.
      </p>
      {mayChange ? (
        <NetworksForm key={allowed.join()} account={account} allowed={allowed} myAddress={myAddress} />
      ) : (
        <p>
          {allowed.length === 0 ? "Any address" : <span className="font-mono">{allowed.join(", ")}</span>}{" "}
          <span className="text-ink-3">· an owner can change it</span>
        </p>
      )}
      {outside.length === 0 ? null : (
        <div>
          <p>
            {format.plural(outside.length, { one: "token", other: "tokens" })} last called from outside these networks
            and are refused from there:
          </p>
          <ul className="mt-1 list-disc pl-5">
            {outside.map(({ tokenId, name, ip }) => (
              <li key={tokenId}>
                <TextLink href={`/a/${account}/tokens/${tokenId}`}>{name}</TextLink>{" "}
                <span className="font-mono">{ip}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
