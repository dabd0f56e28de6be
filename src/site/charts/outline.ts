/** A place in tenths of a pixel: no screen shows less. */
type Place = readonly [x: number, y: number];

/** Lines from place to place, each further one from where the last ended. */
interface Run {
  readonly places: readonly Place[];
  readonly isClosed?: boolean;
}

export const tenths = (value: number): number => Math.round(value * 10) || 0;

/** A place alone is a point, which a line of no length would not show. */
export const drawable = (places: readonly Place[]): readonly Place[] =>
  places.length === 1 ? places.flatMap(([x, y]) => [[x, y], [x + 1, y]] as const) : places;

/** `M4 159.1l5.8.9 5.8-.9h4`: steps are shorter than places, and many are the same. */
export function outline(runs: readonly Run[]): string {
  return runs.map(({ places, isClosed }) => runOutline(places) + (isClosed ? "Z" : "")).join("");
}

function runOutline(places: readonly Place[]): string {
  let text = "";
  let last = "";
  let before = "";
  places.forEach(([x, y], index) => {
    const [fromX, fromY] = places[index - 1] ?? [0, 0];
    const [command, ...steps] = index === 0 ? (["M", x, y] as const) : stepOf(x - fromX, y - fromY);
    if (command !== last) text += command;
    for (const [at, step] of steps.entries()) {
      const number = shortest(step);
      text += at === 0 && command !== last ? number : separated(before, number);
      before = number;
    }
    last = command;
  });
  return text;
}

function stepOf(x: number, y: number): readonly [string, ...number[]] {
  if (y === 0) return ["h", x];
  return x === 0 ? ["v", y] : ["l", x, y];
}

function shortest(value: number): string {
  const text = String(value / 10);
  if (text.startsWith("0.")) return text.slice(1);
  return text.startsWith("-0.") ? `-${text.slice(2)}` : text;
}

/** A sign begins a number, and so does a second point. */
const separated = (before: string, number: string): string =>
  number.startsWith("-") || (number.startsWith(".") && before.includes(".")) ? number : ` ${number}`;

const NUMBER = /-?\d*\.?\d+(?:e-?\d+)?/g;
const STEP = /([a-z])([^a-z]*)/gi;

/** The lines of a path, moved by so many tenths, each height to the nearest grain; nothing where it holds other things than lines. */
export function runsIn(path: string, [left, top]: Place, grain: number): Run[] | undefined {
  const runs: { places: Place[]; isClosed: boolean }[] = [];
  for (const [, command = "", text = ""] of path.matchAll(STEP)) {
    const numbers = (text.match(NUMBER) ?? []).map((number) => tenths(Number(number)));
    const run = command === "M" ? { places: [], isClosed: false } : runs.at(-1);
    if (run === undefined || run.isClosed || numbers.length > 2) return undefined;
    if (command === "M") runs.push(run);
    if (command === "Z") {
      run.isClosed = true;
      continue;
    }
    const to = placeAfter(command, numbers, run.places.at(-1) ?? [0, 0], [left, top]);
    if (to === undefined) return undefined;
    run.places.push(to);
  }
  if (grain === 1) return runs;
  return runs.map(({ places, isClosed }) => ({ places: places.map(([x, y]) => [x, Math.round(y / grain) * grain] as const), isClosed }));
}

function placeAfter(command: string, [first = 0, second = 0]: readonly number[], [x, y]: Place, [left, top]: Place): Place | undefined {
  if (command === "M" || command === "L") return [first + left, second + top];
  if (command === "H") return [first + left, y];
  if (command === "V") return [x, first + top];
  if (command === "h") return [x + first, y];
  if (command === "v") return [x, y + first];
  return undefined;
}
