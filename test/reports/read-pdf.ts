import { inflateSync } from "node:zlib";
import { getDocument, OPS, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A node of the structure tree as pdf.js tells it. */
export interface StructNode {
  readonly role?: string;
  readonly alt?: string;
  readonly type?: string;
  readonly children?: readonly StructNode[];
}

export interface ReadPdf {
  /** Text of each page; lines end where the file says so. */
  readonly pages: readonly string[];
  readonly text: string;
  readonly outline: readonly { title: string; items: readonly { title: string }[] }[];
  readonly attachments: ReadonlyMap<string, Uint8Array>;
  readonly info: Readonly<Record<string, unknown>>;
  readonly xmp: string;
  /** How often each role occurs; an element that runs over pages counts once for each. */
  readonly roles: ReadonlyMap<string, number>;
  readonly trees: readonly StructNode[];
  readonly links: readonly { url?: string; dest?: string; contents: string }[];
  /** Number of glyphs drawn that stand for nothing. */
  readonly missingGlyphs: number;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  const pdf = await task.promise;
  const pages: string[] = [];
  const trees: StructNode[] = [];
  const links: { url?: string; dest?: string; contents: string }[] = [];
  let missingGlyphs = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    pages.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
    const tree = (await page.getStructTree()) as StructNode | null;
    if (tree) trees.push(tree);
    for (const annotation of (await page.getAnnotations()) as Record<string, unknown>[]) {
      const contents = (annotation["contentsObj"] as { str?: string } | undefined)?.str ?? "";
      links.push({
        contents,
        ...(typeof annotation["url"] === "string" ? { url: annotation["url"] } : {}),
        ...(typeof annotation["dest"] === "string" ? { dest: annotation["dest"] } : {}),
      });
    }
    missingGlyphs += await glyphsWithoutMeaning(page);
  }
  const { info } = await pdf.getMetadata();
  const result: ReadPdf = {
    pages,
    text: pages.join("\n"),
    outline: await outlineOf(pdf),
    attachments: await attachmentsOf(pdf),
    info: info as Record<string, unknown>,
    xmp: xmpOf(bytes),
    roles: countRoles(trees),
    trees,
    links,
    missingGlyphs,
  };
  await task.destroy();
  return result;
}

async function outlineOf(pdf: PDFDocumentProxy): Promise<ReadPdf["outline"]> {
  // Null where there is none, whatever the types say.
  const outline = (await pdf.getOutline()) as ReadPdf["outline"] | null;
  return outline ?? [];
}

async function attachmentsOf(pdf: PDFDocumentProxy): Promise<Map<string, Uint8Array>> {
  const found = (await pdf.getAttachments()) as Record<
    string,
    { filename: string; content: Uint8Array }
  > | null;
  return new Map(Object.values(found ?? {}).map(({ filename, content }) => [filename, content]));
}

async function glyphsWithoutMeaning(page: Awaited<ReturnType<PDFDocumentProxy["getPage"]>>): Promise<number> {
  const { fnArray, argsArray } = await page.getOperatorList();
  let count = 0;
  fnArray.forEach((operation, index) => {
    if (operation !== OPS.showText) return;
    const glyphs = (argsArray[index] as [readonly (number | { originalCharCode: number } | null)[]])[0];
    count += glyphs.filter(
      (glyph) => typeof glyph === "object" && glyph !== null && glyph.originalCharCode === 0,
    ).length;
  });
  return count;
}

function countRoles(trees: readonly StructNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: StructNode): void => {
    if (node.role !== undefined) counts.set(node.role, (counts.get(node.role) ?? 0) + 1);
    node.children?.forEach(visit);
  };
  trees.forEach(visit);
  return counts;
}

export function xmpOf(bytes: Uint8Array): string {
  const file = Buffer.from(bytes).toString("utf8");
  return file.slice(file.indexOf("<?xpacket begin"), file.indexOf('<?xpacket end="w"?>') + 19);
}

/** Structure elements written into the file, by type: the whole tree, whatever page its parts stand on. */
export function elementsOf(bytes: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, type] of Buffer.from(bytes)
    .toString("latin1")
    .matchAll(/^\/S \/([A-Z][A-Za-z0-9]*)\n/gm)) {
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** The compressed streams of the file that are text, such as the maps from glyphs to characters. */
export function streamsOf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes);
  const streams: string[] = [];
  for (let at = file.indexOf("stream\n"); at !== -1; at = file.indexOf("stream\n", at + 7)) {
    if (file.subarray(at - 3, at).toString("latin1") === "end") continue;
    const end = file.indexOf("\nendstream", at);
    try {
      streams.push(inflateSync(file.subarray(at + 7, end)).toString("latin1"));
    } catch {
      // Not compressed: metadata.
    }
  }
  return streams;
}

/**
 * A strict reading of XML, enough to find what breaks a parser: a stray `&` or `<`, a tag that is not closed.
 * @returns the text of each element by its name
 */
export function parseXml(xml: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  const open: { name: string; text: string }[] = [];
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  const decode = (text: string): string => {
    if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`stray & in ${text}`);
    return text.replace(/&(\w+);/g, (_, name: string) => entities[name]!);
  };
  for (const token of xml.match(/<\?[\s\S]*?\?>|<\/?[A-Za-z][^<>]*>|[^<]+|</g) ?? []) {
    if (token === "<") throw new Error("stray <");
    if (token.startsWith("<?")) continue;
    if (!token.startsWith("<")) {
      const last = open.at(-1);
      if (last) last.text += decode(token);
    } else if (token.startsWith("</")) {
      const last = open.pop();
      if (last?.name !== token.slice(2, -1).trim()) throw new Error(`${token} closes ${last?.name}`);
      texts.set(last.name, [...(texts.get(last.name) ?? []), last.text.trim()]);
    } else if (!token.endsWith("/>")) {
      open.push({ name: /^<([^\s/>]+)/.exec(token)![1]!, text: "" });
    }
  }
  if (open.length > 0) throw new Error(`${open.at(-1)!.name} is not closed`);
  return texts;
}
