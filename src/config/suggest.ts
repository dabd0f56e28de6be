import { closest, distance } from "fastest-levenshtein";

/** `; did you mean \`x\`?` when a known word is close enough to be meant, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const candidate = meant(word.toLowerCase(), known);
  return candidate === undefined ? "" : `; did you mean \`${candidate}\`?`;
}

function meant(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = known.map((one) => one.toLowerCase());
  const candidate = closest(word, lower);
  if (distance(word, candidate) <= tolerance(word)) return known[lower.indexOf(candidate)];
  const longer = known.filter((one) => word.length > 2 && one.toLowerCase().startsWith(word));
  return longer.length === 1 ? longer[0] : undefined;
}

// Two letters swapped are a distance of two, so short words need some room too.
const tolerance = (word: string) => (word.length < 4 ? 1 : Math.ceil(word.length / 3));

/** `a, b or c` */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
