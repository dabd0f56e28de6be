import { releaseFolder, safeName } from "../../reports/safe-name.ts";
import type { MetricKey, PeriodKind, ScopeKind } from "./rows.ts";
import { metricText } from "./metrics.ts";
import { plainSlug, slug } from "./slug.ts";

/** A page's address relative to the page it is linked from, so that the site works from any folder. */
export function relative(from: string, to: string): string {
  const [path = "", anchor] = to.split("#");
  const here = from.replace(/^\//, "").split("/").slice(0, -1);
  const there = path.split("/");
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  const steps = [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
  return anchor ? `${steps}#${anchor}` : steps;
}

/** The address if it is a web address, else null: sources may say anything. */
export function webAddress(address: string | null): string | null {
  if (!address || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : null;
}

export interface Scope {
  readonly kind: ScopeKind;
  readonly name: string;
}

const FOLDERS = { organisation: "", team: "teams/", service: "services/" } as const;

/** Page of an organisation, team or service, by period kind; quarters are the page itself. */
export function scopePath({ kind, name }: Scope, period: PeriodKind = "quarter"): string {
  const page = kind === "organisation" ? "" : FOLDERS[kind] + slug(name);
  if (period === "quarter") return `${page || "index"}.html`;
  return page ? `${page}/${period}.html` : `${period}.html`;
}

/** Where the same is shown by another kind of period. */
export type PeriodPath = (period: PeriodKind) => string;

/** Figures of all services side by side, where an overview shows some of them. */
export const figuresPath = (period: PeriodKind, page = 1): string => `figures/${numbered(period, page)}.html`;

const ROW_FOLDERS = { organisation: "rows", team: "rows/team", service: "rows" } as const;

/** A list's name by page, from 1: the first has the plain one. */
export const numbered = (list: string, page: number): string => (page > 1 ? `${list}-${page}` : list);

/** The page that lists what a figure was made from; `quarter` is a period label. */
export function rowsPath({ kind, name }: Scope, metric: MetricKey, quarter?: string, page = 1): string {
  const folder = ROW_FOLDERS[kind] + (kind === "organisation" ? "" : `/${slug(name)}`);
  return `${folder}/${metricText(metric).slug}${quarter ? `/${numbered(plainSlug(quarter), page)}` : ""}.html`;
}

export function definitionPath(metric: MetricKey): string {
  return `definitions.html#${metricText(metric).slug}`;
}

/** The page of one release. */
export function releasePath(service: string, version: string): string {
  return `releases/${slug(service)}/${slug(version)}.html`;
}

/** The folder of a release's evidence pack, below that of the packs. */
export function packFolder(service: string, version: string): string {
  return releaseFolder(service, version);
}

/** A file of a pack, by the pack's folder below that of the packs. */
export function packFile(folder: string, file: string): string {
  return `packs/${encodeURIComponent(folder)}/${file}`;
}

/** Teams and services side by side in one quarter; `quarter` is a period label. */
export function comparePath(quarter: string): string {
  return `compare/${plainSlug(quarter)}.html`;
}

/** The page of a team's quarter; `quarter` is `2026-Q2`. */
export function retrospectivePath(team: string, quarter: string): string {
  return `retrospectives/${slug(team)}/${plainSlug(quarter)}.html`;
}

/** The folder of its pack, below that of the packs. */
export function retrospectiveFolder(team: string, quarter: string): string {
  return safeName(`retrospective-${team}-${quarter}`);
}

/** A deployment in its service's list of that month; `month` is `2026-06`, `page` counts from 1. */
export function deploymentPath(service: string, month: string, waveId?: string, page = 1): string {
  return entryPath(`deployments/${slug(service)}/${month}`, page, waveId);
}

/** A change in the entry of the deployment that brought it first, which lists the first 100. */
export function changePath(service: string, month: string, changeId: string, page = 1): string {
  return `${entryPath(`deployments/${slug(service)}/${month}`, page)}#${changeAnchor(changeId)}`;
}

/** Its place there: a word before its id keeps it apart from deployments. */
export const changeAnchor = (changeId: string): string => slug(`change ${changeId}`);

/** An incident in the list of the month it began in. */
export function incidentPath(month: string, incidentId?: string, page = 1): string {
  return entryPath(`incidents/${month}`, page, incidentId);
}

/** A page of the list of everything of a kind. */
export function registerPath(list: "services" | "teams" | "deployments" | "exemptions" | "retrospectives" | "packs", page = 1): string {
  return `${numbered(list, page)}.html`;
}

/** Addresses of the pages of a list, in order. */
export function pagesOf(pathOf: (page: number) => string, pages: number): string[] {
  return Array.from({ length: pages }, (_, at) => pathOf(at + 1));
}

function entryPath(list: string, page: number, id?: string): string {
  const anchor = id === undefined ? "" : `#${slug(id)}`;
  return `${numbered(list, page)}.html${anchor}`;
}

/** The page of a control, or a further page of what fails there and is exempt. */
export function controlPath(control: string, page = 1): string {
  return `controls/${numbered(plainSlug(control), page)}.html`;
}

/** The row of what fails or is exempt on the page of its control. */
export function deviationAnchor({ unit_kind, unit }: { unit_kind: string; unit: string }): string {
  return slug(`${unit_kind} ${unit}`);
}

/** The page of a standard or law that controls give evidence for. */
export function frameworkPath(framework: string): string {
  return `frameworks/${slug(framework)}.html`;
}

/** The page of a group of measures. */
export function areaPath(area: string): string {
  return `practices/${slug(area)}.html`;
}

/** Where a practice is answered; null for what is no page of the site, such as a control that is switched off. */
export function placePath(
  { kind, place, area, state }: { kind: string; place: string; area: string | null; state: string },
): string | null {
  if (kind === "control") return state === "switched off" ? null : controlPath(place);
  if (kind === "measure") return area === null ? null : `${areaPath(area)}#${plainSlug(place)}`;
  if (kind === "metric") return definitionPath(place as MetricKey);
  if (kind === "pack") return "packs.html";
  return kind === "page" ? place : null;
}

/** An exemption in the list of all; `page` counts from 1. */
export function exemptionPath(exemptionId: string, page = 1): string {
  return `${registerPath("exemptions", page)}#${slug(exemptionId)}`;
}

/** A published table as CSV: of one service where the table has a part each, else whole. */
export function csvPath(table: string, part?: string): string {
  return part === undefined ? `data/${table}.csv` : `data/${table}/${slug(part)}.csv`;
}

/** The calendar for calendar programs; there only where it has an entry. */
export const CALENDAR_FILE = "data/calendar.ics";

/** The newest releases for feed readers. */
export const FEED_FILE = "releases.atom";
