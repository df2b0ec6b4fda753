import { ButtonLink } from "#components/ui/button-link.tsx";

export function CompanyWay({ next }: { next: string }) {
  return <ButtonLink href={`/sign-in/company?next=${encodeURIComponent(next)}`}>Sign in with your company</ButtonLink>;
}
