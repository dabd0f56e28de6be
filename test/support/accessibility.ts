import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** In the dark the same page has other colours, and nothing else. */
const LOOKED_AT = { light: { rules: { "target-size": { enabled: true } } }, dark: { runOnly: ["cat.color"] } };

/**
 * What axe finds wrong with an open page, one text for each rule.
 * @param page of a context with `bypassCSP`, for the page's policy lets no script of others run
 */
export async function violationsOf(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(`axe.run(${JSON.stringify({ resultTypes: ["violations"], ...LOOKED_AT[colorScheme] })}).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + " " + id + ": " + nodes[0].html.slice(0, 120)))`);
}
