import { CATALOGUE, type MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";

/** Values of a column by the message that says each in words. */
export type Names<Value extends string = string> = Readonly<Record<Value, MessageKey>>;

/** A value in words; one that nobody has words for stays as it is. */
export function named(names: Names, value: string): string {
  const key = Object.hasOwn(names, value) ? names[value] : undefined;
  return key === undefined ? value : t(key);
}

/** A title within a sentence: small in English, where other languages keep their capitals. */
export const inSentence = (title: string): string => (isEnglish() ? title.toLowerCase() : title);

/** Words that begin with a capital of their own, within a sentence. */
export const withinSentence = (words: string): string =>
  isEnglish() ? words.charAt(0).toLowerCase() + words.slice(1) : words;

const isEnglish = () => /^en\b/.test(CATALOGUE.current.locale);
