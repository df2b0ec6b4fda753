import { UserMenu, UserMenuLink, UserMenuSubmit } from "#components/ui/user-menu.tsx";
import { signOutAction } from "../(auth)/actions.ts";

type PersonMenuProps = {
  name: string;
  email: string;
  otherSide?: { href: string; label: string };
  /** In a session that the provider's product opened, which shows nothing of the person. */
  isPortal?: boolean;
};

/** Who is signed in, the way to the other side of the desk for those who have both, and the way out. */
export function PersonMenu({ name, email, otherSide, isPortal = false }: PersonMenuProps) {
  return (
    <UserMenu name={name} detail={email}>
      {isPortal ? null : <UserMenuLink href="/me">You: password, sessions, time zone</UserMenuLink>}
      {otherSide ? <UserMenuLink href={otherSide.href}>{otherSide.label}</UserMenuLink> : null}
      <form action={signOutAction}>
        <UserMenuSubmit>Sign out</UserMenuSubmit>
      </form>
    </UserMenu>
  );
}
