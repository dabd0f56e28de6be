import { printableLine } from "../../printable.ts";
import type { Row } from "../../warehouse/rows.ts";
import { controlPath, deploymentPath, incidentPath, releasePath, scopePath } from "../links.ts";

export type SearchRow = Row<
  "reports.search_entry",
  "key" | "title" | "detail" | "service" | "target" | "month" | "page"
>;

/** Kind, title, what stands beside it, address, and what it is called by: a number, version or name. */
export type SearchEntry = readonly [kind: string, title: string, detail: string, path: string, key: string];

/** Longer titles are cut: nobody reads them in a list. */
const LONGEST = 160;

const shown = (text: string) => printableLine(text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text);

/** What a list of search says of something. */
export function entryOf(row: SearchRow): SearchEntry {
  const key = (row.key ?? "").toLowerCase().replace(/^#(?=.)/, "");
  return [row.kind, shown(titleOf(row)), shown(row.detail ?? ""), pathOf(row), shown(key)];
}

function titleOf({ kind, key, title, detail }: SearchRow): string {
  const name = title ?? "";
  if (kind === "release") return `${detail ?? ""} ${key ?? ""}`.trim();
  if (kind === "service" || kind === "team") return name || (key ?? "");
  if (kind === "incident" && name) return `${name} (${key ?? ""})`;
  const number = kind === "change" && /^\d+$/.test(key ?? "") ? `#${key ?? ""}` : (key ?? "");
  return [number, name].filter((part) => part !== "").join(" ");
}

function pathOf({ kind, key, service, target, month, page }: SearchRow): string {
  const name = service ?? "";
  if (kind === "team") return scopePath({ kind: "team", name: target ?? "" });
  if (kind === "control") return controlPath(target ?? "");
  if (kind === "release") return releasePath(name, key ?? "");
  if (kind === "incident" && month !== null && target !== null) return incidentPath(month, target, page ?? 1);
  if (month !== null && target !== null) return deploymentPath(name, month, target, page ?? 1);
  const path = scopePath({ kind: "service", name });
  return kind === "service" ? path : `${path}#waiting`;
}
