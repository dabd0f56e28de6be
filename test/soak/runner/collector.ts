import { z } from "zod";
import type {
  Collector,
  Json,
  Page,
  RawRecord,
  Stream,
  StreamContext,
} from "../../../collectors/contract.ts";
import { SourceError } from "../../../src/errors.ts";
import { type Item, type Kind, LAG } from "./world.ts";

/** What its config would say. Tests hand it over by hand: no collector of this name can be configured. */
export interface Options {
  readonly url: string;
  readonly repositories: readonly string[];
  readonly size: number;
  /** Goes wrong in the collector itself, so often of a hundred pages. */
  readonly breaks: () => "throws" | "cannot be stored" | undefined;
}

interface Answer {
  /** What the clock of the service shows. */
  readonly now: number;
  readonly after: string;
  readonly count: number;
  readonly items: readonly Item[];
  readonly next: string | null;
}

/**
 * A collector of every shape that the contract knows: one stream by time of update, with deletions in it; one that reads
 * everything every time; one that goes on in the middle and compares what there is with what is stored.
 */
export const generic = (options: Options): Collector =>
  ({
    name: "generic",
    configSchema: z.unknown(),
    streams: () => [deployments(options), incidents(options), changes(options)],
    plan: () => Promise.resolve([]),
  }) satisfies Collector;

interface Place {
  /** Everything that was visible then has been read. */
  readonly until: number;
  /** A walk that is under way: when it began, and its place. */
  readonly walk: { readonly began: number; readonly after: string } | null;
  readonly repositories: string;
}

const placeOf = (cursor: Json | undefined, { repositories }: Options): Place | undefined => {
  const place = cursor as unknown as Place | null | undefined;
  return place?.repositories === repositories.join() ? place : undefined;
};

const placeAt = ({ repositories }: Options, until: number, walk: Place["walk"] = null): Json => ({
  ...{ until, walk, repositories: repositories.join() },
});

const latest = (items: readonly Item[]) => Math.max(0, ...items.map(({ updatedAt }) => updatedAt));

/** By time of update, looking back for what became visible late. Other options: everything anew, and what is gone deleted. */
const deployments = (options: Options): Stream<unknown> => ({
  name: "deployment",
  async *pages(_, cursor) {
    const place = placeOf(cursor, options);
    let until = place?.until ?? 0;
    let began = Infinity;
    for await (const { now, items, next } of walk(options, "deployment", {
      order: "updated",
      since: String(until - LAG),
    })) {
      began = Math.min(began, now);
      // What becomes visible during the walk is found by the next, however long this one takes.
      until = Math.max(until, Math.min(began, next === null ? began : latest(items)));
      yield broken(options, {
        records: items.map((item) => recordOf(item, item.id)),
        cursor: place === undefined && next !== null ? null : placeAt(options, until),
        isSnapshotEnd: place === undefined && next === null,
      });
    }
  },
});

/** Everything, every time. */
const incidents = (options: Options): Stream<unknown> => ({
  name: "incident",
  needs: [],
  async *pages() {
    for await (const { items, next } of walk(options, "incident", { order: "id" })) {
      const records = items.filter(({ payload }) => payload !== null).map((item) => recordOf(item, item.id));
      yield broken(options, { records, cursor: null, isSnapshotEnd: next === null });
    }
  },
});

/** Goes on where it broke off; what is gone it finds by comparing ids. */
const changes = (options: Options): Stream<unknown> => ({
  name: "change",
  needs: ["deployment"],
  async *pages(_, cursor, context) {
    const place = placeOf(cursor, options);
    const until = place?.until ?? 0;
    const query = { order: "updated", since: String(until - LAG), after: place?.walk?.after ?? "" };
    // Where it goes on with a walk, what became visible since that one began is left to the next.
    let began = place?.walk?.began ?? Infinity;
    for await (const { now, items, next } of walk(options, "change", query)) {
      began = Math.min(began, now);
      const records = items
        .filter(({ payload }) => payload !== null)
        .map((item) => recordOf(item, keyOf(item)));
      const after = next === null ? null : { began, after: next };
      yield broken(options, { records, cursor: placeAt(options, after ? until : began, after) });
    }
    const records = (await vanished(options, context)).map((key) => ({ key, payload: null }));
    if (records.length > 0) yield broken(options, { records, cursor: placeAt(options, began) });
  },
});

const keyOf = ({ repository, id }: Item) => `${repository}:${id}`;

async function vanished(options: Options, { stored }: StreamContext): Promise<string[]> {
  const { ids } = await ask<{ ids: readonly string[] }>(addressOf(options, "change/ids", {}));
  const there = new Set(ids);
  const parts = [...((await stored?.counts(":")) ?? [])].map(([part]) => part);
  const keys: string[] = [];
  for (const part of parts) keys.push(...((await stored?.startingWith(`${part}:`))?.keys() ?? []));
  return keys.filter((key) => !there.has(key));
}

const recordOf = ({ updatedAt, payload }: Item, key: string): RawRecord => ({
  key,
  updatedAt: new Date(updatedAt).toISOString(),
  payload,
});

function broken({ breaks }: Options, page: Page): Page {
  const how = breaks();
  if (how === "throws") throw new TypeError("a bug, in the middle");
  if (how === undefined) return page;
  const cyclic: Json[] = [];
  cyclic.push(cyclic);
  return { ...page, records: [...page.records, { key: "cyclic", payload: cyclic }] };
}

type Query = Readonly<Record<string, string>>;

async function* walk(options: Options, kind: Kind, query: Query): AsyncGenerator<Answer> {
  let after: string | null = query["after"] ?? "";
  while (after !== null) {
    const answer: Answer = await ask<Answer>(addressOf(options, kind, { ...query, after }));
    if (answer.after !== after) throw new SourceError("generic", "schema", "this is another page");
    if (answer.items.length < answer.count) throw new SourceError("generic", "schema", "this is half a page");
    yield answer;
    after = answer.next;
  }
}

function addressOf({ url, repositories, size }: Options, path: string, query: Query): URL {
  const address = new URL(`/${path}`, url);
  for (const [name, value] of Object.entries({ ...query, size: String(size) }))
    address.searchParams.set(name, value);
  for (const repository of repositories) address.searchParams.append("repository", repository);
  return address;
}

async function ask<T>(address: URL): Promise<T> {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new SourceError("generic", "network", "no answer", { cause });
  });
  if (!response.ok) throw new SourceError("generic", "network", `status ${response.status}`);
  return (await response.json().catch((cause: unknown) => {
    throw new SourceError("generic", "schema", "half an answer", { cause });
  })) as T;
}
