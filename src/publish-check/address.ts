import { posix } from "node:path";
import { webAddress } from "../site/links.ts";

/** Where an address of a page leads: a file of the folder, the web, or nowhere that every host has. */
export type Target =
  | { readonly kind: "file"; readonly path: string; readonly anchor: string | undefined }
  | { readonly kind: "web" }
  | { readonly kind: "data" }
  | { readonly kind: "wrong"; readonly message: string; readonly remedy: string };

const wrong = (message: string, remedy: string): Target => ({ kind: "wrong", message, remedy });

/** Reads an address as a browser would, from a page of the folder. */
export function targetOf(page: string, written: string): Target {
  const address = written.replace(/[\t\n\r]/g, "").trim();
  if (address.includes("\\")) return wrong("has a backslash, which browsers take for a slash", "write a slash");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === "data") return { kind: "data" };
  if (scheme !== undefined)
    return webAddress(address) === null
      ? wrong(`leaves the site by ${scheme}:`, "only http and https lead out of it")
      : { kind: "web" };
  if (address.startsWith("//")) return wrong("names a host without http or https", "write the whole address");
  if (address.startsWith("/")) return wrong("begins with a slash: it leads elsewhere from a sub-path or a folder", "write it relative to the page");
  return fileTarget(page, address);
}

function fileTarget(page: string, address: string): Target {
  const [before = "", anchor] = address.split(/#(.*)/s);
  const path = decodedPath(before.replace(/\?.*$/s, ""));
  if (path === undefined) return wrong("cannot be read: a % that stands for nothing", "write % as %25");
  const joined = path === "" ? page : posix.join(posix.dirname(page), path);
  if (joined === ".." || joined.startsWith("../")) return wrong("leads out of the folder", "what it names must lie in the folder");
  return { kind: "file", path: joined, anchor: anchor === "" || anchor === undefined ? undefined : (decodedPath(anchor) ?? anchor) };
}

function decodedPath(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
