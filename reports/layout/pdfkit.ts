import type { Readable } from "node:stream";
import PDFKit from "pdfkit";

/*
 * What we use of PDFKit 0.20.2 (pinned exactly). The published types lag behind: they know no structure
 * elements as annotation parents, no attachments with a relationship and no way to ask for a glyph.
 */

export interface FontFace {
  /** Glyphs by name of the font file itself; present on every embedded font. */
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  readonly ascender: number;
  widthOfString(text: string, size: number, features?: readonly string[]): number;
}

export interface StructureContent {
  readonly refs: readonly unknown[];
}

export interface StructureElement {
  add(child: StructureElement | StructureContent): StructureElement;
  end(): void;
}

export interface StructureOptions {
  alt?: string;
  lang?: string;
  actual?: string;
  scope?: "Row" | "Column" | "Both";
  /** left, top, right, bottom in page coordinates from the top. */
  bbox?: readonly [number, number, number, number];
}

export interface AnnotationOptions {
  structParent?: StructureElement;
  /** A String object: PDFKit writes a primitive as a name. */
  Contents?: object;
}

export interface PdfDocument extends Readable {
  readonly page: { readonly width: number; readonly height: number };
  readonly outline: OutlineItem;
  /** The font chosen last. Not in the documentation, but the only way to ask a font for its glyphs. */
  readonly _font: FontFace;
  end(): void;
  addPage(): this;
  registerFont(name: string, source: Uint8Array): this;
  font(name: string, size?: number): this;
  fillColor(colour: string): this;
  strokeColor(colour: string): this;
  lineWidth(width: number): this;
  moveTo(x: number, y: number): this;
  lineTo(x: number, y: number): this;
  stroke(): this;
  save(): this;
  restore(): this;
  rotate(angle: number, options: { origin: [number, number] }): this;
  text(
    text: string,
    x: number,
    y: number,
    options: { lineBreak: false; baseline: "alphabetic"; features?: readonly string[] },
  ): this;
  link(x: number, y: number, width: number, height: number, url: string, options: AnnotationOptions): this;
  goTo(
    x: number,
    y: number,
    width: number,
    height: number,
    destination: string,
    options: AnnotationOptions,
  ): this;
  addNamedDestination(name: string, kind: "XYZ", x: number | null, y: number, zoom: null): void;
  file(content: Uint8Array, options: Record<string, unknown>): unknown;
  appendXML(xml: string): void;
  struct(type: string, options?: StructureOptions): StructureElement;
  addStructure(element: StructureElement): this;
  markStructureContent(tag: string): StructureContent;
  markContent(tag: string, options?: Record<string, unknown>): this;
  endMarkedContent(): this;
}

export interface OutlineItem {
  addItem(
    title: string,
    options: { pageNumber: number; top: number; left: number; zoom: number; fit: boolean; expanded: boolean },
  ): OutlineItem;
}

export function openDocument(options: Record<string, unknown>): PdfDocument {
  return new PDFKit(options) as unknown as PdfDocument;
}
