import { TextLink } from "#components/ui/text-link.tsx";

/** Where an owner asks for a larger quota (no endpoint) or rate limit; `account` is the one of the address. */
export function AskForMoreLink({ account, endpointId }: { account: string; endpointId: number | null }) {
  return <TextLink href={`/a/${account}/limits?ask=${endpointId ?? "quota"}#ask`}>Ask for more</TextLink>;
}
