import { Banner } from "#components/ui/banner.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import * as deskWords from "#words/desk.ts";

/** Detectors that went into shadow by themselves and that no person has decided about since. */
export function FallenDetectors({ detectors }: { detectors: readonly DetectorRow[] }) {
  return detectors
    .filter((one) => one.hasFallen)
    .map((one) => (
      <Banner
        key={one.id}
        meaning="warning"
        title={deskWords.fellTitle(one.title)}
        action={<ButtonLink href={`/staff/detectors/${one.id}`}>Decide</ButtonLink>}
      >
        {one.note} {deskWords.fellMeans}
      </Banner>
    ));
}
