import { ButtonLink } from "#components/ui/button-link.tsx";

export function TokenWay() {
  return <ButtonLink href="/sign-in/token">Sign in with a token</ButtonLink>;
}
