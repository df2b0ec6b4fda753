import { FieldError } from "#components/ui/field.tsx";

export function NoIssuer({ domain }: { domain: string }) {
  return (
    <FieldError id="company-none">
      There is no single sign-on for addresses at {domain}. Sign in another way, or ask your administrator.
    </FieldError>
  );
}
