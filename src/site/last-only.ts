/** Remembers the last answer: pages ask for the same service in a row, and only one fits in memory. */
export function lastOnly<Answer>(
  read: (service: string) => Promise<Answer>,
): (service: string) => Promise<Answer> {
  let last: { service: string; answer: Promise<Answer> } | undefined;
  return (service) => {
    if (last?.service !== service) last = { service, answer: read(service) };
    return last.answer;
  };
}
