import { IntlMessageFormat } from "intl-messageformat";
import { CATALOGUE, type Catalogue, type MessageKey } from "./catalogue.ts";

/** What stands in the braces of a message. */
export type MessageValues = Readonly<Record<string, string | number>>;

const made = new WeakMap<Catalogue, Map<MessageKey, IntlMessageFormat>>();

/** A message of the catalogue as ICU MessageFormat, parsed once. */
export function messageFormat(catalogue: Catalogue, key: MessageKey): IntlMessageFormat {
  const formats = made.get(catalogue) ?? new Map<MessageKey, IntlMessageFormat>();
  made.set(catalogue, formats);
  const format = formats.get(key) ?? new IntlMessageFormat(catalogue.messages[key], catalogue.locale);
  formats.set(key, format);
  return format;
}

/** A message without markup: `t("wave.count", { waves: 3 })`. */
export function t(key: MessageKey, values?: MessageValues): string {
  const catalogue = CATALOGUE.current;
  const message = catalogue.messages[key];
  // Most have nothing to fill in, and formatting them again on each of thousands of pages costs.
  if (values === undefined && !/[{<']/.test(message)) return message;
  return String(messageFormat(catalogue, key).format(values));
}
