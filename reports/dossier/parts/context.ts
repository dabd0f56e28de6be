import type { Span } from "../../layout/nodes.ts";
import type { Times } from "../../release/words.ts";

export interface PartContext {
  readonly times: Times;
  /** How a control is named: as a link where the document has a place for it. */
  readonly control: (control: string) => Span;
}
