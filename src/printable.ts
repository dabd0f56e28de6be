/** Text from sources on its way to a terminal: it may break lines, and must not speak to the terminal. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, "\u{FFFD}");
