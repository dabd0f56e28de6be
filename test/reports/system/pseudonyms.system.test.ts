import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ACME_AS_OF } from "../../../examples/acme/generate.ts";
import { main } from "../../../src/cli/main.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { acmeSite } from "../../examples/acme-site.ts";
import { namesIn } from "../names-in.ts";

const folder = mkdtempSync(join(tmpdir(), "acme-pseudonyms-"));
afterAll(() => rmSync(folder, { recursive: true }));

let names: string[];
let pack: string;

beforeAll(async () => {
  await acmeSite();
  const acme = join(inject("acmeFolder"), "acme");
  writeFileSync(join(folder, "key"), "0123456789abcdef".repeat(4));
  const effects = recordedEffects(acme);
  const code = await main(
    [
      ...["pack", "period", "2025", "--sample", "25", "--seed", "2026Q3", "--stratify", "risk"],
      ...["--as-of", ACME_AS_OF, "--pseudonyms", join(folder, "key"), "--output", join(folder, "packs")],
    ],
    effects,
  );
  expect([code, effects.printed.err]).toEqual([0, ""]);
  pack = join(folder, "packs", /period-2025-pseudonyms-[0-9a-f]{8}/.exec(effects.printed.out)?.[0] ?? "");
  const warehouse = await openWarehouse(join(acme, "quarterdeck.duckdb"), { mode: "read" });
  const rows = await warehouse.rows<{ name: string }>(
    `select login as name from model.person_login where not is_bot
     union select display_name from model.person where not is_bot
     union select name from model.identity where not is_bot and name is not null
     order by name`,
  );
  names = rows.map(({ name }) => name);
  warehouse.close();
}, 600_000);

test("no byte of Acme's year under pseudonyms has anybody's login, name or address", async () => {
  expect(names.length).toBeGreaterThan(200);
  expect(names).toEqual(expect.arrayContaining(["aokoye", "amara.okoye@example.com", "Hana Novák"]));
  expect(await namesIn(pack, names)).toEqual([]);
}, 600_000);

test("its results are computed anew from it, every one", async () => {
  const effects = recordedEffects(folder);
  expect(await main(["verify", pack], effects)).toBe(0);
  expect(effects.printed.out).toMatch(/\d{4,} results, computed anew from its evidence, are the same\n$/);
  expect(readFileSync(join(pack, "tables/decisions.csv"), "utf8")).toMatch(/person-[0-9a-f]{12}/);
}, 600_000);
