import type { FontBook } from "./fonts.ts";
import { fitLine } from "./lines.ts";
import type { PackDocument } from "./nodes.ts";
import type { Mark } from "./pages.ts";
import { colours, measure, page, styles } from "./theme.ts";

const HEAD = 48;
const FOOT = page.height - 44;

/** What stands around the text of a page: running head, foot with page number, and the mark of a draft. */
export function furnitureOf(document: PackDocument, fonts: FontBook, number: number, total: number): Mark[] {
  const marks = number === 1 ? [] : runningHead(document, fonts);
  marks.push(...foot(document, fonts, number, total));
  if (document.mark !== undefined) marks.push(draftMark(document.mark, fonts));
  return marks;
}

function runningHead(document: PackDocument, fonts: FontBook): Mark[] {
  const line = fitLine(fonts, document.runningHead, styles.furniture, measure);
  return [
    { kind: "line", line, x: page.left, baseline: HEAD, tag: "header" },
    {
      kind: "rule",
      x: page.left,
      y: HEAD + 7,
      width: measure,
      height: 0,
      thickness: 0.5,
      colour: colours.hairline,
    },
  ];
}

function foot(document: PackDocument, fonts: FontBook, number: number, total: number): Mark[] {
  const numberLine = fitLine(fonts, `page ${number} of ${total}`, styles.furniture, 120);
  const line = fitLine(fonts, document.foot, styles.furniture, measure - numberLine.width - 24);
  return [
    {
      kind: "rule",
      x: page.left,
      y: FOOT - 13,
      width: measure,
      height: 0,
      thickness: 0.5,
      colour: colours.hairline,
    },
    { kind: "line", line, x: page.left, baseline: FOOT, tag: "footer" },
    {
      kind: "line",
      line: numberLine,
      x: page.width - page.right - numberLine.width,
      baseline: FOOT,
      tag: "footer",
    },
  ];
}

/** Upright in the outer margin: seen on every page and every photocopy, and never over the text. */
function draftMark(text: string, fonts: FontBook): Mark {
  const line = fitLine(fonts, text, styles.mark, 300);
  return {
    kind: "line",
    line,
    x: page.width - 26,
    baseline: page.top + line.width,
    tag: "watermark",
    angle: -90,
  };
}
