/** What is recorded of people of an account. `leave` carries the role the person had until then; `before`, where recorded, what a role replaced. */
export type MemberEvent<Role> = {
  userId: string;
  atMs: number;
  kind: "join" | "role" | "leave";
  role: Role;
  before?: Role | null;
};
type Member<Role> = { userId: string; role: Role; sinceMs: number };

/** Who belonged to an account at an instant, and as what; `role` null = the record does not tell. Events in the order they happened. */
export function membersAt<Role>(
  current: readonly Member<Role>[],
  events: readonly MemberEvent<Role>[],
  atMs: number,
): { userId: string; role: Role | null }[] {
  const people = new Set([...current.map((one) => one.userId), ...events.map((one) => one.userId)]);
  const found: { userId: string; role: Role | null }[] = [];
  for (const userId of people) {
    const own = events.filter((one) => one.userId === userId);
    const last = own.filter((one) => one.atMs <= atMs).at(-1);
    if (last) {
      if (last.kind !== "leave") found.push({ userId, role: last.role });
      continue;
    }
    const next = own[0];
    const now = current.find((one) => one.userId === userId);
    if (next?.kind === "join" || (now && now.sinceMs > atMs)) continue;
    if (next?.kind === "leave") found.push({ userId, role: next.role });
    else if (next) found.push({ userId, role: next.before ?? null });
    else if (now) found.push({ userId, role: now.role });
  }
  return found;
}
