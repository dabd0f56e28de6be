const numbers = new Intl.NumberFormat("en");

/** 1,234, or with what it is of: `1 request`, `2 requests`. */
export function amount(count: number, what?: string): string {
  const text = numbers.format(count);
  return what === undefined ? text : `${text} ${plural(count, what)}`;
}

const plural = (count: number, what: string) =>
  count === 1 ? what : what.endsWith("y") ? `${what.slice(0, -1)}ies` : `${what}s`;

/** `3 s`, `12 min`, `2 h 10 min`: in the largest units that say enough. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${amount(Math.round(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
