import { readFile, rm, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { glob } from "tinyglobby";
import { shows, type AudienceKind } from "./audience.ts";

/** Takes away what pages an audience may not see, and makes text of links to what is not there. */
export async function keepFor(kind: AudienceKind, folder: string): Promise<void> {
  const files = await glob("**/*", { cwd: folder });
  const pages = files.filter((file) => file.endsWith(".html"));
  const kept = new Set(files.filter((file) => !file.endsWith(".html") || shows(kind, file)));
  for (const page of pages) {
    const path = join(folder, page);
    if (!kept.has(page)) {
      await rm(path);
      continue;
    }
    const html = await readFile(path, "utf8");
    const unlinked = withoutLinks(html, (address) => kept.has(posix.join(posix.dirname(page), address)));
    if (unlinked !== html) await writeFile(path, unlinked);
  }
}

const LINK = /<a\b((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>(.*?)<\/a>/gs;

/** @param isThere whether a file is, by its address from the page */
export function withoutLinks(html: string, isThere: (address: string) => boolean): string {
  return html.replace(LINK, (link, attributes: string, text: string) => {
    const [address = ""] = (/ href="([^"]*)"/.exec(attributes)?.[1] ?? "").replaceAll(/&(?:#38|amp);/g, "&").split("#");
    if (address === "" || /^[a-z]+:/i.test(address) || isThere(decodeURI(address))) return link;
    return text;
  });
}
