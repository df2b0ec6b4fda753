/** Spellings that browsers still give and the cities no longer use. */
const newNames: Record<string, string> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
};

/** "Europe/Berlin" → "Berlin"; "UTC" stays. */
export function zoneName(timeZone: string): string {
  const city = zoneLabel(timeZone.split("/").at(-1) ?? timeZone);
  return newNames[city] ?? city;
}

/** "America/New_York" → "America/New York": a zone in a list of all. */
export function zoneLabel(timeZone: string): string {
  return timeZone.replaceAll("_", " ");
}

/** Every zone a person can choose, by its present name, in the order of the alphabet. */
export function knownZones(): string[] {
  const named = Intl.supportedValuesOf("timeZone").map((zone) => {
    const at = zone.lastIndexOf("/") + 1;
    const city = newNames[zone.slice(at)];
    return city ? zone.slice(0, at) + city.replaceAll(" ", "_") : zone;
  });
  return ["UTC", ...named.filter((zone) => zone !== "UTC").sort()];
}
