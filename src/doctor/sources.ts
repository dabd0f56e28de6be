import type { Check, CheckContext } from "../../collectors/contract.ts";
import { collectorOf, type SourceConfig } from "../../collectors/registry.ts";
import { KnownError } from "../errors.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { sourceStates, type SourceState } from "../warehouse/source-state.ts";
import { age, counted, type Finding, inSection } from "./finding.ts";

const { ok, warning, problem } = inSection("sources");

const STALE_DAYS = 7;

/** Whether each source can be read, and what became of its last collection. */
export async function* sourceFindings(
  sources: Readonly<Record<string, SourceConfig>>,
  warehouse: Warehouse | undefined,
  context: CheckContext,
): AsyncGenerator<Finding> {
  const states = warehouse && new Map((await sourceStates(warehouse)).map((state) => [state.source, state]));
  if (Object.keys(sources).length === 0)
    yield problem(
      "sources",
      "none is configured",
      "name one under `sources`, or let `quarterdeck init` write one",
    );
  for (const [name, options] of Object.entries(sources)) {
    for await (const check of checksOf(name, options, context)) {
      yield { section: "sources", ...check, subject: `${name}: ${check.subject}` };
    }
    if (states) yield freshness(name, states.get(name), context.now);
  }
}

async function* checksOf(name: string, options: SourceConfig, context: CheckContext): AsyncGenerator<Check> {
  try {
    const collector = await collectorOf(options);
    if (collector.check) yield* collector.check(options, context);
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    yield {
      status: "problem",
      subject: options.collector,
      message: error.message,
      remedy: `correct sources.${name}`,
    };
  }
}

function freshness(source: string, state: SourceState | undefined, now: Date): Finding {
  if (state === undefined)
    return warning(source, "never collected", `quarterdeck collect --source ${source}`);
  const when =
    state.collected_at === null ? "never to its end" : `${age(new Date(state.collected_at), now)} ago`;
  if (!state.is_complete) {
    return problem(
      source,
      `run ${state.run_id} failed; last collected ${when}\n${state.message ?? ""}`,
      `mend that, then quarterdeck collect --source ${source}`,
    );
  }
  if (state.rejected > 0) {
    return warning(
      source,
      `last collected ${when}, ${counted(state.rejected, "row")} rejected`,
      "quarterdeck query current_rejected_row, which names file, line and reason",
    );
  }
  const isStale =
    state.collected_at !== null && now.getTime() - Date.parse(state.collected_at) > STALE_DAYS * 86_400_000;
  if (isStale) return warning(source, `last collected ${when}`, "let a scheduler run quarterdeck collect");
  return ok(source, `last collected ${when}; goes on from where ${state.streams ?? "nothing"} stopped`);
}
