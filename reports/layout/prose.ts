import type { FontBook } from "./fonts.ts";
import { breakLines, measureText, type Line } from "./lines.ts";
import type { Heading, Paragraph, Text } from "./nodes.ts";
import type { Flow, Tag } from "./pages.ts";
import { boundedTitle } from "./printable.ts";
import { colours, styles, type TextStyle } from "./theme.ts";

/** Room that a heading wants below it, so that it never ends a page. */
const KEEP_WITH_HEADING = 64;

const SPACE_BEFORE = { 1: 12, 2: 30, 3: 18, 4: 12 } as const;
const SPACE_AFTER = { 1: 12, 2: 9, 3: 3, 4: 2 } as const;

export function layOutHeading(flow: Flow, fonts: FontBook, parent: Tag, { level, text, id }: Heading): void {
  const style = styles[`heading${level}`];
  const lines = breakLines(fonts, measureText(fonts, boundedTitle(text), style), flow.width);
  flow.need(SPACE_BEFORE[level] + Math.min(lines.length, 3) * style.leading + KEEP_WITH_HEADING);
  flow.space(SPACE_BEFORE[level]);
  if (id !== undefined) {
    flow.add({ kind: "anchor", name: id, y: flow.y - 12 });
    if (level === 2 || level === 3)
      flow.bookmarks.push({ level, title: text, anchor: id, page: flow.pages.length - 1, y: flow.y - 12 });
  }
  setLines(flow, lines, style, { type: `H${level}`, parent });
  flow.space(SPACE_AFTER[level]);
}

const LOOKS = { lead: styles.lead, small: styles.small, kicker: styles.kicker, code: styles.code } as const;

export function layOutParagraph(flow: Flow, fonts: FontBook, parent: Tag, { text, look }: Paragraph): void {
  const style = look ? LOOKS[look] : styles.body;
  // Lines of 60 to 75 characters read best; small print and leads may use the page.
  const width = look === "small" || look === "code" ? flow.width : flow.width * 0.92;
  setText(flow, fonts, text, style, width, { type: "P", parent });
  flow.space(style.leading * 0.6);
}

export function layOutNote(flow: Flow, fonts: FontBook, parent: Tag, text: Text): void {
  const indent = 12;
  const style = { ...styles.body, colour: colours.muted };
  const lines = breakLines(fonts, measureText(fonts, text, style), flow.width - indent);
  flow.need(Math.min(3, lines.length) * style.leading);
  const from = { page: flow.pages.length, y: flow.y };
  setLines(flow, lines, style, { type: "P", parent }, flow.left + indent, (top, bottom) => {
    flow.add({
      kind: "rule",
      x: flow.left + 1,
      y: top + 2,
      width: 0,
      height: bottom - top - 3,
      thickness: 2,
      colour: colours.hairline,
    });
  });
  if (from.y !== flow.y || from.page !== flow.pages.length) flow.space(9);
}

function setText(flow: Flow, fonts: FontBook, text: Text, style: TextStyle, width: number, tag: Tag): void {
  setLines(flow, breakLines(fonts, measureText(fonts, text, style), width), style, tag);
}

/**
 * Sets lines over as many pages as they need, without leaving one line alone at the end or start of a
 * page. `onStretch` hears of each unbroken stretch, from its top to its bottom.
 */
export function setLines(
  flow: Flow,
  lines: readonly Line[],
  style: TextStyle,
  tag: Tag,
  x = flow.left,
  onStretch?: (top: number, bottom: number) => void,
): void {
  let index = 0;
  while (index < lines.length) {
    const count = linesForPage(flow, lines.length - index, style.leading);
    if (count === 0) {
      flow.newPage();
      continue;
    }
    const top = flow.y;
    for (const line of lines.slice(index, index + count)) {
      flow.add({ kind: "line", line, x, baseline: flow.y + baselineOf(style), tag });
      flow.y += style.leading;
    }
    onStretch?.(top, flow.y);
    index += count;
  }
}

function linesForPage(flow: Flow, wanted: number, leading: number): number {
  const fitting = Math.floor((flow.remaining + 0.01) / leading);
  if (fitting >= wanted) return wanted;
  if (flow.isAtTop) return Math.max(1, fitting);
  if (fitting < 2) return 0;
  return wanted - fitting === 1 ? (fitting === 2 ? 0 : fitting - 1) : fitting;
}

/** Where the letters stand within their line: the face's height is centred in the leading. */
export function baselineOf({ size, leading }: TextStyle): number {
  return (leading - size) / 2 + size * 0.8;
}
