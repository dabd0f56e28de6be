import { count, type Clock } from "../format.ts";
import type { ListedPack } from "../pack-rows.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

const KINDS: Names = {
  release: "packs.releases",
  train: "packs.trains",
  period: "packs.periods",
  dossier: "packs.dossiers",
  retrospective: "packs.retrospectives",
};

export const kindTitle = (kind: string): string => named(KINDS, kind);

export function packsSentence(packs: readonly ListedPack[]): string {
  if (packs.length === 0) return t("packs.none-here");
  const issued = packs.filter(({ signature }) => signature !== null).length;
  const drafts = packs.length - issued;
  if (issued === 0) return t("packs.all-drafts", { packs: packs.length });
  if (drafts === 0) return t("packs.all-issued", { packs: packs.length });
  return t("packs.issued-and-drafts", { packs: packs.length, issued: count(issued), drafts });
}

/** What it is of: `payments 2.4.0`, `2026-Q1, services payments, ledger`. */
export function subjectText({ kind, of }: ListedPack): string {
  const { pseudonyms, ...named } = of;
  const people = pseudonyms === undefined ? "" : t("packs.pseudonyms", { name: pseudonyms.slice(0, 8) });
  if (kind === "retrospective") return [named["team"], named["quarter"]].join(", ") + people;
  if (kind === "release") return [named["service"], named["version"]].join(" ") + people;
  const { period, from, until, ...rest } = named;
  const scope = Object.entries(rest).map(([part, value]) => `${part} ${value.replaceAll(",", ", ")}`);
  const subject = [period ?? spanOf(from, until), ...scope];
  return subject.filter((part) => part !== "").join(", ") + people;
}

const spanOf = (from: string | undefined, until: string | undefined): string =>
  from !== undefined && until !== undefined
    ? t("range.plain", { low: from, high: until })
    : (from ?? until ?? "");

/** The days that a pack is about, the last one included. */
export function periodText({ from, until }: ListedPack, clock: Clock): string {
  if (from === null) return "";
  // A day alone is one of the organisation's calendar already, and the end of a range the first day after it.
  const isDays = /^\d{4}-\d\d-\d\d$/.test(from);
  const first = isDays ? from : clock.day(from);
  if (until === null) return first;
  const last = isDays ? dayBefore(until) : clock.day(until);
  return first === last ? first : t("range.plain", { low: first, high: last });
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

const COUNTS: Names = {
  changes: "packs.changes",
  "change requests": "packs.change-requests",
  deployments: "packs.deployments",
  incidents: "packs.incidents",
  releases: "packs.releases-counted",
};

export const countsText = ({ counts }: ListedPack): string =>
  Object.entries(counts)
    .map(([what, value]) => {
      const key = Object.hasOwn(COUNTS, what) ? COUNTS[what] : undefined;
      return key === undefined ? `${count(value)} ${what}` : t(key, { n: value });
    })
    .join(", ");

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes}\u202fB`;
  if (bytes < 1_000_000) return `${count(bytes / 1000)}\u202fkB`;
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? megabytes.toFixed(1) : count(megabytes)}\u202fMB`;
}

/** The calendar year that a pack is filed under. */
export function yearOf({ from, asOf }: ListedPack, clock: Clock): string {
  const instant = from ?? asOf;
  if (instant === null) return t("packs.undated");
  return /^\d{4}-\d\d-\d\d$/.test(instant) ? instant.slice(0, 4) : String(clock.parts(instant).year);
}

export interface PackGroup {
  readonly kind: string;
  readonly years: readonly { readonly year: string; readonly packs: readonly ListedPack[] }[];
}

/** By kind, then by year, the newest first; within a year by name. */
export function groupsOf(packs: readonly ListedPack[], clock: Clock): PackGroup[] {
  const kinds = Map.groupBy(packs, ({ kind }) => kind);
  return [...kinds]
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([kind, of]) => ({
      kind,
      years: [...Map.groupBy(of, (pack) => yearOf(pack, clock))]
        .toSorted(([a], [b]) => (a < b ? 1 : -1))
        .map(([year, inYear]) => ({ year, packs: inYear })),
    }));
}

const ORDER = ["period", "release", "train", "dossier", "retrospective"];
const rank = (kind: string): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
