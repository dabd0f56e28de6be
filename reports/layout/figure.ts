import type { FontBook } from "./fonts.ts";
import { breakLines, measureText } from "./lines.ts";
import type { Figure } from "./nodes.ts";
import type { Flow, Tag } from "./pages.ts";
import { setLines } from "./prose.ts";
import { styles } from "./theme.ts";

/** A drawing at full width or its own, whichever is less, with its caption on the same page. */
export function layOutFigure(flow: Flow, fonts: FontBook, parent: Tag, figure: Figure, number: number): void {
  const caption = breakLines(
    fonts,
    measureText(fonts, `Figure ${number}. ${figure.caption}`, styles.caption),
    flow.width,
  );
  const captionHeight = caption.length * styles.caption.leading + 6;
  const scale = Math.min(1, flow.width / figure.width, (flow.fullHeight - captionHeight) / figure.height);
  const [width, height] = [figure.width * scale, figure.height * scale];
  flow.need(height + captionHeight);
  const { left: x, y } = flow;
  const tag: Tag = {
    type: "Figure",
    parent,
    options: {
      alt: fonts.clean(figure.alt, "sans"),
      bbox: [x, y + captionHeight, x + width, y + captionHeight + height],
    },
  };
  setLines(flow, caption, styles.caption, { type: "P", parent });
  flow.space(6);
  flow.add({ kind: "svg", svg: fonts.clean(figure.svg, "sans"), x, y: flow.y, width, height, tag });
  flow.y += height;
  flow.space(15);
}
