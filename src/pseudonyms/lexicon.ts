export interface Needle {
  /** Folded, in one of the forms in which it may be written. */
  readonly text: string;
  /** Undefined = it stays as it is, with what is in it. */
  readonly pseudonym: string | undefined;
  /** Stands for a person only where nothing adjoins it. */
  readonly isWord: boolean;
}

interface Entry {
  /** The longest first. */
  readonly lengths: number[];
  readonly needles: Map<string, Needle>;
}

/** Names by what they begin with. However many there are, a place in a text costs as much as they have lengths. */
export class Lexicon {
  readonly #entries = new Map<string, Entry>();

  /** The first one of a text stays. */
  add(head: string, needle: Needle): void {
    const entry = this.#entries.get(head) ?? { lengths: [], needles: new Map<string, Needle>() };
    this.#entries.set(head, entry);
    if (entry.needles.has(needle.text)) return;
    entry.needles.set(needle.text, needle);
    const { length } = needle.text;
    if (entry.lengths.includes(length)) return;
    entry.lengths.push(length);
    entry.lengths.sort((a, b) => b - a);
  }

  /** The longest name that stands there and is to be taken for one. */
  at(text: string, index: number, head: string, isMeant: (needle: Needle) => boolean): Needle | undefined {
    const entry = this.#entries.get(head);
    for (const length of entry?.lengths ?? []) {
      const needle = entry?.needles.get(text.slice(index, index + length).toLowerCase());
      if (needle !== undefined && isMeant(needle)) return needle;
    }
    return undefined;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }
}
