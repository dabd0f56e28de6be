import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sampleRequest } from "../../src/cli/pack/sample.ts";
import { recordedEffects } from "./effects.ts";

const folder = mkdtempSync(join(tmpdir(), "pack-sample-"));
afterAll(() => rmSync(folder, { recursive: true }));
const asked = (options: Parameters<typeof sampleRequest>[0]) =>
  sampleRequest(options, "2026-Q1", recordedEffects(folder));

test("no sample is drawn unless one is asked for", () => {
  expect(asked({})).toBeUndefined();
});

test("the seed is the period unless one is given", () => {
  expect(asked({ sample: "25" })).toEqual({ size: 25, seed: "2026-Q1", stratify: undefined, ids: [] });
  expect(asked({ sample: "25", seed: "2026Q3", stratify: "risk" })).toEqual({
    size: 25,
    seed: "2026Q3",
    stratify: "risk",
    ids: [],
  });
});

test("ids come from the command line or a file, each once, whatever wrote the file", () => {
  expect(asked({ ids: "a, b,,a" })).toMatchObject({ ids: ["a", "b"] });
  writeFileSync(join(folder, "ids.txt"), "\ufeffCHG-1\r\n\r\n  R2 \nCHG-1\n");
  expect(asked({ ids: "@ids.txt" })).toMatchObject({ ids: ["CHG-1", "R2"] });
});

test.each([
  [{ sample: "0" }, /--sample: expected 1 or more/],
  [{ sample: "-3" }, /--sample: expected a whole number/],
  [{ sample: "5", seed: "$(rm -rf /)" }, /--seed: expected up to 64 letters, digits/],
  [{ sample: "5", seed: "" }, /--seed: expected/],
  [{ sample: "5", stratify: "colour" }, /--stratify: expected risk, service, team or month, found "colour"/],
  [{ seed: "x" }, /say how large with --sample/],
  [{ ids: "a", sample: "5" }, /leave out --sample/],
  [{ ids: " , " }, /--ids: expected ids/],
  [{ ids: "@missing.txt" }, /--ids: cannot read missing.txt/],
])("%j is refused", (options, message) => {
  expect(() => asked(options)).toThrow(message);
});
