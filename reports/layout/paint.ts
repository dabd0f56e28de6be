import type { PdfDocument, StructureElement } from "./pdfkit.ts";
import svgToPdf from "svg-to-pdfkit";
import { RTL_FEATURES, type FontBook } from "./fonts.ts";
import type { Line, Run, Target } from "./lines.ts";
import type { Artifact, Mark, Tag } from "./pages.ts";
import { plainLine } from "./printable.ts";

const ARTIFACTS: Record<Artifact, Record<string, unknown>> = {
  layout: { type: "Layout" },
  header: { type: "Pagination", attached: ["Top"] },
  footer: { type: "Pagination", attached: ["Bottom"] },
  watermark: { type: "Pagination" },
};

/** Draws marks with PDFKit and builds the structure tree as it goes. */
export class Painter {
  private readonly document: PdfDocument;
  private readonly fonts: FontBook;
  private readonly elements = new Map<Tag, StructureElement>();
  private readonly roots: StructureElement[] = [];
  /** What the open marked content belongs to. */
  private open: Tag | Artifact | undefined;

  constructor(document: PdfDocument, fonts: FontBook) {
    this.document = document;
    this.fonts = fonts;
  }

  page(marks: readonly Mark[]): void {
    this.document.addPage();
    for (const mark of marks) this.mark(mark);
    this.leave();
  }

  /** Ends every element: one that stays open would keep the file from ever being finished. */
  end(): void {
    for (const root of this.roots) root.end();
  }

  private mark(mark: Mark): void {
    switch (mark.kind) {
      case "line":
        return this.line(mark);
      case "rule":
        return this.rule(mark);
      case "svg":
        return this.svg(mark);
      case "empty":
        this.element(mark.tag);
        return;
      case "close":
        this.leave();
        this.element(mark.tag).end();
        this.elements.delete(mark.tag);
        return;
      case "anchor":
        this.document.addNamedDestination(mark.name, "XYZ", null, mark.y, null);
    }
  }

  private line({ line, x, baseline, tag, angle }: Extract<Mark, { kind: "line" }>): void {
    if (angle !== undefined) this.document.save().rotate(angle, { origin: [x, baseline] });
    for (const { target, runs } of stretches(line)) {
      if (target && typeof tag !== "string") this.linked(runs, target, x, baseline, tag);
      else this.within(tag, () => this.runs(runs, x, baseline));
    }
    if (angle !== undefined) {
      this.leave();
      this.document.restore();
    }
  }

  private linked(runs: readonly Run[], target: Target, x: number, baseline: number, parent: Tag): void {
    const tag: Tag = { type: "Link", parent };
    this.within(tag, () => this.runs(runs, x, baseline));
    this.leave();
    const area = areaOf(runs, x, baseline);
    const element = this.element(tag);
    const words = plainLine(runs.map(({ text }) => text).join(" "));
    if ("url" in target)
      this.document.link(...area, target.url, {
        structParent: element,
        Contents: new String(`${words}: ${target.url}`),
      });
    else
      this.document.goTo(...area, target.destination, { structParent: element, Contents: new String(words) });
    // Ended while its page is the current one: PDFKit notes the page of an annotation only then.
    element.end();
    this.elements.delete(tag);
  }

  private runs(runs: readonly Run[], x: number, baseline: number): void {
    for (const run of runs) this.run(run, x + run.x, baseline);
  }

  private run({ text, style }: Run, x: number, baseline: number): void {
    this.document.fillColor(style.colour);
    let at = x;
    for (const segment of this.fonts.segments(text, style.face)) {
      this.fonts.face(segment.font);
      this.document.font(segment.font, style.size);
      if (segment.isRightToLeft) {
        this.document.markContent("Span", { actual: segment.text });
        this.document.text(segment.text, at, baseline, {
          lineBreak: false,
          baseline: "alphabetic",
          features: RTL_FEATURES,
        });
        this.document.endMarkedContent();
      } else {
        this.document.text(segment.text, at, baseline, { lineBreak: false, baseline: "alphabetic" });
      }
      at += this.fonts.segmentWidth(segment, style.size);
    }
  }

  private rule({ x, y, width, height, thickness, colour }: Extract<Mark, { kind: "rule" }>): void {
    this.within("layout", () => {
      this.document.lineWidth(thickness).strokeColor(colour);
      this.document
        .moveTo(x, y)
        .lineTo(x + width, y + height)
        .stroke();
    });
  }

  private svg({ svg, x, y, width, height, tag }: Extract<Mark, { kind: "svg" }>): void {
    this.within(tag, () => {
      svgToPdf(this.document, svg, x, y, {
        width,
        height,
        preserveAspectRatio: "xMidYMid meet",
        assumePt: true,
        fontCallback: (_family, bold) => {
          const name = bold ? "sansStrong" : "sans";
          this.fonts.face(name);
          return name;
        },
        warningCallback: () => {},
      });
    });
    this.leave();
  }

  /** Marks what `draw` prints as belonging to `tag`; neighbours of one element share one marking. */
  private within(tag: Tag | Artifact, draw: () => void): void {
    if (this.open !== tag) {
      this.leave();
      if (typeof tag === "string") this.document.markContent("Artifact", ARTIFACTS[tag]);
      else this.element(tag).add(this.document.markStructureContent(tag.type));
      this.open = tag;
    }
    draw();
  }

  private leave(): void {
    if (this.open !== undefined) this.document.endMarkedContent();
    this.open = undefined;
  }

  private element(tag: Tag): StructureElement {
    const known = this.elements.get(tag);
    if (known) return known;
    const parent = tag.parent && this.element(tag.parent);
    const element = this.document.struct(tag.type, tag.options);
    if (parent) parent.add(element);
    else {
      this.document.addStructure(element);
      this.roots.push(element);
    }
    this.elements.set(tag, element);
    return element;
  }
}

/** Neighbouring runs that lead to the same place, or nowhere. */
function stretches({ runs }: Line): { target: Target | undefined; runs: Run[] }[] {
  const result: { target: Target | undefined; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.target === run.target) last.runs.push(run);
    else result.push({ target: run.target, runs: [run] });
  }
  return result;
}

/** Left, top, width and height of what a click should hit. */
function areaOf(
  runs: readonly Run[],
  x: number,
  baseline: number,
): readonly [number, number, number, number] {
  const left = Math.min(...runs.map((run) => run.x));
  const right = Math.max(...runs.map((run) => run.x + run.width));
  const size = Math.max(...runs.map(({ style }) => style.size));
  const leading = Math.max(...runs.map(({ style }) => style.leading));
  return [x + left, baseline - size, right - left, leading];
}
