import { TokenStateBadge } from "#app/_parts/token-state-badge.tsx";
import { UnmaskButton } from "#app/_parts/unmask-button.tsx";
import { Count } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { listMembers } from "#core/members/list-members.ts";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import * as words from "#words/words.ts";
import { unmaskAction } from "../../reports/actions.ts";

/** The account's tokens as staff see them: names and previews, never secrets, and nothing to change. */
export function TokensPanel({ tokens }: { tokens: readonly TokenRow[] }) {
  return (
    <Panel title="Tokens" aside={`${tokens.length}`} flush>
      <Table label="Tokens">
        <TableHead>
          <TableHeader>Name</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader shownFrom="md">Last used</TableHeader>
          <TableHeader align="right">Requests today</TableHeader>
          <TableHeader align="right">Refused</TableHeader>
        </TableHead>
        <TableBody>
          {tokens.map((token) => (
            <TableRow key={token.id}>
              <TableCell>
                <span className="font-medium">{token.name}</span>{" "}
                <span className="whitespace-nowrap font-mono text-ink-3">{token.preview}</span>
              </TableCell>
              <TableCell>
                <TokenStateBadge token={token} />
              </TableCell>
              <TableCell shownFrom="md">
                {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt.toISOString()} /> : "never"}
              </TableCell>
              <TableCell align="right">
                <Count value={token.today.requests} exact />
              </TableCell>
              <TableCell align="right">
                <Count value={token.today.refused} exact />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

type Members = Awaited<ReturnType<typeof listMembers>>["members"];

/** Members, whose addresses come masked, with a way to see one for a reason. */
type MembersProps = { accountId: string; members: Members; mayOpen: boolean };

export function MembersPanel({ accountId, members, mayOpen }: MembersProps) {
  return (
    <Panel title="Members" aside={`${members.length}`} flush>
      <Table label="Members">
        <TableHead>
          <TableHeader>Name</TableHeader>
          <TableHeader>E-mail</TableHeader>
          <TableHeader>Role</TableHeader>
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.userId}>
              <TableCell>
                {mayOpen ? (
                  <TextLink kind="name" href={`/staff/people/${member.userId}`}>
                    {member.name}
                  </TextLink>
                ) : (
                  member.name
                )}
              </TableCell>
              <TableCell>
                <UnmaskButton
                  action={unmaskAction}
                  what="member_email"
                  subjectId={member.userId}
                  accountId={accountId}
                  masked={member.email}
                />
              </TableCell>
              <TableCell>{words.role(member.role)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}
