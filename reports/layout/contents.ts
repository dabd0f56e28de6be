import type { FontBook } from "./fonts.ts";
import { breakLines, measureText } from "./lines.ts";
import { Flow, type Bookmark, type Tag } from "./pages.ts";
import { boundedTitle } from "./printable.ts";
import { baselineOf, layOutHeading } from "./prose.ts";
import { colours, styles, type TextStyle } from "./theme.ts";

const NUMBER_WIDTH = 36;
const look: Record<2 | 3, { style: TextStyle; indent: number }> = {
  2: { style: { ...styles.body, leading: 21 }, indent: 0 },
  3: { style: { ...styles.cell, leading: 13.5, colour: colours.muted }, indent: 12 },
};

/** The table of contents; `pageOf` tells the printed number of a bookmark's page. */
export function layOutContents(
  fonts: FontBook,
  parent: Tag,
  bookmarks: readonly Bookmark[],
  pageOf: (bookmark: Bookmark) => number,
): Flow {
  const flow = new Flow();
  const section: Tag = { type: "Sect", parent };
  layOutHeading(flow, fonts, section, { kind: "heading", level: 2, text: "Contents", id: "contents" });
  flow.space(6);
  const contents: Tag = { type: "TOC", parent: section };
  for (const bookmark of bookmarks) layOutEntry(flow, fonts, contents, bookmark, pageOf(bookmark));
  flow.rule(flow.y, 0.5, colours.hairline);
  return flow;
}

function layOutEntry(
  flow: Flow,
  fonts: FontBook,
  contents: Tag,
  { level, title, anchor }: Bookmark,
  number: number,
): void {
  const { style, indent } = look[level];
  const target = { destination: anchor };
  const link: Tag = { type: "Reference", parent: { type: "TOCI", parent: contents } };
  const lines = breakLines(
    fonts,
    measureText(fonts, { text: boundedTitle(title) }, style),
    flow.width - indent - NUMBER_WIDTH,
  );
  flow.need(lines.length * style.leading);
  if (level === 2) flow.rule(flow.y, 0.5, colours.hairline);
  const width = fonts.width(String(number), style.face, style.size);
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1;
    const runs = line.runs.map((run) => ({ ...run, text: `${run.text.trimEnd()} `, target }));
    // Title and number are one link, so that a click on either leads there.
    const page = { text: String(number), style, x: flow.width - indent - width, width, target };
    flow.add({
      kind: "line",
      line: { runs: isLast ? [...runs, page] : runs, width: flow.width },
      x: flow.left + indent,
      baseline: flow.y + baselineOf(style),
      tag: link,
    });
    flow.y += style.leading;
  });
}
