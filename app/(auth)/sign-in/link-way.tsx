import { ButtonLink } from "#components/ui/button-link.tsx";

export function LinkWay() {
  return <ButtonLink href="/sign-in/link">E-mail me a sign-in link</ButtonLink>;
}
