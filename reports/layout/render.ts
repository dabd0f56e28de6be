import { once } from "node:events";
import { openDocument, type PdfDocument } from "./pdfkit.ts";
import { layOutContents } from "./contents.ts";
import { layOutFigure } from "./figure.ts";
import { FontBook } from "./fonts.ts";
import { furnitureOf } from "./furniture.ts";
import { declareAccessible, informationOf } from "./metadata.ts";
import { heading, type Attachment, type DocumentNode, type PackDocument, type Section } from "./nodes.ts";
import { Flow, type Bookmark, type Page, type Tag } from "./pages.ts";
import { Painter } from "./paint.ts";
import { plainLine } from "./printable.ts";
import { layOutHeading, layOutNote, layOutParagraph } from "./prose.ts";
import { layOutKeyValues, layOutTable } from "./table.ts";
import { colours, page } from "./theme.ts";

export interface RenderedPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly warnings: readonly string[];
}

/** A section goes on where the last one ended if at least this share of the page is left. */
const ROOM_FOR_SECTION = 0.4;

/** Turns a document into a PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1). */
export async function renderPdf(document: PackDocument): Promise<RenderedPdf> {
  const pdf = openPdf(document);
  const bytes = collect(pdf);
  const fonts = new FontBook(pdf);
  const { pages, bookmarks } = layOut(document, fonts);
  const painter = new Painter(pdf, fonts);
  pages.forEach(({ marks }, index) =>
    painter.page([...marks, ...furnitureOf(document, fonts, index + 1, pages.length)]),
  );
  painter.end();
  addBookmarks(pdf, bookmarks);
  for (const attachment of document.attachments) attach(pdf, attachment, document.asOf);
  pdf.end();
  return { bytes: await bytes, pages: pages.length, warnings: fonts.warnings() };
}

function openPdf(document: PackDocument): PdfDocument {
  const pdf = openDocument({
    size: "A4",
    margin: 0,
    autoFirstPage: false,
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    tagged: true,
    lang: document.language,
    displayTitle: true,
    // Else PDFKit opens Helvetica, which it can't embed.
    font: null,
    info: informationOf(document),
  });
  declareAccessible(pdf);
  return pdf;
}

async function collect(pdf: PdfDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(pdf, "end");
  return Buffer.concat(chunks);
}

interface Layout {
  readonly pages: readonly Page[];
  /** With pages counted from the first of the document. */
  readonly bookmarks: readonly Bookmark[];
}

function layOut(document: PackDocument, fonts: FontBook): Layout {
  const root: Tag = { type: "Document", parent: undefined };
  const counts = { tables: 0, figures: 0 };
  const cover = new Flow();
  layOutNodes(cover, fonts, { type: "Sect", parent: root }, document.cover, counts);
  const body = new Flow();
  document.sections.forEach((section, index) => layOutSection(body, fonts, root, section, index, counts));
  const numbered = (pageOf: (bookmark: Bookmark) => number): readonly Page[] =>
    document.isWithoutContents ? [] : layOutContents(fonts, root, body.bookmarks, pageOf).pages;
  // The numbers change nothing about the contents' length, so a first pass tells it.
  const offset = cover.pages.length + numbered(() => 0).length;
  const contents = numbered((bookmark) => bookmark.page + offset + 1);
  return {
    pages: [...cover.pages, ...contents, ...body.pages],
    bookmarks: body.bookmarks.map((bookmark) => ({ ...bookmark, page: bookmark.page + offset })),
  };
}

interface Counts {
  tables: number;
  figures: number;
}

function layOutSection(
  flow: Flow,
  fonts: FontBook,
  root: Tag,
  section: Section,
  index: number,
  counts: Counts,
): void {
  const tag: Tag = { type: "Sect", parent: root };
  if (index > 0) flow.need(flow.fullHeight * ROOM_FOR_SECTION);
  layOutNodes(flow, fonts, tag, [heading(2, section.title, section.id), ...section.nodes], counts);
}

function layOutNodes(
  flow: Flow,
  fonts: FontBook,
  tag: Tag,
  nodes: readonly DocumentNode[],
  counts: Counts,
): void {
  for (let index = 0; index < nodes.length;) {
    const length = keptTogether(nodes, index);
    layOutTogether(flow, fonts, tag, nodes.slice(index, index + length), counts);
    index += length;
  }
}

const BLOCKS: ReadonlySet<DocumentNode["kind"]> = new Set(["table", "keyValues", "figure"]);

/** How many nodes from here on belong on one page at their start: headings, a paragraph after them, and what these are about. */
function keptTogether(nodes: readonly DocumentNode[], from: number): number {
  let index = from;
  while (nodes[index]?.kind === "heading") index += 1;
  if (index === from) return 1;
  const next = nodes[index]?.kind === "paragraph" && BLOCKS.has(nodes[index + 1]?.kind ?? "space") ? 2 : 1;
  return Math.min(index + next, nodes.length) - from;
}

/** Where the last of them begins on the next page, those before it go there too: no heading ends a page. */
function layOutTogether(
  flow: Flow,
  fonts: FontBook,
  tag: Tag,
  nodes: readonly DocumentNode[],
  counts: Counts,
): void {
  const [lead, last] = [nodes.slice(0, -1), nodes.at(-1)];
  if (last === undefined) return;
  const before = {
    place: flow.place(),
    counts: { ...counts },
    characters: fonts.counted(),
    isAtTop: flow.isAtTop,
  };
  const layOutLead = () => lead.forEach((node) => layOutNode(flow, fonts, tag, node, counts));
  layOutLead();
  const after = flow.place();
  layOutNode(flow, fonts, tag, last, counts);
  const isStranded =
    lead.length > 0 && !before.isAtTop && after.pages === before.place.pages && flow.hasLeft(after);
  if (!isStranded || last.kind === "pageBreak") return;
  flow.goBack(before.place);
  Object.assign(counts, before.counts);
  fonts.recount(before.characters);
  flow.newPage();
  layOutLead();
  layOutNode(flow, fonts, tag, last, counts);
}

function layOutNode(flow: Flow, fonts: FontBook, tag: Tag, node: DocumentNode, counts: Counts): void {
  switch (node.kind) {
    case "heading":
      return layOutHeading(flow, fonts, tag, node);
    case "paragraph":
      return layOutParagraph(flow, fonts, tag, node);
    case "note":
      return layOutNote(flow, fonts, tag, node.text);
    case "keyValues":
      return layOutKeyValues(flow, fonts, tag, node);
    case "table":
      return layOutTable(flow, fonts, tag, node, ++counts.tables);
    case "figure":
      return layOutFigure(flow, fonts, tag, node, ++counts.figures);
    case "pageBreak":
      if (!flow.isAtTop) flow.newPage();
      return;
    case "ruled":
      return layOutRuled(flow, node.lines);
    case "space":
      flow.y = Math.min(flow.y + node.height, page.height - page.bottom);
  }
}

/** As far apart as handwriting needs. */
const WRITING = 24;

/** At the end of a page no more than fit: they carry nothing that could be missed. */
function layOutRuled(flow: Flow, lines: number): void {
  for (let line = 0; line < lines && flow.remaining >= WRITING; line += 1) {
    flow.y += WRITING;
    flow.rule(flow.y, 0.4, colours.hairline);
  }
  flow.y = Math.min(flow.y + WRITING / 2, page.height - page.bottom);
}

function addBookmarks(pdf: PdfDocument, bookmarks: readonly Bookmark[]): void {
  let section = pdf.outline;
  for (const { level, title, page: pageNumber, y } of bookmarks) {
    // PDFKit counts `left` from the right edge.
    const place = { pageNumber, top: y, left: page.width, zoom: 0, fit: false, expanded: false };
    const parent = level === 2 ? pdf.outline : section;
    const item = parent.addItem(plainLine(title), place);
    if (level === 2) section = item;
  }
}

function attach(
  pdf: PdfDocument,
  { name, type, relationship, description, content }: Attachment,
  asOf: Date,
): void {
  pdf.file(content, { name, type, relationship, description, creationDate: asOf, modifiedDate: asOf });
}
