import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Json } from "../../collectors/contract.ts";
import { DataError } from "../../src/errors.ts";
import { packageRoot } from "../../src/package-root.ts";
import type { QueryFile } from "../../src/warehouse/query-file.ts";

const declared = z.record(
  z.string(),
  z.strictObject({
    /** Fields that queries take as they are: what is in them is kept too. */
    whole: z.array(z.string()).default([]),
    /** Streams whose records queries keep as proof, all of what they say. */
    whole_streams: z.array(z.string()).default([]),
    /** Fields whose members were asked for by name: all of them are needed. */
    open: z.array(z.string()).default([]),
    /** Fields that no query reads and an auditor needs. */
    also: z.array(z.string()).default([]),
    /** The collector asks for the fields that the configuration names, so what came is what was asked for. */
    asked_for: z.boolean().default(false),
  }),
);

const DECLARED = join(packageRoot, "collectors/evidence-fields.yaml");

/** Which fields of a collector's records go into packs: those that its queries name, and those declared. */
export interface AllowList {
  keeps(field: string): boolean;
  isWhole(field: string): boolean;
  /** Whether what is directly in the field is kept, whatever it is called. */
  isOpen(field: string): boolean;
}

const EVERYTHING: AllowList = { keeps: () => true, isWhole: () => true, isOpen: () => true };

/** The list of a stream, whose source has these options. */
export type AllowLists = (of: {
  readonly collector: string;
  readonly stream: string;
  readonly options: string;
}) => AllowList;

/** Allow-lists by collector, made from the queries in force: what they read is never left out. */
export function allowLists(files: readonly QueryFile[]): AllowLists {
  const extras = declared.parse(parse(readFileSync(DECLARED, "utf8")));
  const shared = files
    .filter((file) => readsRaw(file) && collectorOf(file) === undefined)
    .flatMap(({ sql }) => wordsOf(sql));
  const byCollector = Map.groupBy(files, collectorOf);
  return ({ collector, stream, options }) => {
    const {
      whole = [],
      whole_streams = [],
      open = [],
      also = [],
      asked_for = false,
    } = extras[collector] ?? {};
    if (asked_for || whole_streams.includes(stream)) return EVERYTHING;
    const read = (byCollector.get(collector) ?? []).flatMap(({ sql }) => wordsOf(sql));
    return listOf(new Set([...read, ...shared, ...also, ...whole, ...wordsOf(options)]), whole, open);
  };
}

function listOf(kept: ReadonlySet<string>, whole: readonly string[], open: readonly string[]): AllowList {
  const wholeNames = new Set(whole.filter((name) => !name.endsWith("*")));
  const beginnings = whole.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  const isWhole = (field: string) =>
    wholeNames.has(field) || beginnings.some((beginning) => field.startsWith(beginning));
  return {
    keeps: (field) => kept.has(field) || isWhole(field),
    isWhole,
    isOpen: (field) => open.includes(field),
  };
}

/** `staging/github/github_change.sql` is about records of GitHub. */
function collectorOf({ file, layer, isLocal }: QueryFile): string | undefined {
  const [, collector, name] = file.split(/[/\\]/);
  return layer === "staging" && !isLocal && name !== undefined ? collector : undefined;
}

const readsRaw = ({ sql }: QueryFile) => sql.includes("payload");

/** Every word of the text, quoted names whole: a field that a query reads is written in it somewhere. */
function wordsOf(sql: string): string[] {
  const text = sql.replaceAll(/--[^\n]*/g, "");
  return [
    ...(text.match(/[A-Za-z_]\w*/g) ?? []),
    ...[...text.matchAll(/"([^"\n]+)"/g)].map(([, name]) => name ?? ""),
  ];
}

/** Deeper than any source nests what it says. */
const DEEPEST = 200;

/** Called for each field that is left out, with its path: `fields.watches`, `[]` for items of a list. */
export type Left = (path: string) => void;

/** What a record says, without the fields that are not on the list. */
export function reduced(value: Json, list: AllowList, left: Left): Json {
  return within(value, { list, left, path: "", depth: 0, name: "" });
}

interface Place {
  readonly list: AllowList;
  readonly left: Left;
  readonly path: string;
  readonly depth: number;
  /** The field in which the value stands. */
  readonly name: string;
}

function within(value: Json, place: Place): Json {
  if (value === null || typeof value !== "object") return value;
  if (place.depth > DEEPEST) {
    place.left(`${place.path} (deeper than ${DEEPEST})`);
    return null;
  }
  const depth = place.depth + 1;
  if (Array.isArray(value))
    return value.map((item) => within(item, { ...place, path: `${place.path}[]`, depth }));
  return membersOf(value, { ...place, depth });
}

function membersOf(value: { [key: string]: Json }, place: Place): Json {
  const { list, name: parent } = place;
  const kept = Object.entries(value).flatMap(([name, item]): [string, Json][] => {
    const inside = { ...place, name, path: place.path === "" ? name : `${place.path}.${name}` };
    if (list.isWhole(name) || (!list.keeps(name) && list.isOpen(parent)))
      return [[name, within(item, { ...inside, list: EVERYTHING })]];
    if (list.keeps(name)) return [[name, within(item, inside)]];
    place.left(inside.path);
    return [];
  });
  return Object.fromEntries(kept);
}

/** @throws {DataError} for JSON that nests deeper than anything that Quarterdeck writes, before anybody reads it */
export function checkDepth(text: string, place: string, deepest = DEEPEST + 20): void {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charCodeAt(index);
    if (isInText) {
      if (sign === 92) index += 1;
      else if (sign === 34) isInText = false;
    } else if (sign === 34) isInText = true;
    else if (sign === 123 || sign === 91) depth += 1;
    else if (sign === 125 || sign === 93) depth -= 1;
    if (depth > deepest)
      throw new DataError(`${place}: nests deeper than ${deepest} levels: no pack of Quarterdeck does`);
  }
}
