import en from "./en.json" with { type: "json" };

export type MessageKey = keyof typeof en;

/** All that pages say in one language; texts that sources bring, and what SQL states of them, are no part of it. */
export interface Catalogue {
  /** BCP 47: the language of the words, which plurals are chosen by. */
  readonly locale: string;
  /** BCP 47: how numbers and dates are written; left out = as packs, which are in English, have them. */
  readonly formats?: string | undefined;
  readonly messages: Readonly<Record<MessageKey, string>>;
}

export const ENGLISH: Catalogue = { locale: "en", messages: en };

// Pages are bundled apart from the code that starts the build; both meet here.
const SHARED = Symbol.for("quarterdeck.catalogue");
type Shared = { [SHARED]?: Catalogue | undefined };

/** The catalogue in use: English unless a build says otherwise; packs, which are evidence, are always in English. */
export const CATALOGUE = {
  get current(): Catalogue {
    return (globalThis as Shared)[SHARED] ?? ENGLISH;
  },
  set current(catalogue: Catalogue | undefined) {
    (globalThis as Shared)[SHARED] = catalogue;
  },
};
