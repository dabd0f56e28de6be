/** Measures are in points; the rhythm is six of them (eight pixels). */
export const page = { width: 595.28, height: 841.89, top: 84, bottom: 78, left: 62, right: 62 } as const;

export const measure = page.width - page.left - page.right;

/** Where the text of a page ends. */
export const floor = page.height - page.bottom;

export const colours = {
  ink: "#1c1b1a",
  muted: "#5f5a55",
  hairline: "#cdc7bf",
  rule: "#1c1b1a",
  accent: "#1d4f7c",
  worse: "#a4480a",
  /** Of intervals: mixed with paper rather than see-through, which not every reader of archives takes. */
  accentTint: "#b0c1d1",
  worseTint: "#dfbfa9",
} as const;

export type Face = "serif" | "serifStrong" | "sans" | "sansStrong" | "mono";

export interface TextStyle {
  readonly face: Face;
  readonly size: number;
  /** Distance between baselines. */
  readonly leading: number;
  readonly colour: string;
}

const style = (face: Face, size: number, leading: number, colour: string = colours.ink): TextStyle => ({
  face,
  size,
  leading,
  colour,
});

export const styles = {
  heading1: style("serifStrong", 30, 36),
  heading2: style("serifStrong", 18, 24),
  heading3: style("sansStrong", 10.5, 15),
  heading4: style("serifStrong", 11, 15),
  lead: style("serif", 13, 19.5),
  body: style("sans", 10, 15),
  small: style("sans", 8.5, 12, colours.muted),
  kicker: style("sansStrong", 10, 15, colours.muted),
  code: style("mono", 7.5, 11),
  caption: style("sansStrong", 8.5, 12),
  cell: style("sans", 8.5, 12),
  columnTitle: style("sansStrong", 8.5, 12, colours.muted),
  furniture: style("sans", 8, 12, colours.muted),
  mark: style("sansStrong", 9, 12, colours.muted),
} as const satisfies Record<string, TextStyle>;

export const strongFace: Record<Face, Face> = {
  serif: "serifStrong",
  serifStrong: "serifStrong",
  sans: "sansStrong",
  sansStrong: "sansStrong",
  mono: "mono",
};
