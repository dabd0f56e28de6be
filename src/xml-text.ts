import { printable } from "./printable.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** What XML cannot hold, and what would show text in another order, is marked. */
export const forXml = (text: string): string => printable(text).toWellFormed().replace(/[\uFFFE\uFFFF]/g, "\u{FFFD}");

/** Any text as content or attribute of XML. */
export const xmlText = (text: string): string => escapeXml(forXml(text));
