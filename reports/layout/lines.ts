import type { FontBook } from "./fonts.ts";
import type { Span, Text } from "./nodes.ts";
import { bounded, boundedTitle } from "./printable.ts";
import { colours, strongFace, type TextStyle } from "./theme.ts";

/** Where a piece of text leads: to the web or to a heading of this document. */
export type Target = { readonly url: string } | { readonly destination: string };

/** A stretch of a line in one style; `x` counts from the line's start. */
export interface Run {
  readonly text: string;
  readonly style: TextStyle;
  readonly x: number;
  readonly width: number;
  readonly target: Target | undefined;
}

export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

interface Piece {
  readonly text: string;
  readonly width: number;
  readonly style: TextStyle;
  readonly target: Target | undefined;
}

/** Pieces that touch, such as a number and the bracket after it. */
interface Word {
  readonly pieces: readonly Piece[];
  readonly width: number;
  readonly startsLine: boolean;
}

/** Text that was cleaned, cut into words and measured, ready to be set in any width. */
export interface MeasuredText {
  readonly words: readonly Word[];
  readonly spaceWidth: number;
  /** Width if set on as few lines as it asks for. */
  readonly natural: number;
  readonly longestWord: number;
}

export function measureText(fonts: FontBook, text: Text, style: TextStyle): MeasuredText {
  const words = wordsOf(fonts, spansOf(text), style);
  const spaceWidth = fonts.width(" ", style.face, style.size);
  let natural = 0;
  let current = 0;
  for (const word of words) {
    current = word.startsLine || current === 0 ? word.width : current + spaceWidth + word.width;
    natural = Math.max(natural, current);
  }
  return {
    words,
    spaceWidth,
    natural,
    longestWord: words.reduce((longest, { width }) => Math.max(longest, width), 0),
  };
}

function spansOf(text: Text): readonly Span[] {
  if (typeof text === "string") return [{ text }];
  if ("text" in text) return [text];
  return text.map((span) => (typeof span === "string" ? { text: span } : span));
}

function wordsOf(fonts: FontBook, spans: readonly Span[], style: TextStyle): Word[] {
  const list = new WordList();
  for (const span of spans) {
    const look = { style: styleOf(span, style), target: targetOf(span) };
    const { face, size } = look.style;
    for (const part of fonts.clean(bounded(span.text), face).split(/(\n| +)/)) {
      if (part === "") continue;
      if (part === "\n") list.breakLine();
      else if (part.startsWith(" ")) list.breakWord();
      else {
        const text = part.replaceAll("\u00a0", " ");
        list.add({ ...look, text, width: fonts.width(text, face, size) });
      }
    }
  }
  return list.words;
}

/** Collects pieces into words; one that follows without a space joins the word before it. */
class WordList {
  readonly words: { pieces: Piece[]; width: number; startsLine: boolean }[] = [];
  private joins = false;
  private startsLine = false;

  add(piece: Piece): void {
    const last = this.words.at(-1);
    if (this.joins && last) {
      last.pieces.push(piece);
      last.width += piece.width;
    } else {
      this.words.push({ pieces: [piece], width: piece.width, startsLine: this.startsLine });
      this.startsLine = false;
    }
    this.joins = true;
  }

  breakWord(): void {
    this.joins = false;
  }

  /** An empty line in the text stays one. */
  breakLine(): void {
    if (this.startsLine) this.words.push({ pieces: [], width: 0, startsLine: true });
    this.startsLine = true;
    this.joins = false;
  }
}

function styleOf(span: Span, style: TextStyle): TextStyle {
  const face = span.strong ? strongFace[style.face] : style.face;
  const colour = targetOf(span) ? colours.accent : span.tone ? colours[span.tone] : style.colour;
  return face === style.face && colour === style.colour ? style : { ...style, face, colour };
}

function targetOf({ href, to }: Span): Target | undefined {
  if (to !== undefined) return { destination: to };
  const url = href === undefined ? undefined : webAddress(href);
  return url === undefined ? undefined : { url };
}

/** Only addresses of the web become links; what anybody else wrote stays text. */
export function webAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
}

/** Breaks measured text into lines no wider than `width`; a word that is wider is broken where it must be. */
export function breakLines(fonts: FontBook, { words, spaceWidth }: MeasuredText, width: number): Line[] {
  const lines: Line[] = [];
  let current: Piece[][] = [];
  let used = 0;
  const finish = (isWordEnd: boolean) => {
    lines.push(lineOf(current, spaceWidth, isWordEnd));
    current = [];
    used = 0;
  };
  for (const word of words) {
    if (word.startsLine && (current.length > 0 || lines.length > 0)) finish(true);
    const parts = word.width <= width ? [word] : chop(fonts, word, width);
    parts.forEach((part, index) => {
      const needed = current.length === 0 ? part.width : used + spaceWidth + part.width;
      const isWide = current.length > 0 && needed > width + 0.01;
      if (isWide) finish(index === 0);
      used = current.length === 0 ? part.width : used + spaceWidth + part.width;
      current.push([...part.pieces]);
    });
  }
  if (current.length > 0 || lines.length === 0) finish(false);
  return lines;
}

const SOFT_BREAK = /[/\-_.,:;@&=?]/;

/** Parts of a word, each at most as wide as the line; they break after punctuation where that is near. */
function chop(fonts: FontBook, word: Word, width: number): Word[] {
  const parts: Word[] = [];
  let pieces: Piece[] = [];
  let used = 0;
  const finish = () => {
    if (pieces.length > 0) parts.push({ pieces, width: used, startsLine: false });
    pieces = [];
    used = 0;
  };
  for (const piece of word.pieces) {
    let rest = piece.text;
    while (rest !== "") {
      const taken = fitting(fonts, rest, piece.style, width - used, pieces.length === 0);
      if (taken === "") {
        finish();
        continue;
      }
      const takenWidth = fonts.width(taken, piece.style.face, piece.style.size);
      pieces.push({ ...piece, text: taken, width: takenWidth });
      used += takenWidth;
      rest = rest.slice(taken.length);
      if (rest !== "") finish();
    }
  }
  finish();
  return parts;
}

/** As much of the start of `text` as fits; at least one character on an empty line. */
function fitting(
  fonts: FontBook,
  text: string,
  style: TextStyle,
  width: number,
  isEmptyLine: boolean,
): string {
  let used = 0;
  let length = 0;
  let soft = 0;
  for (const character of text) {
    used += fonts.width(character, style.face, style.size);
    if (used > width && !(isEmptyLine && length === 0))
      return text.slice(0, soft > length * 0.6 ? soft : length);
    length += character.length;
    if (SOFT_BREAK.test(character)) soft = length;
  }
  return text;
}

/**
 * Neighbours that look the same become one run, which is what keeps the file small. A line that ends
 * with a word ends with a space, unseen: else who copies or listens gets two words in one.
 */
function lineOf(words: readonly (readonly Piece[])[], spaceWidth: number, isWordEnd: boolean): Line {
  const runs: { text: string; style: TextStyle; x: number; width: number; target: Target | undefined }[] = [];
  let x = 0;
  words.forEach((pieces, index) => {
    let gap = index === 0 ? 0 : spaceWidth;
    for (const piece of pieces) {
      const last = runs.at(-1);
      if (last && last.style === piece.style && last.target === piece.target) {
        last.text += (gap ? " " : "") + piece.text;
        last.width += gap + piece.width;
      } else {
        // The space belongs to the run before, so that copied text keeps it.
        if (gap && last) last.text += " ";
        runs.push({ ...piece, x: x + gap });
      }
      x += gap + piece.width;
      gap = 0;
    }
  });
  const last = runs.at(-1);
  if (isWordEnd && last) last.text += " ";
  return { runs, width: x };
}

/** One line of at most `width`, shortened with an ellipsis if it must be. */
export function fitLine(fonts: FontBook, text: string, style: TextStyle, width: number): Line {
  const clean = fonts.clean(boundedTitle(text).replace(/\s+/g, " "), style.face).replaceAll("\u00a0", " ");
  const isWide = fonts.width(clean, style.face, style.size) > width;
  const shown = isWide ? `${fitting(fonts, clean, style, width - style.size, true).trimEnd()}…` : clean;
  const shownWidth = fonts.width(shown, style.face, style.size);
  return { runs: [{ text: shown, style, x: 0, width: shownWidth, target: undefined }], width: shownWidth };
}
