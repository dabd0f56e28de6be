import { shareWidth } from "./columns.ts";
import type { FontBook } from "./fonts.ts";
import { breakLines, measureText, type Line, type MeasuredText } from "./lines.ts";
import type { KeyValues, Table } from "./nodes.ts";
import type { Flow, Tag } from "./pages.ts";
import { baselineOf, setLines } from "./prose.ts";
import { colours, styles } from "./theme.ts";

const GAP = 12;
const PADDING = 4;
const LEADING = styles.cell.leading;
const HAIRLINE = 0.5;
/** A row up to this share of a page moves to the next page as a whole; a higher one is split. */
const WHOLE_ROW = 0.35;
/** A split row begins only where this many of its lines fit. */
const FEWEST_LINES = 3;

/** Of a note so many lines stay below the table's last row. */
const MOST_NOTE_LINES = 6;

/** What stands for a missing value. */
export const MISSING = "–";

interface Track {
  readonly x: number;
  readonly width: number;
  readonly isRight: boolean;
}

interface Cell {
  readonly track: Track;
  readonly lines: readonly Line[];
  readonly tag: Tag | "layout";
}

/** A table with caption, head repeated on every page, and rows that may run over pages. */
export function layOutTable(flow: Flow, fonts: FontBook, parent: Tag, table: Table, number: number): void {
  const tag: Tag = { type: "Table", parent };
  const columns = table.columns.map(({ title, align }, index) => ({
    isRight: align === "right",
    title: measureText(fonts, title, styles.columnTitle),
    cells: table.rows.map((row) => measureText(fonts, row[index] ?? MISSING, styles.cell)),
  }));
  const tracks = tracksOf(flow, columns);
  const linesOf = (row: (column: (typeof columns)[number]) => MeasuredText | undefined) =>
    tracks.map(({ track, column }) => ({
      track,
      lines: breakLines(fonts, row(column) ?? column.title, track.width),
    }));
  const titles = linesOf(({ title }) => title);
  const repeatHead = () => {
    drawHead(
      flow,
      titles.map((title) => ({ ...title, tag: "layout" })),
    );
  };

  const firstRow = table.rows.length > 0 ? height(linesOf(({ cells }) => cells[0])) : 0;
  flow.need(2 * LEADING + height(titles) + Math.min(firstRow, 5 * LEADING) + 2 * PADDING + 12);
  layOutCaption(flow, fonts, tag, `Table ${number}. ${table.caption}`);
  const headRow: Tag = { type: "TR", parent: { type: "THead", parent: tag } };
  drawHead(
    flow,
    titles.map((title) => ({ ...title, tag: { type: "TH", parent: headRow, options: { scope: "Column" } } })),
  );
  const body: Tag = { type: "TBody", parent: tag };
  const note =
    table.note === undefined
      ? []
      : breakLines(fonts, measureText(fonts, table.note, styles.small), flow.width);
  const noteHeight =
    note.length === 0 ? 0 : 3 + Math.min(note.length, MOST_NOTE_LINES) * styles.small.leading;
  table.rows.forEach((_, index) => {
    const row: Tag = { type: "TR", parent: body };
    const cells = linesOf((column) => column.cells[index]).map((cell) => ({
      ...cell,
      tag: { type: "TD", parent: row },
    }));
    const isLast = index === table.rows.length - 1;
    // The last row goes to the next page with the note, rather than leave it there alone.
    const below =
      isLast && index > 0 && height(cells) + noteHeight < flow.fullHeight * WHOLE_ROW ? noteHeight : 0;
    layOutRow(flow, cells, repeatHead, { isLast, below });
    flow.add({ kind: "close", tag: row });
  });
  flow.add({ kind: "close", tag });
  if (note.length > 0) {
    flow.space(3);
    setLines(flow, note, styles.small, { type: "P", parent });
  }
  flow.space(15);
}

function layOutCaption(flow: Flow, fonts: FontBook, table: Tag, text: string): void {
  flow.space(3);
  setLines(flow, breakLines(fonts, measureText(fonts, text, styles.caption), flow.width), styles.caption, {
    type: "Caption",
    parent: table,
  });
  flow.space(3);
}

interface MeasuredColumn {
  readonly isRight: boolean;
  readonly title: MeasuredText;
  readonly cells: readonly MeasuredText[];
}

function tracksOf<Column extends MeasuredColumn>(
  flow: Flow,
  columns: readonly Column[],
): { track: Track; column: Column }[] {
  const widths = shareWidth(columns.map(needOf), flow.width - GAP * (columns.length - 1));
  let x = flow.left;
  return columns.map((column, index) => {
    const track = { x, width: widths[index] ?? 0, isRight: column.isRight };
    x += track.width + GAP;
    return { track, column };
  });
}

function needOf({ title, cells }: MeasuredColumn): { minimum: number; natural: number } {
  let { longestWord, natural } = title;
  for (const cell of cells) {
    longestWord = Math.max(longestWord, cell.longestWord);
    natural = Math.max(natural, cell.natural);
  }
  // A little more, so that what was measured as a whole still fits when it is set.
  return { minimum: longestWord + 0.5, natural: natural + 0.5 };
}

function lineCount(cells: readonly Pick<Cell, "lines">[]): number {
  return cells.reduce((count, { lines }) => Math.max(count, lines.length), 1);
}

function height(cells: readonly Pick<Cell, "lines">[]): number {
  return lineCount(cells) * LEADING + 2 * PADDING;
}

/** Titles stand on one line at the bottom. A repeated head is no content: who listens to the table hears it once. */
function drawHead(flow: Flow, cells: readonly Cell[]): void {
  const lowest = lineCount(cells);
  flow.rule(flow.y, 0.8, colours.rule);
  for (const cell of cells)
    drawCell(flow, cell, cell.lines, flow.y + PADDING + (lowest - cell.lines.length) * LEADING);
  flow.y += height(cells);
  flow.rule(flow.y, HAIRLINE, colours.rule);
}

function drawCell(flow: Flow, { track, tag }: Cell, lines: readonly Line[], top: number): void {
  if (tag !== "layout" && lines.every(({ runs }) => runs.length === 0)) flow.add({ kind: "empty", tag });
  lines.forEach((line, row) => {
    const indent = track.isRight ? track.width - line.width : 0;
    flow.add({
      kind: "line",
      line,
      x: track.x + indent,
      baseline: top + row * LEADING + baselineOf(styles.cell),
      tag,
    });
  });
}

const fittingLines = (flow: Flow): number => Math.floor((flow.remaining - 2 * PADDING + 0.01) / LEADING);

interface RowPlace {
  readonly isLast: boolean;
  /** Room that is wanted below it. */
  readonly below: number;
}

function layOutRow(
  flow: Flow,
  cells: readonly Cell[],
  repeatHead: () => void,
  { isLast, below }: RowPlace,
): void {
  const count = lineCount(cells);
  const isWhole = height(cells) <= flow.fullHeight * WHOLE_ROW;
  const fitting = fittingLines(flow);
  const isCrowded = below > 0 && flow.remaining < height(cells) + below;
  if (isCrowded || (fitting < count && (isWhole || fitting < FEWEST_LINES))) {
    flow.newPage();
    repeatHead();
  }
  drawRow(flow, cells, repeatHead);
  flow.rule(flow.y, isLast ? 0.8 : HAIRLINE, isLast ? colours.rule : colours.hairline);
}

/** Draws as many lines of every cell as the page takes, and goes on on the next. */
function drawRow(flow: Flow, cells: readonly Cell[], repeatHead: () => void): void {
  const count = lineCount(cells);
  for (let from = 0; from < count;) {
    const until = Math.min(count, from + Math.max(1, fittingLines(flow)));
    for (const cell of cells) {
      if (from < Math.max(cell.lines.length, 1))
        drawCell(flow, cell, cell.lines.slice(from, until), flow.y + PADDING);
    }
    flow.y += (until - from) * LEADING + 2 * PADDING;
    from = until;
    if (from === count) return;
    flow.rule(flow.y, HAIRLINE, colours.hairline);
    flow.newPage();
    repeatHead();
  }
}

/** Names on the left, what they stand for on the right: a table whose heads are its first column. */
export function layOutKeyValues(flow: Flow, fonts: FontBook, parent: Tag, { rows }: KeyValues): void {
  const tag: Tag = { type: "Table", parent };
  const body: Tag = { type: "TBody", parent: tag };
  const pairs = rows.map(([key, value]) => ({
    key: measureText(fonts, key, styles.columnTitle),
    value: measureText(fonts, value, styles.cell),
  }));
  const keyWidth = Math.min(Math.max(...pairs.map(({ key }) => key.natural), 60) + 0.5, flow.width * 0.3);
  const left: Track = { x: flow.left, width: keyWidth, isRight: false };
  const indent = keyWidth + 1.5 * GAP;
  const right: Track = { x: flow.left + indent, width: flow.width - indent, isRight: false };
  const all = pairs.map(({ key, value }): Cell[] => {
    const row: Tag = { type: "TR", parent: body };
    return [
      {
        track: left,
        lines: breakLines(fonts, key, left.width),
        tag: { type: "TH", parent: row, options: { scope: "Row" } },
      },
      { track: right, lines: breakLines(fonts, value, right.width), tag: { type: "TD", parent: row } },
    ];
  });
  // What is read together stays together, as long as that leaves no great hole.
  const total = all.reduce((sum, cells) => sum + height(cells), 0);
  if (total <= flow.fullHeight * WHOLE_ROW) flow.need(total);
  for (const cells of all) {
    flow.need(Math.min(lineCount(cells), 4) * LEADING + 2 * PADDING);
    flow.rule(flow.y, HAIRLINE, colours.hairline);
    drawRow(flow, cells, () => {});
  }
  flow.add({ kind: "close", tag });
  flow.space(15);
}
