import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ACME_AS_OF } from "../../../examples/acme/generate.ts";
import { main } from "../../../src/cli/main.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { acmeSite, type AcmeSite } from "../../examples/acme-site.ts";
import { words } from "../../support/site-tables.ts";
import { namesIn } from "../names-in.ts";
import { readPdf } from "../read-pdf.ts";

const output = mkdtempSync(join(tmpdir(), "acme-retrospective-"));
afterAll(() => rmSync(output, { recursive: true }));

let site: AcmeSite;
let names: string[];

/** What the command prints, and how it ends. */
async function packed(to: string, ...asked: string[]) {
  const effects = recordedEffects(join(inject("acmeFolder"), "acme"));
  const code = await main(["pack", "retrospective", ...asked, "--as-of", ACME_AS_OF, "--output", to], effects);
  return { code, ...effects.printed };
}

beforeAll(async () => {
  site = await acmeSite();
  const warehouse = await openWarehouse(join(inject("acmeFolder"), "acme", "quarterdeck.duckdb"), { mode: "read" });
  const rows = await warehouse.rows<{ name: string }>(
    "select login as name from model.person_login where not is_bot union select display_name from model.person where not is_bot order by name",
  );
  warehouse.close();
  names = rows.map(({ name }) => name);
  expect((await packed(join(output, "first"), "core")).code).toBe(0);
}, 600_000);

const FOLDER = "retrospective-core-2026-Q2";

test("core banking reads what it decided, that one of two metrics moved, and has room to write", async () => {
  const bytes = readFileSync(join(output, "first", FOLDER, "pack.pdf"));
  const pdf = await readPdf(bytes);
  const text = pdf.text.replace(/\s+/g, " ");
  for (const said of [
    "Core Banking, Q2 2026",
    "Of 2 actions of the last retrospective 1 is done, and 1 moved its metric as meant.",
    "Not clear: the difference may be chance: 20 % in Q1 2026, 10 % in Q2 2026. The target of 10 % is met.",
    "Working paper",
    "What to talk about",
    "What we decide",
  ])
    expect(text).toContain(said);
  expect(pdf.missingGlyphs).toBe(0);
  expect(new TextDecoder().decode(pdf.attachments.get("actions-to-fill-in.csv"))).toBe(
    readFileSync(join(site.output, "retrospectives/actions.csv"), "utf8"),
  );
  // The page says the same in the same words.
  const page = words(site.read("retrospectives/core/2026-q2.html"));
  expect(page).toContain("Moved as meant: 25 d in Q1 2026, 17.6 d in Q2 2026.");
  expect(page).toContain("Finished work waits for production: what does it wait for (a train, a window, an approval, a person)?");
});

test("the same database gives the same bytes", async () => {
  expect((await packed(join(output, "second"), "core", "2026-q2")).code).toBe(0);
  const sums = (folder: string) => readFileSync(join(output, folder, FOLDER, "SHA256SUMS"), "utf8");
  expect(sums("second")).toBe(sums("first"));
});

test("nobody is named: not in the pack, not on a page", async () => {
  expect(names).toEqual(expect.arrayContaining(["bcosta", "cweiss"]));
  expect(await namesIn(join(output, "first", FOLDER), names)).toEqual([]);
  const pages = globSync("retrospectives/**/*.html", { cwd: site.output });
  expect(pages.length).toBe(5 * 4);
  const found = pages.flatMap((page) => {
    const said = ` ${words(site.read(page)).replace(/[^\p{L}\p{N}@.]+/gu, " ")} `;
    return names.filter((name) => said.includes(` ${name} `)).map((name) => `${page}: ${name}`);
  });
  expect(found).toEqual([]);
});

test("what cannot be looked back on is said with what can", async () => {
  expect((await packed(output, "cor")).err).toContain('no team "cor" is known; did you mean `core`?');
  expect((await packed(output, "core", "2026-Q3")).err).toContain('of "core" there are 2026-Q2, 2026-Q1, 2025-Q4, 2025-Q3, found "2026-Q3"');
  expect((await packed(output)).err).toContain("needs the name of a team");
});
