/** A tag of a picture with what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (Element | string)[];
}

const PIECE = /<(\/?)([a-z]+)([^>]*?)(\/?)>|[^<]+/gi;
const ATTRIBUTE = / ([a-z][a-z0-9:-]*)="([^"]*)"/gi;

/** Reads what Vega writes: tags that close, texts, and attributes in double quotes, where `>` is written as `&gt;`. */
export function readElement(svg: string): Element {
  const all: Element = { name: "", attributes: new Map(), children: [] };
  const open = [all];
  for (const [text, isEnd, name, attributes = "", isEmpty] of svg.matchAll(PIECE)) {
    const parent = open.at(-1) ?? all;
    if (name === undefined) parent.children.push(text);
    else if (isEnd) open.pop();
    else {
      const element: Element = { name, attributes: new Map(), children: [] };
      for (const [, key = "", value = ""] of attributes.matchAll(ATTRIBUTE)) element.attributes.set(key, value);
      parent.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [first] = all.children;
  if (first === undefined || typeof first === "string") throw new Error("a picture begins with a tag");
  return first;
}

export function writeElement({ name, attributes, children }: Element): string {
  let tag = `<${name}`;
  for (const [key, value] of attributes) tag += ` ${key}="${value}"`;
  if (children.length === 0) return `${tag}/>`;
  return `${tag}>${children.map((child) => (typeof child === "string" ? child : writeElement(child))).join("")}</${name}>`;
}
