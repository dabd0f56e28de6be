import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, relative, sep } from "node:path";
import { globSync } from "tinyglobby";
import { parse } from "yaml";
import { z } from "zod";
import { day } from "../config/scalars.ts";
import { controlHeader } from "../controls/entry.ts";
import { DataError } from "../errors.ts";
import { measureHeader } from "../practices/entry.ts";

/** Folders of queries in the order in which data flows; each is a schema of the database. */
export const LAYERS = ["staging", "model", "correlation", "metrics", "controls", "practices", "expectations", "reports", "publish"] as const;
export type Layer = (typeof LAYERS)[number];

/** A file of the same form that makes no table of the model, such as one whose range is a parameter of a pack. */
export type LooseQueryFile = Omit<QueryFile, "layer">;

/** Marks a file of the user's own in messages. */
const LOCAL = " (local rule)";

const header = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1).optional(),
  grain: z.string().min(1).optional(),
  rule: z.string().min(1).optional(),
  version: z.union([z.string(), z.number()]).transform(String).optional(),
  parameters: z.union([z.string().min(1), z.array(z.string().min(1))]).optional(),
  source: z.string().min(1).optional(),
  /** Made when it is read and not kept: of what is too much to be kept twice. */
  view: z.literal(true).optional(),
  local: z.string().min(1).optional(),
  /** Of a published table: what each column is. */
  columns: z.record(z.string(), z.string().min(1)).optional(),
  /** Of a published table: the column by which its files are split; rows are ordered by it first. */
  part: z.string().min(1).optional(),
  /** Of a published table: who sees it, with all who see more; left out = auditors alone. */
  audience: z.enum(["leadership", "teams", "audit"]).optional(),
  by: z.string().min(1).optional(),
  at: day.optional(),
  reason: z.string().min(1).optional(),
});

/** A control says more of itself: what it says is its entry in the catalogue. */
const controlFileHeader = header.extend(controlHeader.shape);

/** So does a measure. */
const measureFileHeader = header.extend(measureHeader.shape);

type Header = z.output<typeof header> &
  Partial<Omit<z.output<typeof controlHeader>, "parameters">> &
  Partial<Omit<z.output<typeof measureHeader>, "rule" | "question">>;

export interface QueryFile {
  /** `<layer>.<name>`: the relation that the file makes. */
  readonly relation: string;
  readonly layer: Layer;
  readonly name: string;
  readonly file: string;
  readonly header: Omit<Header, "parameters"> & { readonly parameters?: unknown };
  /** The SELECT without the header. */
  readonly sql: string;
  /** What is run, where that is more than the SELECT. */
  readonly runs?: string;
  /** Line of the file on which the SELECT begins. */
  readonly line: number;
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
    if (other !== undefined) throw new DataError(`${file}${isLocal ? LOCAL : ""}: makes ${relation}, as ${other} does: rename one of them`);
    seen.set(relation, file);
  }
  return files;
}

function readQueryFile(path: string, file: string, isLocal: boolean): QueryFile {
  const layer = layerOf(file, `${file}${isLocal ? LOCAL : ""}`);
  const query = parseQueryFile(path, file, { isLocal, layer });
  return { ...query, layer, relation: `${layer}.${query.name}` };
}

/**
 * Reads the queries of a folder that belong to no layer: each is known by its file's name alone.
 * @throws {DataError} naming the file, for a missing or wrong header
 */
export function readLooseQueryFiles(folder: string): LooseQueryFile[] {
  const paths = globSync("*.sql", { cwd: folder, absolute: true }).sort();
  return paths.map((path) => {
    const query = parseQueryFile(path, relative(folder, path), { isLocal: false });
    return { ...query, relation: query.name };
  });
}

function parseQueryFile(
  path: string,
  file: string,
  { isLocal, layer }: { isLocal: boolean; layer?: Layer },
): Omit<QueryFile, "layer" | "relation"> {
  const shownAs = `${file}${isLocal ? LOCAL : ""}`;
  const name = basename(file, ".sql");
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new DataError(`${shownAs}: the name becomes a table: use lower-case letters, digits and _`);
  }
  const text = readFileSync(path, "utf8");
  const match = /^\s*\/\*([\s\S]*?)\*\/([\s\S]*)$/.exec(text);
  if (!match) throw new DataError(`${shownAs}: expected a header: a comment /* title: ... */ before the SELECT`);
  const sql = (match[2] ?? "").trimStart();
  return {
    name,
    file,
    header: parseHeader(shownAs, match[1] ?? "", layer),
    sql: sql.trimEnd().replace(/;$/, ""),
    line: text.slice(0, text.length - sql.length).split("\n").length,
    sha256: createHash("sha256").update(text).digest("hex"),
    isLocal,
  };
}

function layerOf(file: string, shownAs: string): Layer {
  const layer = LAYERS.find((name) => name === file.split(sep)[0]);
  if (layer !== undefined) return layer;
  throw new DataError(`${shownAs}: expected it in one of the folders ${LAYERS.join(", ")}`);
}

function parseHeader(shownAs: string, text: string, layer: Layer | undefined): QueryFile["header"] {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new DataError(`${shownAs}: the header is not YAML: ${said.replace(/:$/, "")}`);
  }
  const result = headerOf(layer, document).safeParse(document);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".") || "header"}: ${message}`);
  throw new DataError(`${shownAs}: ${problems.join("; ")}`);
}

function headerOf(layer: Layer | undefined, document: unknown) {
  const says = (key: string) => typeof document === "object" && document !== null && key in document;
  if (layer === "controls" && says("control")) return controlFileHeader;
  return layer === "practices" && says("measure") ? measureFileHeader : header;
}

/** The product's queries with the user's over them: a local file of the same relation replaces it. */
export function overlay(product: readonly QueryFile[], local: readonly QueryFile[]): QueryFile[] {
  const replaced = new Set(local.map(({ relation }) => relation));
  return [...product.filter(({ relation }) => !replaced.has(relation)), ...local];
}

/** Where in a query something is wrong, for a person: file, line (counted from the start of the SELECT), whose. */
export function placeOf({ file, isLocal, line }: LooseQueryFile, lineOfSelect?: number): string {
  const at = lineOfSelect === undefined ? "" : `:${line + lineOfSelect - 1}`;
  return `${file}${at}${isLocal ? LOCAL : ""}`;
}
