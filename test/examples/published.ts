/** The entry with this anchor. */
export function articleOf(html: string, anchor: string): string | undefined {
  return new RegExp(`<article id="${anchor}".*?</article>`, "s").exec(html)?.[0];
}

/** The section with this anchor; sections hold no others. */
export function sectionOf(html: string, anchor: string): string | undefined {
  return new RegExp(`<section [^>]*id="${anchor}".*?</section>`, "s").exec(html)?.[0];
}

/** What a reader sees, words apart by one space. */
export function textOf(html: string): string {
  return html
    .replace(/<style.*?<\/style>|<script.*?<\/script>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replace(/[\s\u202f]+/g, " ");
}
