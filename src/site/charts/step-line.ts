const WIDTH = 160;
const HEIGHT = 18;
const PAD = 2;

/** A share over time as steps, from its first known place to the end of the line; both axes run from 0 to 1. */
export function stepLine(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...later] = points;
  if (first === undefined) return "";
  const x = (value: number) => round(PAD + value * (WIDTH - 2 * PAD));
  const y = (value: number) => round(HEIGHT - PAD - value * (HEIGHT - 2 * PAD));
  const steps = later.map((point) => `H${x(point.x)}V${y(point.y)}`).join("");
  const path = `M${x(first.x)} ${y(0)}V${y(first.y)}${steps}H${x(1)}`;
  return `<svg class="exposure" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(0)}"/><path d="${path}"/></svg>`;
}

const round = (value: number) => String(Number(value.toFixed(1)));
