import type { Check } from "../../collectors/contract.ts";

export const SECTIONS = ["versions", "database", "configuration", "sources", "network", "mapping"] as const;
export type Section = (typeof SECTIONS)[number];

export interface Finding extends Check {
  readonly section: Section;
}

/** Findings of one section, with the words for each status. */
export const inSection = (section: Section) => ({
  ok: (subject: string, message: string): Finding => ({ section, status: "ok", subject, message }),
  warning: (subject: string, message: string, remedy: string): Finding => ({
    section,
    status: "warning",
    subject,
    message,
    remedy,
  }),
  problem: (subject: string, message: string, remedy: string): Finding => ({
    section,
    status: "problem",
    subject,
    message,
    remedy,
  }),
});

/** `3.2 GB` */
export function bytes(count: number): string {
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)} GB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** `3 days` before now, as far as it matters. */
export function age(instant: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - instant.getTime()) / 60_000));
  if (minutes < 120) return counted(minutes, "minute");
  return minutes < 48 * 60
    ? counted(Math.floor(minutes / 60), "hour")
    : counted(Math.floor(minutes / 1440), "day");
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
