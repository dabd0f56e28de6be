import { named, type InlineScript } from "../scripts/inline.ts";
import css from "./site.css?raw";

/** Notes and indents are for us. */
const code = css
  .replace(/\/\*[^]*?\*\//g, "")
  .replace(/\s+/g, " ")
  .replace(/ ?([{};,>]) ?/g, "$1")
  .trim();

/** The style of every page, and how their policy names it. */
export const STYLE: InlineScript = named(code);
