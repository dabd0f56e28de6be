import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { filesConfig } from "../../../collectors/files/config.ts";
import { entities } from "../../../collectors/files/entities.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { entityReference } from "../../../scripts/generate-entities.ts";
import { collect, folder, type FileInput } from "./support.ts";

const readme = readFileSync(join(packageRoot, "collectors/files/README.md"), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)?.[1] ?? "";

test("the example reads as the page says", async () => {
  const { sources } = parse(block("yaml")) as { sources: { deploys: { files: FileInput[] } } };
  const config = filesConfig.parse(sources.deploys);
  expect(config.complete).toHaveLength(1);
  const { payloads, rejected } = await collect(
    folder({ "exports/deploys.csv": block("csv") }),
    sources.deploys.files,
  );
  expect(rejected).toEqual([]);
  expect(payloads[1]).toEqual(JSON.parse(block("json")));
});

test("every option is on the page", () => {
  const shape = z.toJSONSchema(filesConfig, { io: "input" });
  const keys = new Set<string>();
  JSON.stringify(shape, (name, value: unknown) => {
    if (name === "properties") for (const key of Object.keys(value as object)) keys.add(key);
    return value;
  });
  const missing = [...keys].filter(
    (key) => !readme.includes(`\`${key}\``) && !["collector", "files", "complete"].includes(key),
  );
  expect(missing).toEqual([]);
});

test("the entity reference has every column and its values", () => {
  const reference = entityReference();
  for (const [entity, { columns }] of Object.entries(entities)) {
    const section = reference.split(`\n## ${entity}\n`)[1]?.split("\n## ")[0];
    for (const column of Object.keys(columns)) expect(section).toContain(`| \`${column}\` |`);
  }
  expect(reference).toContain("| `status` | text | *required* | How the attempt ended.");
});
