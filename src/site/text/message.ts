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
    getNumberFormat: once((options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(formats, options)),
    getDateTimeFormat: once((options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(formats, options)),
    getPluralRules: once((options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options)),
  };
  return new IntlMessageFormat(message, locale, undefined, { formatters });
}

/** A message asks for them again whenever it is formatted, and making one costs more than a hundred uses of it. */
function once<Options, Made>(make: (options?: Options) => Made): (locales: unknown, options?: Options) => Made {
  const known = new Map<string, Made>();
  return (_, options) => {
    const key = JSON.stringify(options);
    const made = known.get(key) ?? make(options);
    known.set(key, made);
    return made;
  };
}

/** A message without markup: `t("wave.count", { waves: 3 })`. */
export function t(key: MessageKey, values?: MessageValues): string {
  const catalogue = CATALOGUE.current;
  const message = catalogue.messages[key];
  // Most have nothing to fill in, and formatting them again on each of thousands of pages costs.
  if (values === undefined && !/[{<']/.test(message)) return message;
  return String(messageFormat(catalogue, key).format(values));
}
