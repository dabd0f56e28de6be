import { countsText } from "../../controls/counts.ts";
import { printableLine } from "../../printable.ts";
import type { CheckedControl, Finding } from "../../warehouse/check.ts";

/** Controls with their counts, and under each what was found: a reason is a sentence, which no column can hold. */
export function table(controls: readonly CheckedControl[], limit: number): string {
  const asked = controls.flatMap((control) => [headOf(control), ...listOf(control, limit)]);
  return [...(asked.length === 0 ? ["no controls"] : asked), ""].join("\n");
}

const headOf = (control: CheckedControl) =>
  printableLine(`${control.control} ${control.title} (${control.severity}${control.is_local ? ", local rule" : ""}): ${countsText(control)}`);

function listOf({ control, failed, unknown, exempt, findings, remedy }: CheckedControl, limit: number): string[] {
  const shown = findings.slice(0, limit);
  const more = failed + unknown + exempt - shown.length;
  return [
    ...shown.flatMap(linesOf),
    ...(failed > 0 ? [`  remedy   ${printableLine(remedy)}`] : []),
    ...(more > 0 ? [`  ${more} more: quarterdeck check --control ${control} --limit ${failed + unknown + exempt}`] : []),
    ...(shown.length > 0 || more > 0 ? [""] : []),
  ];
}

function linesOf({ status, unit, service, local_time, reason }: Finding): string[] {
  const facts = [unit, ...(service !== null && unit !== service ? [service] : []), local_time ?? "no date"];
  return [`  ${status.padEnd(8)} ${facts.map(printableLine).join("  ")}`, `           ${printableLine(reason)}`];
}
