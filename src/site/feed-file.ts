import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { v5 } from "uuid";
import type { Warehouse } from "../warehouse/open.ts";
import type { Row } from "../warehouse/rows.ts";
import { xmlText } from "../xml-text.ts";
import { FEED_FILE, releasePath } from "./links.ts";

export type FeedEntryRow = Row<"reports.feed_entry">;

interface About {
  readonly organisation: string;
  readonly title: string;
  readonly asOf: string;
  /** Where the site is published; left out = addresses are relative to the feed's own. */
  readonly url?: string | undefined;
}

/** Writes the newest releases for feed readers. It is there before the first release is, so that it can be subscribed to. */
export async function writeFeed(warehouse: Warehouse, folder: string, about: About): Promise<void> {
  const rows = await warehouse.rows<FeedEntryRow>("from reports.feed_entry order by position");
  await writeFile(join(folder, FEED_FILE), feedText(rows, about));
}

/** An Atom feed (RFC 4287): the same rows give the same bytes, and an entry keeps its id from build to build. */
export function feedText(rows: readonly FeedEntryRow[], { organisation, title, asOf, url }: About): string {
  const address = (path: string) => (url === undefined ? path : new URL(path, folderOf(url)).href);
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <id>${identity(organisation)}</id>`,
    `  <title>${xmlText(`${title}: releases`)}</title>`,
    `  <updated>${latest(rows) ?? asOf}</updated>`,
    `  <author><name>${xmlText(organisation)}</name></author>`,
    "  <generator>Quarterdeck</generator>",
    `  <link rel="alternate" type="text/html" href="${xmlText(address("releases.html"))}"/>`,
    // Readers know a relative feed by the address they have it from.
    ...(url === undefined ? [] : [`  <link rel="self" type="application/atom+xml" href="${xmlText(address(FEED_FILE))}"/>`]),
    ...rows.flatMap((row) => entryLines(row, organisation, address)),
    "</feed>",
  ];
  return `${lines.join("\n")}\n`;
}

const entryLines = (
  { service, version, title, summary, published_at, updated_at }: FeedEntryRow,
  organisation: string,
  address: (path: string) => string,
) => [
  "  <entry>",
  `    <id>${identity(organisation, service, version)}</id>`,
  `    <title>${xmlText(title)}</title>`,
  `    <published>${published_at}</published>`,
  `    <updated>${updated_at}</updated>`,
  `    <link rel="alternate" type="text/html" href="${xmlText(address(releasePath(service, version)))}"/>`,
  `    <summary>${xmlText(summary)}</summary>`,
  "  </entry>",
];

const latest = (rows: readonly FeedEntryRow[]) => rows.map(({ updated_at }) => updated_at).toSorted().at(-1);

const folderOf = (url: string) => (url.endsWith("/") ? url : `${url}/`);

/** What readers tell entries apart by: of names alone, so that it survives every rebuild and a change of address. */
const identity = (...names: readonly string[]) => `urn:uuid:${v5(JSON.stringify(["quarterdeck", "feed", ...names]), v5.URL)}`;
