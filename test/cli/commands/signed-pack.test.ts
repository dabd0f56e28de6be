import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issuingOf, siteIssuingOf } from "../../../src/cli/issuing.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { lineOf } from "../../../src/signing/public-key.ts";
import { privateKeyFile, TEST_KEY, testPublicKey } from "../../signing/key.ts";
import { recordedEffects } from "../effects.ts";
import { CONFIG, tinyWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = tinyWorld({
    controls: true,
    config: `${CONFIG}signing: { key: audit, identity: audit@example.com }\n`,
    keep: true,
  });
  world.write("audit", privateKeyFile(TEST_KEY));
  world.write("audit.pub", `${lineOf(testPublicKey)}\n`);
  await world.run("collect");
});
afterAll(() => world.remove());

describe("a pack that is signed", () => {
  test("is verified by the key that configuration names, folder and zip", async () => {
    expect(await world.run("pack", "release", "api", "1.1.0", "--zip")).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^warning: packs in public\/packs name people .*\n$/) as string,
    });
    for (const path of ["public/packs/api-1.1.0", "public/packs/api-1.1.0.zip"]) {
      const { code, out } = await world.run("verify", path, "--key", "audit.pub", ...(path.endsWith(".zip") ? ["--files-only"] : []));
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/every file is as it was signed by the key in audit\.pub \(SHA256:/),
      ]);
    }
  });

  test("says so where nobody named a key, and to programs", async () => {
    const { code, out } = await world.run("verify", "public/packs/api-1.1.0", "--files-only");
    expect([code, out]).toEqual([0, expect.stringMatching(/nobody told me whether that is the right key/)]);
    const json = await world.run("verify", "public/packs/api-1.1.0", "--json", "--files-only");
    expect(JSON.parse(json.out)).toMatchObject({
      verdict: "signed by an unknown key",
      pack: "release",
      of: { service: "api", version: "1.1.0" },
      findings: [],
    });
  });

  test("is named where it was altered, with exit code 1", async () => {
    cpSync(world.path("public/packs/api-1.1.0"), world.path("altered"), { recursive: true });
    writeFileSync(world.path("altered/tables/release.csv"), "\u001b[31mred");
    const { code, out } = await world.run("verify", "altered", "--key", "audit.pub", "--files-only");
    expect(code).toBe(1);
    expect(out).toMatch(/^tables\/release\.csv: was altered/m);
    expect(out).toMatch(/1 thing is not as it must be\n$/);
  });

  test("holds nothing of the private key, and neither does the database", async () => {
    const secret = privateKeyFile(TEST_KEY).split("\n").at(-4) ?? "";
    const places = [
      "public/packs/api-1.1.0.zip",
      "public/packs/api-1.1.0/manifest.json",
      "quarterdeck.duckdb",
    ];
    for (const place of places) {
      const bytes = readFileSync(world.path(place));
      for (const form of [
        secret.slice(0, 40),
        TEST_KEY,
        TEST_KEY.toString("hex"),
        TEST_KEY.toString("base64"),
      ]) {
        expect(bytes.includes(form), place).toBe(false);
      }
    }
  });

  test("is a draft on demand, which --sign forbids", async () => {
    const { out } = await world.run("pack", "release", "web", "--no-sign");
    const { code, out: said } = await world.run("verify", out.split(" ", 1)[0] ?? "");
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/it is not signed: a draft proves nothing against a rewrite/),
    ]);
    expect((await world.run("pack", "release", "web", "--sign", "--no-sign")).err).toMatch(
      /exclude each other/,
    );
  });
});

test("results of a period pack are computed anew, and what a changed record would change is named", async () => {
  expect(await world.run("pack", "period", "2026-Q1", "--no-sign")).toMatchObject({ code: 0 });
  const pack = "public/packs/period-2026-Q1";
  expect(await world.run("verify", pack)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/; \d+ results, computed anew from its evidence, are the same\n$/) as string,
  });
  const file = `${pack}/evidence/data/deployment.jsonl`;
  world.write(file, world.read(file).replace('"version":"1.1.0"', '"version":"6.6.6"'));
  const altered = await world.run("verify", pack);
  expect(altered).toMatchObject({ code: 1 });
  expect(altered.out).toMatch(/^evidence\/data\/deployment\.jsonl: was altered/m);
  expect(altered.out).toMatch(/^evidence\/data\/deployment\.jsonl: line \d+: the record .* is not what was collected/m);
  expect((await world.run("verify", pack, "--files-only")).out).not.toContain("what was collected");
});

test("options of packs are refused for the database", async () => {
  expect(await world.run("verify", "--key", "audit.pub")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--key is about a pack/) as string,
  });
});

test("--sign says which key is missing", async () => {
  const config = configSchema.parse({ organisation: "Tiny" });
  const loaded = { config, file: world.path("quarterdeck.yaml"), directory: world.folder };
  for (const issuing of [issuingOf, siteIssuingOf]) {
    await expect(issuing({ sign: true }, loaded, recordedEffects(world.folder))).rejects.toThrow(
      /--sign needs a key: `signing: \{ key/,
    );
    expect((await issuing({}, loaded, recordedEffects(world.folder))).signer).toBeUndefined();
  }
});
