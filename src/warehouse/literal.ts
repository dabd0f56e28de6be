/** A text as SQL writes it, where a statement takes no parameter. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
