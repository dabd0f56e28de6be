import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { generateAcme } from "../../../../examples/acme/generate.ts";
import { acmeDocument } from "../../../examples/acme-document.ts";
import type { Reader } from "../reader.ts";
import { dropped, type Dropped } from "./collected.ts";

interface Entry {
  readonly path: string;
  readonly entity: string;
}

interface Export extends Entry {
  readonly bytes: Buffer;
}

let known: Promise<Export[]> | undefined;

/** Every file that Acme's own configuration maps. */
async function acmesExports(): Promise<Export[]> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-acme-"));
  try {
    await generateAcme(join(folder, "data"), { scale: 0.03 });
    return Object.values(acmeDocument().sources)
      .flatMap((source) => (source as { files?: readonly Entry[] }).files ?? [])
      .filter(({ path }) => existsSync(join(folder, path)))
      .map((entry) => ({ ...entry, bytes: readFileSync(join(folder, entry.path)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Those of one format, a folder and a source for each. */
async function exportsOf(ending: string, only = ""): Promise<Dropped> {
  const all = await (known ??= acmesExports());
  const some = all.filter(({ path }) => extname(path) === ending && path.includes(only));
  return {
    samples: some.map(({ bytes }, index) => ({ name: `f${index}/a${ending}`, bytes: someOf(bytes, ending) })),
    sources: Object.fromEntries(some.map((one, index) => [`f${index}`, { collector: "files", files: [placed(one, index, ending)] }])),
  };
}

const placed = ({ bytes: _, ...entry }: Export, index: number, ending: string) => ({
  ...entry,
  path: `in/f${index}/*${ending}`,
  mode: "append",
});

/** Some rows tell as much as all. */
function someOf(bytes: Buffer, ending: string): Buffer {
  if (ending === ".parquet" || ending === ".yaml") return bytes;
  const text = bytes.toString("utf8");
  if (ending !== ".json") return Buffer.from(text.split("\n").slice(0, 6).join("\n"));
  const { result } = JSON.parse(text) as { result: { incidents: object[] } };
  return Buffer.from(JSON.stringify({ result: { incidents: result.incidents.slice(0, 4) } }, null, 1));
}

export const filesReaders: readonly Reader[] = [
  dropped({ name: "csv", test: 200 }, () => exportsOf(".csv")),
  dropped({ name: "json", test: 100 }, () => exportsOf(".json")),
  dropped({ name: "ndjson", test: 100 }, () => exportsOf(".ndjson")),
  dropped({ name: "yaml", test: 100 }, () => exportsOf(".yaml")),
  dropped({ name: "parquet", test: 20 }, () => exportsOf(".parquet")),
  dropped({ name: "actions", test: 50 }, () => exportsOf(".csv", "actions")),
];
