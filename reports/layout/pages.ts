import type { StructureOptions } from "./pdfkit.ts";
import type { Line } from "./lines.ts";
import { floor, page } from "./theme.ts";

/** A node of the structure tree, which tells a screen reader what a piece of the page is. */
export interface Tag {
  readonly type: string;
  readonly parent: Tag | undefined;
  readonly options?: StructureOptions;
}

/** What is not content: rules, repeated table heads, running heads. */
export type Artifact = "layout" | "header" | "footer" | "watermark";

export type Mark =
  | {
      readonly kind: "line";
      readonly line: Line;
      readonly x: number;
      readonly baseline: number;
      readonly tag: Tag | Artifact;
      readonly angle?: number;
    }
  | {
      readonly kind: "rule";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly thickness: number;
      readonly colour: string;
    }
  | {
      readonly kind: "svg";
      readonly svg: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tag: Tag;
    }
  /** An element that is there though nothing is printed in it, such as an empty cell. */
  | { readonly kind: "empty"; readonly tag: Tag }
  /** Nothing more belongs to this element: its objects can be written and forgotten. */
  | { readonly kind: "close"; readonly tag: Tag }
  | { readonly kind: "anchor"; readonly name: string; readonly y: number };

export interface Bookmark {
  readonly level: 2 | 3;
  readonly title: string;
  readonly anchor: string;
  /** Counted from the first page of the flow that it stands in. */
  readonly page: number;
  readonly y: number;
}

export interface Page {
  readonly marks: Mark[];
}

/** A place in a flow that can be gone back to. */
export interface Place {
  readonly pages: number;
  readonly marks: number;
  readonly bookmarks: number;
  readonly y: number;
}

/** Fills pages from top to bottom. Everything that lays out works against this and never draws. */
export class Flow {
  readonly pages: Page[] = [];
  readonly bookmarks: Bookmark[] = [];
  private current: Page = { marks: [] };
  readonly left: number = page.left;
  readonly width: number = page.width - page.left - page.right;
  y: number = page.top;

  constructor() {
    this.pages.push(this.current);
  }

  get remaining(): number {
    return floor - this.y;
  }

  get isAtTop(): boolean {
    return this.y === page.top;
  }

  get fullHeight(): number {
    return floor - page.top;
  }

  newPage(): void {
    this.current = { marks: [] };
    this.pages.push(this.current);
    this.y = page.top;
  }

  /** Goes to the next page unless this much room is left; content higher than a page starts where it is. */
  need(height: number): void {
    if (this.remaining < height && !this.isAtTop) this.newPage();
  }

  place(): Place {
    const { pages, current, bookmarks, y } = this;
    return { pages: pages.length, marks: current.marks.length, bookmarks: bookmarks.length, y };
  }

  /** Takes back everything since then. */
  goBack({ pages, marks, bookmarks, y }: Place): void {
    this.pages.length = pages;
    this.current = this.pages.at(-1) ?? this.current;
    this.current.marks.length = marks;
    this.bookmarks.length = bookmarks;
    this.y = y;
  }

  /** Whether everything since then stands on later pages. */
  hasLeft({ pages, marks }: Place): boolean {
    return this.pages.length > pages && this.pages[pages - 1]?.marks.length === marks;
  }

  add(mark: Mark): void {
    this.current.marks.push(mark);
  }

  rule(y: number, thickness: number, colour: string, x = this.left, width = this.width): void {
    this.add({ kind: "rule", x, y, width, height: 0, thickness, colour });
  }

  space(height: number): void {
    if (!this.isAtTop) this.y = Math.min(this.y + height, floor);
  }
}
