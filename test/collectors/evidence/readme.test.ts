import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { evidenceConfig, FORMATS } from "../../../collectors/evidence/config.ts";
import { PLACEHOLDERS } from "../../../collectors/evidence/pattern.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { rows, SHA, staged } from "./support.ts";

const readme = readFileSync(join(packageRoot, "collectors/evidence/README.md"), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)?.[1] ?? "";

test("the example gives what the page says", async () => {
  const { sources } = parse(block("yaml")) as { sources: { pipelines: z.input<typeof evidenceConfig> } };
  const { files } = evidenceConfig.parse(sources.pipelines);
  const warehouse = await staged({ [`reports/payments/${SHA}/unit/junit.xml`]: block("xml") }, { files });
  expect(await rows(warehouse, "staging.evidence_test_result", "id")).toEqual([JSON.parse(block("json"))]);
});

test("every option, format and placeholder is on the page", () => {
  const { shape } = evidenceConfig;
  const keys = [...Object.keys(shape), ...Object.keys(shape.files.element.shape)];
  const words = [...keys, ...FORMATS, ...PLACEHOLDERS.map((name) => `{${name}}`)];
  expect(words.filter((word) => word !== "collector" && !readme.includes(`\`${word}\``))).toEqual([]);
});
