import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { listAccounts } from "#core/accounts/list-accounts.ts";
import { SelectShown } from "../_action/select-shown.tsx";

type Row = Awaited<ReturnType<typeof listAccounts>>["accounts"][number];

export function AccountTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Table label="Accounts">
      <TableHead>
        <TableHeader className="w-8">
          <SelectShown hideLabel />
        </TableHeader>
        <TableHeader>Account</TableHeader>
        <TableHeader>Standing</TableHeader>
        <TableHeader shownFrom="sm">Plan</TableHeader>
        <TableHeader align="right" shownFrom="sm">
          Requests today
        </TableHeader>
        <TableHeader align="right">Refused</TableHeader>
        <TableHeader align="right" shownFrom="md">
          Quota
        </TableHeader>
        <TableHeader shownFrom="lg">Customer since</TableHeader>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell>
              <Checkbox name="account" value={row.id} label={`Select ${row.name}`} hideLabel />
            </TableCell>
            <TableCell>
              <TextLink kind="name" href={`/staff/accounts/${row.id}`}>
                {row.name}
              </TextLink>{" "}
              {row.externalId === null ? null : <span className="text-ink-3 text-sm">{row.externalId}</span>}{" "}
              {row.closedAt ? <Badge meaning="danger">closed</Badge> : null}{" "}
              {row.isProtected ? <Badge meaning="info">protected</Badge> : null}
            </TableCell>
            <TableCell>
              <StandingBadge standing={row.standing} />
            </TableCell>
            <TableCell shownFrom="sm">{row.planName}</TableCell>
            <TableCell align="right" shownFrom="sm">
              <Count value={row.requestsToday} exact />
            </TableCell>
            <TableCell align="right">
              <Count value={row.refusedToday} exact />
            </TableCell>
            <TableCell align="right" shownFrom="md">
              {row.quotaPerDay === null ? "unlimited" : <Count value={row.quotaPerDay} exact />}
            </TableCell>
            <TableCell shownFrom="lg">
              <ZonedTime at={row.createdAt.toISOString()} style="date" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
