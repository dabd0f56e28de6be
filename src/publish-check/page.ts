import { createHash } from "node:crypto";
import { tagsOf, type Tag } from "./html.ts";
import { readPolicy, type Policy } from "./policy.ts";
import type { Check } from "./finding.ts";

export interface Address {
  readonly address: string;
  readonly line: number;
  /** `a`, `script` ... */
  readonly element: string;
}

interface PageProblem {
  readonly check: Check;
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** What a page says that others must know to judge it. */
export interface Page {
  readonly ids: ReadonlySet<string>;
  /** What a reader may follow. */
  readonly links: readonly Address[];
  /** What a browser asks for by itself. */
  readonly requests: readonly Address[];
  /** Scripts that stand in it. */
  readonly scripts: readonly string[];
  readonly problems: readonly PageProblem[];
}

/** Attributes whose address a browser asks for as soon as it sees the element, or sends something to. */
const ASKED = ["src", "srcset", "imagesrcset", "poster", "background", "data", "action", "formaction", "ping", "manifest", "longdesc"];

/** Elements whose `href` is asked for too. */
const HREF_ASKED = new Set(["use", "image", "feimage", "script"]);

/** Relations that only name another page; what else a `link` names is asked for. */
const NAMES_ONLY = new Set(["alternate", "canonical", "next", "prev", "author", "license", "help", "search", "up"]);

/** Elements that bring another document or program into the page. */
const EMBEDS = new Set(["iframe", "frame", "object", "embed", "applet", "portal", "base"]);

/** What a script would ask the network with. Lists of search are asked for as scripts of the site. */
const ASKS = /\b(?:fetch|XMLHttpRequest|WebSocket|WebTransport|EventSource|RTCPeerConnection|sendBeacon|importScripts)\s*\(|\bimport\s*\(/;

const REFUSED = "its policy refuses it, or should: take it out";
const FETCHES = "pages load nothing from elsewhere: take it out";

/** Reads a page. Which addresses lead somewhere is not its business. */
export function readPage(html: string): Page {
  const reader = new PageReader();
  for (const tag of tagsOf(html)) reader.read(tag);
  return reader.page();
}

class PageReader {
  readonly #ids = new Set<string>();
  readonly #links: Address[] = [];
  readonly #requests: Address[] = [];
  readonly #scripts: string[] = [];
  readonly #problems: PageProblem[] = [];
  #policy: Policy | undefined;
  #isLate = false;

  page(): Page {
    if (this.#policy === undefined)
      this.#problem("policy", 1, "has no policy", "build it anew, or take it out: a `meta` of Content-Security-Policy is in every page that a build makes");
    return { ids: this.#ids, links: this.#links, requests: this.#requests, scripts: this.#scripts, problems: this.#problems };
  }

  read(tag: Tag): void {
    const { name, attributes, line } = tag;
    const id = attributes.get("id") ?? (name === "a" ? attributes.get("name") : undefined);
    if (id !== undefined) this.#ids.add(id);
    if (name === "meta") this.#readMeta(tag);
    if (name === "script" || name === "style") this.#readCode(tag);
    if (EMBEDS.has(name)) this.#problem("requests", line, `has an element ${name}`, FETCHES);
    this.#readAddresses(tag);
    this.#readInline(tag);
  }

  #problem(check: Check, line: number, message: string, remedy: string): void {
    this.#problems.push({ check, line, message, remedy });
  }

  #readMeta({ attributes, line }: Tag): void {
    const kind = attributes.get("http-equiv")?.toLowerCase();
    if (kind === "refresh") this.#problem("requests", line, "sends its reader on by a refresh", FETCHES);
    // Several policies hold together: one can only narrow the other.
    if (kind !== "content-security-policy" || this.#policy !== undefined) return;
    this.#policy = readPolicy(attributes.get("content") ?? "");
    for (const problem of this.#policy.problems)
      this.#problem("policy", line, problem, "the policy that builds write allows hashes of the page's own scripts and styles alone: build it anew");
    if (this.#isLate) this.#problem("policy", line, "the policy stands behind a script, style or link, which it does not cover", "it belongs before them");
  }

  #readCode({ name, attributes, text, line }: Tag): void {
    this.#isLate ||= this.#policy === undefined;
    if (name === "style" && /@import|url\((?!\s*["']?data:)/i.test(text)) this.#problem("requests", line, "a style asks for a file", FETCHES);
    if (attributes.has("src") || isData(attributes.get("type"))) return;
    if (name === "script") this.#scripts.push(text);
    if (name === "script" && ASKS.test(text)) this.#problem("requests", line, "a script asks the network", FETCHES);
    const named = name === "script" ? this.#policy?.scripts : this.#policy?.styles;
    if (named !== undefined && !hashesOf(text).some((hash) => named.has(hash)))
      this.#problem("policy", line, `a ${name} is not named in the policy by its hash`, "it was changed after the build, or is not of it: build the page anew");
  }

  #readAddresses({ name, attributes, line }: Tag): void {
    for (const attribute of ASKED) {
      const value = attributes.get(attribute);
      if (value === undefined) continue;
      for (const address of attribute.endsWith("srcset") ? value.split(",").map((part) => part.trim().split(/\s+/)[0] ?? "") : [value])
        this.#requests.push({ address, line, element: name });
    }
    const href = attributes.get("href") ?? attributes.get("xlink:href");
    if (href === undefined || name === "base") return;
    const relations = (attributes.get("rel") ?? "").toLowerCase().split(/\s+/);
    const isAsked = name === "link" ? !relations.every((one) => NAMES_ONLY.has(one)) : HREF_ASKED.has(name);
    if (name === "link" && relations.includes("stylesheet")) this.#isLate ||= this.#policy === undefined;
    (isAsked ? this.#requests : this.#links).push({ address: href, line, element: name });
  }

  #readInline({ name, attributes, line }: Tag): void {
    for (const attribute of attributes.keys())
      if (/^on[a-z]+$/.test(attribute) || attribute === "style" || attribute === "srcdoc")
        this.#problem("policy", line, `${name} has an attribute ${attribute}`, REFUSED);
  }
}

/** A block of JSON is no script. */
const isData = (type: string | undefined) => type !== undefined && !/^(?:|module|text\/javascript|application\/javascript|importmap|speculationrules)$/i.test(type.trim());

const hashesOf = (text: string) =>
  (["sha256", "sha384", "sha512"] as const).map((kind) => `'${kind}-${createHash(kind).update(text).digest("base64")}'`);
