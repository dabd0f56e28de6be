import { count, plural, type Clock } from "../format.ts";
import type { ListedPack } from "../pack-rows.ts";

const KINDS: Readonly<Record<string, string>> = {
  release: "Releases",
  train: "Release trains",
  period: "Periods",
  dossier: "Dossiers",
  retrospective: "Retrospectives",
};

export const kindTitle = (kind: string): string =>
  Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? kind) : kind;

export function packsSentence(packs: readonly ListedPack[]): string {
  if (packs.length === 0) return "No pack was written here yet.";
  const issued = packs.filter(({ signature }) => signature !== null).length;
  const drafts = packs.length - issued;
  const all = plural(packs.length, "pack lies", "packs lie");
  if (issued === 0)
    return `${all} here, ${packs.length === 1 ? "a draft that nobody has" : "all drafts that nobody has"} signed.`;
  if (drafts === 0)
    return `${all} here, ${packs.length === 1 ? "issued and signed" : "all issued and signed"}.`;
  return `${all} here: ${count(issued)} issued and signed, ${plural(drafts, "draft", "drafts")}.`;
}

/** What it is of: `payments 2.4.0`, `2026-Q1, services payments, ledger`. */
export function subjectText({ kind, of }: ListedPack): string {
  const { pseudonyms, ...named } = of;
  const people = pseudonyms === undefined ? "" : `, people under pseudonyms ${pseudonyms.slice(0, 8)}`;
  if (kind === "retrospective") return [named["team"], named["quarter"]].join(", ") + people;
  if (kind === "release") return [named["service"], named["version"]].join(" ") + people;
  const { period, from, until, ...rest } = named;
  const scope = Object.entries(rest).map(([part, value]) => `${part} ${value.replaceAll(",", ", ")}`);
  const subject = [period ?? [from, until].filter((day) => day !== undefined).join(" to "), ...scope];
  return subject.filter((part) => part !== "").join(", ") + people;
}

/** The days that a pack is about, the last one included. */
export function periodText({ from, until }: ListedPack, clock: Clock): string {
  if (from === null) return "";
  // A day alone is one of the organisation's calendar already, and the end of a range the first day after it.
  const isDays = /^\d{4}-\d\d-\d\d$/.test(from);
  const first = isDays ? from : clock.day(from);
  if (until === null) return first;
  const last = isDays ? dayBefore(until) : clock.day(until);
  return first === last ? first : `${first} to ${last}`;
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

export const countsText = ({ counts }: ListedPack): string =>
  Object.entries(counts)
    .map(([what, value]) => `${count(value)} ${value === 1 ? what.replace(/s$/, "") : what}`)
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
  if (instant === null) return "undated";
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
