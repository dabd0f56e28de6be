import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { planted } from "../../examples/acme/generator/adherence/planted.ts";
import { packageRoot } from "../../src/package-root.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { acmeSite } from "./acme-site.ts";
import { afterwards } from "./process/afterwards.ts";
import { authorisation } from "./process/authorisation.ts";
import type { Finding } from "./process/bank.ts";
import { quality } from "./process/quality.ts";
import { timing } from "./process/timing.ts";

// What the bank's process lacks is known from how the bank was made: what is planted, and what its people did by
// chance. Controls must find exactly that.
interface Result extends Finding {
  readonly family: string;
}

const expected: readonly Finding[] = [
  ...planted,
  ...authorisation(),
  ...quality(),
  ...timing(),
  ...afterwards(),
];

/** A to J of the catalogue, each a folder or more. */
const FAMILIES: readonly (readonly string[])[] = [
  ["population"],
  ["authorisation"],
  ["segregation"],
  ["quality"],
  ["environments"],
  ["artifacts"],
  ["windows"],
  ["readiness"],
  ["emergency"],
  ["review", "records", "exemptions"],
];

let results: Result[];
let controls: string[];

beforeAll(async () => {
  await acmeSite();
  const warehouse = await openWarehouse(join(inject("acmeFolder"), "acme", "quarterdeck.duckdb"), {
    mode: "read",
  });
  results = await warehouse.rows<Result>(
    `select r.control, r.unit, r.status, c.family
     from controls.result as r
     join controls.control as c on c.control = r.control
     where r.status in ('fail', 'exempt', 'unknown')`,
  );
  controls = (await warehouse.rows<{ control: string }>("select distinct control from controls.result")).map(
    ({ control }) => control,
  );
  warehouse.close();
}, 400_000);

const listed = (list: readonly Finding[]) =>
  list.map(({ control, status, unit }) => `${control} ${status} ${unit}`).sort();

describe("the process of Acme", () => {
  test("is asked about by all 48 controls", () => {
    expect(controls).toHaveLength(48);
  });

  test("lacks exactly what is planted and what people did by chance", () => {
    expect(listed(results)).toEqual(listed(expected));
  });

  test("is told in the README as it is", () => {
    const readme = readFileSync(join(packageRoot, "examples/acme/README.md"), "utf8");
    const count = (wanted: Finding["status"]) => expected.filter(({ status }) => status === wanted).length;
    const [counted = ""] = /\d+ findings, .* nobody can tell/.exec(readme.replaceAll("\n", " ")) ?? [];
    expect(counted).toBe(
      `${expected.length} findings, ${count("fail")} deviations, ${count("exempt")} that an exemption covers and ${count("unknown")} that nobody can tell`,
    );
  });

  test("has two deviations, an exemption and an unknown in each family", () => {
    expect(results.map(({ family }) => family).filter((family) => !FAMILIES.flat().includes(family))).toEqual(
      [],
    );
    for (const family of FAMILIES) {
      const count = (status: Finding["status"]) =>
        results.filter((result) => family.includes(result.family) && result.status === status).length;
      expect(count("fail"), family.join()).toBeGreaterThanOrEqual(2);
      expect(count("exempt"), family.join()).toBeGreaterThanOrEqual(1);
      expect(count("unknown"), family.join()).toBeGreaterThanOrEqual(1);
    }
  });
});
