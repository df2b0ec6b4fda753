import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds wrong with the page as it stands. It runs within the page itself, since none of ours has frames, and works out
 * details of faults only: a third of the time that both would take.
 */
export async function accessibilityFaults(page: Page, rules: Record<string, { enabled: boolean }> = {}) {
  // While a page is read again, its title is away for a moment.
  await page.waitForFunction(() => document.title !== "");
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"], rules });
  return (await axe.analyze()).violations;
}
