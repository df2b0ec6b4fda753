import { MenuLink, MenuSubmit } from "#components/ui/dropdown-menu.tsx";
import { UserMenu } from "#components/ui/user-menu.tsx";
import { signOutAction } from "../(auth)/actions.ts";

type PersonMenuProps = { name: string; email: string; otherSide?: { href: string; label: string } };

/** Who is signed in, the way to the other side of the desk for those who have both, and the way out. */
export function PersonMenu({ name, email, otherSide }: PersonMenuProps) {
  return (
    <UserMenu name={name} detail={email}>
      {otherSide ? <MenuLink href={otherSide.href}>{otherSide.label}</MenuLink> : null}
      <form action={signOutAction}>
        <MenuSubmit>Sign out</MenuSubmit>
      </form>
    </UserMenu>
  );
}
