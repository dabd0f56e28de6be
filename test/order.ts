import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Which files begin first. Vitest knows how large a file is, not how long it takes nor what it waits for. */
const ORDER: readonly RegExp[] = [
  // Small files that wait for processes: last of all, one would run on alone.
  /\/soak\/[\w-]+\.test\.ts$/,
  // Builds the site that the last group waits for; the next two need none of it and give it the time.
  /\/acme-numbers\.system\./,
  /\/(?:package|same-bytes)\.system\./,
  /\/acme-pages\.system\./,
];
const WAITS_FOR_THE_SITE =
  /\/(?:acme-(?:readers|process|hosts|audiences)|stories|postgres|retrospective|period|pseudonyms)\.system\./;

function placeOf({ moduleId }: TestSpecification): number {
  const place = ORDER.findIndex((pattern) => pattern.test(moduleId));
  if (place >= 0) return place;
  return ORDER.length + (WAITS_FOR_THE_SITE.test(moduleId) ? 1 : 0);
}

export class BuildersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
