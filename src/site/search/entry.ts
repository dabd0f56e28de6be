import { printableLine } from "../../printable.ts";
import type { Row } from "../../warehouse/rows.ts";
import type { Clock } from "../format.ts";
import { controlPath, deploymentPath, incidentPath, releasePath, scopePath } from "../links.ts";

export type SearchRow = Row<"reports.search_entry", "target" | "month" | "page" | "happened_at"> & {
  readonly kind: "service" | "team" | "control" | "release" | "incident" | "change" | "ticket";
};

/** Kind, title, what stands beside it, address, and what it is called by: a number, version or name. */
export type SearchEntry = readonly [kind: string, title: string, detail: string, path: string, key: string];

/** Longer titles are cut: nobody reads them in a list. */
const LONGEST = 160;

const shown = (text: string) => printableLine(text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text);

/** What a list of search says of something: with its day, so that it is found by month and told from its like. */
export function entryOf(row: SearchRow, clock: Clock): SearchEntry {
  const key = row.key.toLowerCase().replace(/^#(?=.)/, "");
  const day = row.happened_at === null ? "" : clock.longDay(row.happened_at);
  const detail = [row.detail, day].filter((part) => part !== "").join(", ");
  return [row.kind, shown(TITLES[row.kind](row)), shown(detail), PATHS[row.kind](row), shown(key)];
}

type Kind = SearchRow["kind"];

const joined = (...parts: string[]) => parts.filter((part) => part !== "").join(" ");
const named = ({ key, title }: SearchRow) => title || key;
const numbered = ({ key, title }: SearchRow) => joined(key, title);

const TITLES: Readonly<Record<Kind, (row: SearchRow) => string>> = {
  service: named,
  team: named,
  control: numbered,
  release: ({ key, detail }) => joined(detail, key),
  incident: ({ key, title }) => (title ? `${title} (${key})` : key),
  change: ({ key, title }) => joined(/^\d+$/.test(key) ? `#${key}` : key, title),
  ticket: numbered,
};

/** In the entry of the deployment that carried it, else among what waits. */
const carried = ({ service, target, month, page }: SearchRow) =>
  month !== null && target !== null
    ? deploymentPath(service, month, target, page ?? 1)
    : `${scopePath({ kind: "service", name: service })}#waiting`;

const PATHS: Readonly<Record<Kind, (row: SearchRow) => string>> = {
  service: ({ key }) => scopePath({ kind: "service", name: key }),
  team: ({ key }) => scopePath({ kind: "team", name: key }),
  control: ({ key }) => controlPath(key),
  release: ({ service, key }) => releasePath(service, key),
  incident: ({ month, target, page }) =>
    month === null || target === null ? "incidents.html" : incidentPath(month, target, page ?? 1),
  change: carried,
  ticket: carried,
};
