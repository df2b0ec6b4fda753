import { buttonClass } from "#components/ui/button.tsx";
import { startPath } from "#core/auth/issuer-path.ts";

type SingleSignOnWayProps = { providerId: string; name: string; next: string };

export function SingleSignOnWay({ providerId, name, next }: SingleSignOnWayProps) {
  return (
    // Not a Link: it leads to the issuer, and must not be fetched before it is pressed.
    <a href={startPath(providerId, next)} className={buttonClass({ size: "lg" })}>
      Continue with {name}
    </a>
  );
}
