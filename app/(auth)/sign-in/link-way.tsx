import { ButtonLink } from "#components/ui/button-link.tsx";

export function LinkWay({ next }: { next: string }) {
  return <ButtonLink href={`/sign-in/link?next=${encodeURIComponent(next)}`}>E-mail me a sign-in link</ButtonLink>;
}
