import { UsageError } from "../errors.ts";

/** The number that an option means. */
export function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${option}: expected a whole number, found ${JSON.stringify(text)}`);
}
