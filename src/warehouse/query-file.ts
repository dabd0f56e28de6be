import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, relative, sep } from "node:path";
import { globSync } from "tinyglobby";
import { parse } from "yaml";
import { z } from "zod";
import { DataError } from "../errors.ts";

const LAYERS = ["staging", "model", "correlation", "metrics", "controls", "expectations", "reports"] as const;
export type Layer = (typeof LAYERS)[number];

const header = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  grain: z.string().min(1).optional(),
  rule: z.string().min(1).optional(),
  version: z.union([z.string(), z.number()]).transform(String).optional(),
  parameters: z.union([z.string().min(1), z.array(z.string().min(1))]).optional(),
  source: z.string().min(1).optional(),
  local: z.string().min(1).optional(),
});

export interface QueryFile {
  /** `<layer>.<name>`: the relation that the file makes. */
  readonly relation: string;
  readonly layer: Layer;
  readonly name: string;
  readonly file: string;
  readonly header: z.output<typeof header>;
  /** The SELECT without the header. */
  readonly sql: string;
  readonly sha256: string;
  /** True for a file of the user's own folder. */
  readonly isLocal: boolean;
}

/**
 * Reads every query of `folder`. A file is one SELECT with its header as a YAML comment; its name is the
 * relation's name and its topmost folder the layer.
 * @throws {DataError} naming the file, for a missing or wrong header, an unknown layer or a name used twice
 */
export function readQueryFiles(
  folder: string,
  { isLocal, without = [] }: { isLocal: boolean; without?: readonly Layer[] },
): QueryFile[] {
  const ignore = without.map((layer) => `${layer}/**`);
  const paths = globSync("**/*.sql", { cwd: folder, absolute: true, ignore }).sort();
  const files = paths.map((path) => readQueryFile(path, relative(folder, path), isLocal));
  const seen = new Map<string, string>();
  for (const { relation, file } of files) {
    const other = seen.get(relation);
    if (other !== undefined) throw new DataError(`${file}: makes ${relation}, as ${other} does: rename one of them`);
    seen.set(relation, file);
  }
  return files;
}

function readQueryFile(path: string, file: string, isLocal: boolean): QueryFile {
  const text = readFileSync(path, "utf8");
  const layer = file.split(sep)[0] as Layer;
  if (!LAYERS.includes(layer) || dirname(file) === ".") {
    throw new DataError(`${file}: expected it in one of the folders ${LAYERS.join(", ")}`);
  }
  const name = basename(file, ".sql");
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new DataError(`${file}: the name becomes a table: use lower-case letters, digits and _`);
  }
  const match = /^\s*\/\*([\s\S]*?)\*\/([\s\S]*)$/.exec(text);
  if (!match) throw new DataError(`${file}: expected a header: a comment /* title: ... */ before the SELECT`);
  return {
    relation: `${layer}.${name}`,
    layer,
    name,
    file,
    header: parseHeader(file, match[1] ?? ""),
    sql: (match[2] ?? "").trim().replace(/;\s*$/, ""),
    sha256: createHash("sha256").update(text).digest("hex"),
    isLocal,
  };
}

function parseHeader(file: string, text: string): QueryFile["header"] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new DataError(`${file}: the header is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = header.safeParse(document);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".") || "header"}: ${message}`);
  throw new DataError(`${file}: ${problems.join("; ")}`);
}

/** The product's queries with the user's over them: a local file of the same relation replaces it. */
export function overlay(product: readonly QueryFile[], local: readonly QueryFile[]): QueryFile[] {
  const replaced = new Set(local.map(({ relation }) => relation));
  return [...product.filter(({ relation }) => !replaced.has(relation)), ...local];
}
