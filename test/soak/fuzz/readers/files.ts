import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { generateAcme } from "../../../../examples/acme/generate.ts";
import { acmeDocument } from "../../../examples/acme-document.ts";
import type { Reader, Sample } from "../reader.ts";
import { dropped, type Dropped } from "./collected.ts";

interface Entry {
  readonly path: string;
  readonly entity: string;
}

/** Acme's exports as its own configuration maps them, a folder and a source for each. */
async function exportsOf(ending: string, only = ""): Promise<Dropped> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-acme-"));
  try {
    await generateAcme(join(folder, "data"), { scale: 0.03 });
    const entries = Object.values(acmeDocument().sources)
      .flatMap((source) => (source as { files?: readonly Entry[] }).files ?? [])
      .filter(({ path }) => extname(path) === ending && path.includes(only) && existsSync(join(folder, path)));
    return {
      samples: entries.map(({ path }, index) => sampleOf(join(folder, path), `f${index}/a${ending}`)),
      sources: Object.fromEntries(entries.map((entry, index) => [`f${index}`, { collector: "files", files: [placed(entry, index, ending)] }])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const placed = (entry: Entry, index: number, ending: string) => ({
  ...entry,
  path: `in/f${index}/*${ending}`,
  mode: "append",
});

/** Some rows tell as much as all. */
function sampleOf(path: string, name: string): Sample {
  const bytes = readFileSync(path);
  if (name.endsWith(".parquet") || name.endsWith(".yaml")) return { name, bytes };
  const text = bytes.toString("utf8");
  if (!name.endsWith(".json")) return { name, bytes: Buffer.from(text.split("\n").slice(0, 6).join("\n")) };
  const { result } = JSON.parse(text) as { result: { incidents: object[] } };
  return { name, bytes: Buffer.from(JSON.stringify({ result: { incidents: result.incidents.slice(0, 4) } }, null, 1)) };
}

export const filesReaders: readonly Reader[] = [
  dropped({ name: "csv", test: 300 }, () => exportsOf(".csv")),
  dropped({ name: "json", test: 100 }, () => exportsOf(".json")),
  dropped({ name: "ndjson", test: 100 }, () => exportsOf(".ndjson")),
  dropped({ name: "yaml", test: 100 }, () => exportsOf(".yaml")),
  dropped({ name: "parquet", test: 40 }, () => exportsOf(".parquet")),
  dropped({ name: "actions", test: 100 }, () => exportsOf(".csv", "actions")),
];
