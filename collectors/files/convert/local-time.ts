import { IANAZone } from "luxon";

const DAY = 86_400_000;
/** Offsets change at full quarters of an hour only, so one answer serves the whole quarter. */
const QUARTER_HOUR = 900_000;

const zones = new Map<string, (instant: number) => number>();

/**
 * The instant at which clocks in `zone` showed `wall` (a clock reading, taken as if it were UTC). Where
 * they showed it twice, because they were put back, the earlier instant; where they skipped it, undefined.
 */
export function instantOfLocal(wall: number, zone: string): number | undefined {
  const offsetAt = offsetsOf(zone);
  const candidates = [offsetAt(wall - DAY), offsetAt(wall + DAY)]
    .map((offset) => ({ offset, instant: wall - offset }))
    .filter(({ offset, instant }) => offsetAt(instant) === offset)
    .map(({ instant }) => instant);
  return candidates.length === 0 ? undefined : Math.min(...candidates);
}

function offsetsOf(zone: string): (instant: number) => number {
  const known = zones.get(zone);
  if (known) return known;
  const offsetAt = rememberingOffsets(IANAZone.create(zone));
  zones.set(zone, offsetAt);
  return offsetAt;
}

function rememberingOffsets(zone: IANAZone): (instant: number) => number {
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER_HOUR);
    const remembered = known.get(quarter);
    if (remembered !== undefined) return remembered;
    const offset = zone.offset(instant) * 60_000;
    known.set(quarter, offset);
    return offset;
  };
}
