import { IntlMessageFormat } from "intl-messageformat";
import { CATALOGUE, type Catalogue, type MessageKey } from "./catalogue.ts";

/** What stands in the braces of a message. */
export type MessageValues = Readonly<Record<string, string | number>>;

const made = new WeakMap<Catalogue, Map<MessageKey, IntlMessageFormat>>();

/** A message of the catalogue as ICU MessageFormat, parsed once. */
export function messageFormat(catalogue: Catalogue, key: MessageKey): IntlMessageFormat {
  const formats = made.get(catalogue) ?? new Map<MessageKey, IntlMessageFormat>();
  made.set(catalogue, formats);
  const format = formats.get(key) ?? parsed(catalogue, catalogue.messages[key]);
  formats.set(key, format);
  return format;
}

/** Words and plurals are those of the language, digits those of the locale. */
function parsed({ locale, formats = locale }: Catalogue, message: string): IntlMessageFormat {
  const formatters = {
    getNumberFormat: (_: unknown, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(formats, options),
    getDateTimeFormat: (_: unknown, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(formats, options),
    getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  };
  return new IntlMessageFormat(message, locale, undefined, { formatters });
}

/** A message without markup: `t("wave.count", { waves: 3 })`. */
export function t(key: MessageKey, values?: MessageValues): string {
  const catalogue = CATALOGUE.current;
  const message = catalogue.messages[key];
  // Most have nothing to fill in, and formatting them again on each of thousands of pages costs.
  if (values === undefined && !/[{<']/.test(message)) return message;
  return String(messageFormat(catalogue, key).format(values));
}
