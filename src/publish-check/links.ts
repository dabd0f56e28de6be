import type { Findings } from "./finding.ts";
import { targetOf, type Target } from "./address.ts";
import type { Address, Page } from "./page.ts";

interface Wanted {
  readonly file: string;
  readonly line: number;
}

/** Whether what pages name is there. Keeps ids of pages and what is asked of pages that were not read yet, no page. */
export class Links {
  readonly #files: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  readonly #findings: Findings;
  readonly #ids = new Map<string, ReadonlySet<string>>();
  readonly #wanted = new Map<string, Map<string, Wanted>>();

  constructor(files: ReadonlySet<string>, findings: Findings) {
    this.#files = files;
    this.#folders = new Set([...files].flatMap(foldersOf));
    this.#findings = findings;
  }

  read(file: string, { ids, links, requests }: Page): void {
    this.#ids.set(file, ids);
    for (const link of links) {
      const target = targetOf(file, link.address);
      if (target.kind === "data") this.#fault(file, link, "leaves the site by data:", "only http and https lead out of it");
      else this.#check(file, link, target);
    }
    for (const request of requests) {
      const target = targetOf(file, request.address);
      if (target.kind === "web" || target.kind === "wrong") this.#asked(file, request);
      else this.#check(file, request, target);
    }
    this.#answer(file, this.#wanted.get(file) ?? new Map(), ids);
    this.#wanted.delete(file);
  }

  /** To be called when all pages were read. */
  end(): void {
    for (const [file, wanted] of this.#wanted) this.#answer(file, wanted, this.#ids.get(file) ?? new Set());
  }

  #check(file: string, link: Address, target: Target): void {
    if (target.kind === "wrong") this.#fault(file, link, target.message, target.remedy);
    if (target.kind !== "file") return;
    const { path, anchor } = target;
    if (!this.#files.has(path)) this.#dead(file, link, path);
    else if (anchor !== undefined && path.endsWith(".html")) this.#want(path, anchor, { file, line: link.line });
  }

  #dead(file: string, link: Address, path: string): void {
    const folder = path.replace(/\/$/, "");
    if (folder === "." || this.#folders.has(folder))
      this.#fault(file, link, "leads to a folder, which shares and object storage do not show", "name a file of it, such as index.html");
    else this.#fault(file, link, "leads to nothing", "build the site anew; if the file was taken out on purpose, take out the link too");
  }

  #want(path: string, anchor: string, from: Wanted): void {
    const ids = this.#ids.get(path);
    if (ids !== undefined) {
      this.#answer(path, new Map([[anchor, from]]), ids);
      return;
    }
    const wanted = this.#wanted.get(path) ?? new Map<string, Wanted>();
    this.#wanted.set(path, wanted);
    // One link to a place that is not there stands for all of them.
    if (!wanted.has(anchor)) wanted.set(anchor, from);
  }

  #answer(path: string, wanted: ReadonlyMap<string, Wanted>, ids: ReadonlySet<string>): void {
    for (const [anchor, from] of wanted) {
      // Browsers know the top of every page.
      if (ids.has(anchor) || anchor === "top") continue;
      const message = `a link to ${quoted(`${path}#${anchor}`)} leads to no place on that page`;
      this.#findings.add({ check: "links", status: "fault", ...from, message, remedy: "build the site anew" });
    }
  }

  #fault(file: string, { element, address, line }: Address, message: string, remedy: string): void {
    this.#findings.add({ check: "links", status: "fault", file, line, message: `${element} ${quoted(address)} ${message}`, remedy });
  }

  #asked(file: string, { element, address, line }: Address): void {
    const message = `${element} asks for ${quoted(address)}`;
    this.#findings.add({ check: "requests", status: "fault", file, line, message, remedy: "pages load nothing from elsewhere: take it out" });
  }
}

function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

const LONGEST = 160;

/** Without what is asked: that may hold a token. */
function quoted(text: string): string {
  const said = text.replace(/\?.*$/s, "?\u2026");
  return JSON.stringify(said.length > LONGEST ? `${said.slice(0, LONGEST)}\u2026` : said);
}
