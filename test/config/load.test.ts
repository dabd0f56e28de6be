import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configDocument } from "../../src/config/document.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Effects } from "../../src/effects.ts";
import { ConfigError, UsageError } from "../../src/errors.ts";

const effectsIn = (cwd: string): Effects => ({
  stdout: () => {},
  stderr: () => {},
  isTerminal: false,
  now: () => new Date(0),
  sleep: () => Promise.resolve(),
  onStop: () => () => undefined,
  fetch: () => Promise.reject(new Error("a test asks nobody")),
  cwd,
  env: { COMPANY: "must-not-be-read" },
});

/** What a reader gets: every problem, or the document that the database keeps. */
async function outcome(folder: string): Promise<string> {
  try {
    const { config } = await loadConfig(undefined, effectsIn(folder));
    return `${JSON.stringify(configDocument(config), null, 2)}\n`;
  } catch (error) {
    if (error instanceof ConfigError) return `${error.message}\n`;
    throw error;
  }
}

const INPUT = join(import.meta.dirname, "input");

// Each folder below input/ is a case: quarterdeck.yaml, and in expect.txt what comes of it.
describe("quarterdeck.yaml", async () => {
  for (const name of await readdir(INPUT)) {
    test(name, async () => {
      await expect(await outcome(join(INPUT, name))).toMatchFileSnapshot(join(INPUT, name, "expect.txt"));
    });
  }
});

describe("finding the file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-config-"));
    await writeFile(join(folder, "acme.yaml"), "organisation: Acme\n");
    await writeFile(join(folder, "latin1.yaml"), Buffer.from("organisation: S\xf6hne\n", "latin1"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("a file by name", async () => {
    const loaded = await loadConfig("acme.yaml", effectsIn(folder));
    expect(loaded.file).toBe(join(folder, "acme.yaml"));
    expect(loaded.directory).toBe(folder);
  });

  test("a folder stands for the file in it", async () => {
    const { file } = await loadConfig("minimal", effectsIn(INPUT));
    expect(file).toBe(join(INPUT, "minimal", "quarterdeck.yaml"));
  });

  test("no file: says what makes one", async () => {
    await expect(loadConfig(undefined, effectsIn(folder))).rejects.toThrow(
      new UsageError("there is no quarterdeck.yaml; `quarterdeck init` makes one"),
    );
  });

  test("not UTF-8", async () => {
    await expect(loadConfig("latin1.yaml", effectsIn(folder))).rejects.toThrow(
      "latin1.yaml:1: expected UTF-8 text",
    );
  });
});

test("two configurations that differ in order only give the same document", async () => {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-config-"));
  await writeFile(join(folder, "a.yaml"), "organisation: A\nservices: { x: {}, y: {} }\n");
  await writeFile(
    join(folder, "b.yaml"),
    "services: { y: {}, x: {} }\norganisation: A\ndatabase: elsewhere.duckdb\n",
  );
  const [a, b] = await Promise.all(["a.yaml", "b.yaml"].map((file) => loadConfig(file, effectsIn(folder))));
  expect(JSON.stringify(configDocument(a!.config))).toBe(JSON.stringify(configDocument(b!.config)));
  await rm(folder, { recursive: true });
});
