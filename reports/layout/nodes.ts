/**
 * The words in which a section says what it wants printed. Plain objects: a section is a function from
 * data to these, and only the renderer knows PDFKit.
 */

/** A piece of text. `href` links to the web (http and https only), `to` to the `id` of a heading. */
export interface Span {
  readonly text: string;
  readonly strong?: boolean;
  readonly tone?: "ink" | "muted" | "worse";
  readonly href?: string;
  readonly to?: string;
}

/** Text is data: it may come from anybody and may hold anything. */
export type Text = string | Span | readonly (string | Span)[];

export interface Heading {
  readonly kind: "heading";
  /** 1 is the document's title, 2 a section's, 3 a part of it; 4 stands in neither contents nor bookmarks. */
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
  /** Where contents and links lead: lower-case letters, digits, `.` and `-`. */
  readonly id?: string;
}

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: Text;
  /** `lead` is the sentence that says what happened, `small` an aside, `kicker` a line above a title, `code` a command to type. */
  readonly look?: "lead" | "small" | "kicker" | "code";
}

export interface KeyValues {
  readonly kind: "keyValues";
  readonly rows: readonly (readonly [string, Text])[];
}

export interface Column {
  readonly title: string;
  /** Numerals stand right. */
  readonly align?: "left" | "right";
}

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  /** One text per column; a missing value is printed as a dash, never as a blank. */
  readonly rows: readonly (readonly (Text | null)[])[];
  /** Printed under the table. */
  readonly note?: Text;
}

export interface Figure {
  readonly kind: "figure";
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the picture says, for those who do not see it. */
  readonly alt: string;
  readonly caption: string;
}

/** A remark set off by a rule, such as what is missing and which source would bring it. */
export interface Note {
  readonly kind: "note";
  readonly text: Text;
}

export interface Space {
  readonly kind: "space";
  readonly height: number;
}

/** Lines to write on, for what is printed and taken into a meeting. */
export interface Ruled {
  readonly kind: "ruled";
  readonly lines: number;
}

/** What follows begins on a page of its own. */
export interface PageBreak {
  readonly kind: "pageBreak";
}

export type DocumentNode = Heading | Paragraph | KeyValues | Table | Figure | Note | Space | Ruled | PageBreak;

export interface Section {
  /** Lower-case letters, digits, `.` and `-`. */
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly DocumentNode[];
}

export interface Attachment {
  /** Lower-case letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  readonly type: string;
  readonly relationship: "Data" | "Source" | "Supplement";
  readonly description: string;
  readonly content: Uint8Array;
  /** Of a table what it was made of: the folder of the pack holds it as Parquet too. */
  readonly rows?: readonly object[];
}

export interface PackDocument {
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly language: string;
  /** The only time that enters the file. */
  readonly asOf: Date;
  readonly runningHead: string;
  readonly foot: string;
  /** Stands in the margin of every page, such as `DRAFT, unsigned`. */
  readonly mark?: string;
  /** A few pages to be printed need no page that says what is on them; there are bookmarks. */
  readonly isWithoutContents?: true;
  readonly cover: readonly DocumentNode[];
  readonly sections: readonly Section[];
  readonly attachments: readonly Attachment[];
}

export const heading = (level: Heading["level"], text: string, id?: string): Heading => ({
  kind: "heading",
  level,
  text,
  ...(id === undefined ? {} : { id }),
});
export const paragraph = (text: Text, look?: NonNullable<Paragraph["look"]>): Paragraph => ({
  kind: "paragraph",
  text,
  ...(look === undefined ? {} : { look }),
});
export const note = (text: Text): Note => ({ kind: "note", text });
export const keyValues = (rows: KeyValues["rows"]): KeyValues => ({ kind: "keyValues", rows });
export const table = (definition: Omit<Table, "kind">): Table => ({ kind: "table", ...definition });
export const figure = (definition: Omit<Figure, "kind">): Figure => ({ kind: "figure", ...definition });
export const space = (height: number): Space => ({ kind: "space", height });
export const ruled = (lines: number): Ruled => ({ kind: "ruled", lines });
export const pageBreak: PageBreak = { kind: "pageBreak" };

/** A link where the address is one that may be opened, else the text alone. */
export function link(text: string, href: string | null | undefined): Span {
  return href ? { text, href } : { text };
}
