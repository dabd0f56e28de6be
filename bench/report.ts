import { writeFileSync } from "node:fs";
import type { Cost } from "./costs.ts";
import { machine } from "./machine.ts";
import type { Options } from "./options.ts";

/** Figures of one benchmark: each a number under its name, such as `peak_gb`. */
export interface Report {
  readonly what: string;
  readonly size: string;
  readonly costs: readonly Cost[];
  readonly figures: Readonly<Record<string, number>>;
}

const rate = ({ rows, seconds }: Cost) => (rows === undefined || seconds === 0 ? "" : Math.round(rows / seconds).toLocaleString("en"));

/** Prints what was measured, with the machine, and writes it as JSON where that is asked for. */
export function report({ what, size, costs, figures }: Report, { json }: Options): void {
  const rounded = (value: number) => Number(value.toPrecision(6));
  console.log(`${what} ${size}, on ${JSON.stringify(machine())}`);
  console.log(`${"wall s".padStart(9)}${"CPU s".padStart(9)}${"rows".padStart(13)}${"rows/s".padStart(12)}`);
  for (const cost of costs) {
    const cells = [cost.seconds.toFixed(2).padStart(9), cost.processor.toFixed(2).padStart(9), (cost.rows?.toLocaleString("en") ?? "").padStart(13), rate(cost).padStart(12)];
    console.log(`${cells.join("")}  ${cost.name}`);
  }
  for (const [name, value] of Object.entries(figures)) console.log(`${String(rounded(value)).padStart(9)}  ${name}`);
  if (json === undefined) return;
  writeFileSync(json, `${JSON.stringify({ what, size, machine: machine(), costs, figures }, null, 2)}\n`);
}
