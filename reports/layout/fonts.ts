import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FontFace, PdfDocument } from "./pdfkit.ts";
import { codeOf, codePointOf, printable } from "./printable.ts";
import type { Face } from "./theme.ts";

export type FontName = Face | "fallback" | "fallbackStrong" | "han" | "hanStrong" | "hangul" | "hangulStrong";

const require = createRequire(import.meta.url);

/** A file of a package that offers its entry only. */
const beside = (entry: string, file: string): string =>
  join(dirname(require.resolve(entry)), "..", "fonts", file);

const FILES: Record<FontName, string | (() => string)> = {
  serif: "@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf",
  serifStrong: "@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
  sans: "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf",
  sansStrong: "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf",
  mono: "dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf",
  fallback: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  fallbackStrong: "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
  han: () => beside("@embedpdf/fonts-sc", "NotoSansHans-Regular.otf"),
  hanStrong: () => beside("@embedpdf/fonts-sc", "NotoSansHans-Bold.otf"),
  hangul: () => beside("@embedpdf/fonts-kr", "NotoSansKR-Regular.otf"),
  hangulStrong: () => beside("@embedpdf/fonts-kr", "NotoSansKR-Bold.otf"),
};

const HAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\u30fb\u30fc\uff01-\uffee]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** Where else a character may be looked for. Fonts of thousands of characters are opened for those only. */
function fallbacksOf(codePoint: number, face: Face): readonly FontName[] {
  const isStrong = face === "serifStrong" || face === "sansStrong";
  const character = String.fromCodePoint(codePoint);
  if (HANGUL.test(character)) return [isStrong ? "hangulStrong" : "hangul"];
  if (HAN.test(character)) return [isStrong ? "hanStrong" : "han"];
  return [isStrong ? "fallbackStrong" : "fallback"];
}

const ASCII = /^[\x20-\x7e]*$/;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A stretch of text in one font and one direction. */
export interface Segment {
  readonly font: FontName;
  readonly text: string;
  readonly isRightToLeft: boolean;
}

/** Laid out as a whole: by default PDFKit lays out word by word, which turns the order of words round. */
export const RTL_FEATURES = ["rtla"] as const;

/** The fonts of one document: opened when first needed, so that what is not used is not embedded. */
export class FontBook {
  private readonly document: PdfDocument;
  private readonly faces = new Map<FontName, FontFace>();
  private readonly widths = new Map<string, number>();
  private replaced = new Map<number, number>();

  constructor(document: PdfDocument) {
    this.document = document;
  }

  /** Text in which every character has a glyph in the face or its fallback. */
  clean(text: string, face: Face): string {
    return printable(
      text,
      (codePoint) => this.fontFor(codePoint, face) !== undefined,
      (codePoint) => this.replaced.set(codePoint, (this.replaced.get(codePoint) ?? 0) + 1),
    );
  }

  /** What was counted so far; `recount` goes back to it before the same text is laid out again. */
  counted(): ReadonlyMap<number, number> {
    return new Map(this.replaced);
  }

  recount(counted: ReadonlyMap<number, number>): void {
    this.replaced = new Map(counted);
  }

  width(text: string, face: Face, size: number): number {
    const key = `${face} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      width = this.segments(text, face).reduce((sum, segment) => sum + this.segmentWidth(segment, 1000), 0);
      this.widths.set(key, width);
    }
    return (width * size) / 1000;
  }

  segmentWidth({ font, text, isRightToLeft }: Segment, size: number): number {
    return this.face(font).widthOfString(text, size, isRightToLeft ? RTL_FEATURES : undefined);
  }

  /** Splits cleaned text where font or direction changes. */
  segments(text: string, face: Face): Segment[] {
    if (ASCII.test(text)) return [{ font: face, text, isRightToLeft: false }];
    const segments: { font: FontName; text: string; isRightToLeft: boolean }[] = [];
    for (const character of text) {
      const last = segments.at(-1);
      const isRightToLeft = RIGHT_TO_LEFT.test(character);
      const font = this.fontFor(codePointOf(character), face) ?? face;
      const joins =
        last && (character === " " || (last.font === font && last.isRightToLeft === isRightToLeft));
      if (joins) last.text += character;
      else segments.push({ font, text: character, isRightToLeft });
    }
    return segments.flatMap((segment) => trailingSpaceApart(segment, face));
  }

  face(name: FontName): FontFace {
    let face = this.faces.get(name);
    if (!face) {
      const file = FILES[name];
      this.document.registerFont(
        name,
        readFileSync(typeof file === "string" ? require.resolve(file) : file()),
      );
      face = this.document.font(name)._font;
      this.faces.set(name, face);
    }
    return face;
  }

  warnings(): string[] {
    if (this.replaced.size === 0) return [];
    const list = [...this.replaced].sort(([a], [b]) => a - b);
    const total = list.reduce((sum, [, count]) => sum + count, 0);
    const shown = list
      .slice(0, 12)
      .map(([codePoint, count]) => `${codeOf(codePoint).slice(1, -1)} (${count})`);
    const more = list.length > shown.length ? ` and ${list.length - shown.length} more` : "";
    return [
      `${total} characters that cannot be seen or have no glyph are printed as their code: ${shown.join(", ")}${more}`,
    ];
  }

  private fontFor(codePoint: number, face: Face): FontName | undefined {
    return [face, ...fallbacksOf(codePoint, face)].find((name) =>
      this.face(name).font.hasGlyphForCodePoint(codePoint),
    );
  }
}

/** Else the space would stand on the far side of the words that it follows. */
function trailingSpaceApart(segment: Segment, face: Face): Segment[] {
  const words = segment.isRightToLeft ? segment.text.trimEnd() : segment.text;
  if (words === segment.text) return [segment];
  return [
    { ...segment, text: words },
    { font: face, text: segment.text.slice(words.length), isRightToLeft: false },
  ];
}
