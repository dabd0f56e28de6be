import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rm } from "node:fs/promises";
import { withLinksFile } from "../../src/config/links-file.ts";
import { configSchema } from "../../src/config/schema.ts";

async function folder(files: readonly string[]): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "links-file-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const file of files) await writeFile(join(path, file), "incident,deployment,verdict\n");
  return path;
}

const sourcesOf = async (files: readonly string[], sources: object = {}) =>
  withLinksFile(configSchema.parse({ organisation: "Test", sources }), await folder(files)).sources;

test("links.csv beside the configuration is read without a word", async () => {
  expect(await sourcesOf(["links.csv"])).toMatchObject({
    links: {
      collector: "files",
      files: [{ path: "links.csv", entity: "incident_link_verdict", mode: "snapshot" }],
    },
  });
  expect(await sourcesOf([])).toEqual({});
});

test("what the configuration says itself goes before", async () => {
  const own = {
    people: { collector: "files", files: [{ path: "words.csv", entity: "incident_link_verdict" }] },
  };
  expect(Object.keys(await sourcesOf(["links.csv"], own))).toEqual(["people"]);
  const named = { links: { collector: "files", files: [{ path: "urls.csv", entity: "ticket" }] } };
  expect(await sourcesOf(["links.csv"], named)).toMatchObject({ links: { files: [{ path: "urls.csv" }] } });
});
