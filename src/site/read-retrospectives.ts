import type { Warehouse } from "../warehouse/open.ts";
import { lastOnly } from "./last-only.ts";
import type * as looking from "./retrospective-rows.ts";

/** The list of all retrospectives. What each says is read team by team. */
export async function readRetrospectiveLists(warehouse: Warehouse): Promise<looking.RetrospectiveLists> {
  return {
    quarters: await warehouse.rows<looking.RetrospectiveRow>("from reports.retrospective_quarter order by rowid"),
    whatIf: await warehouse.rows<looking.WhatIfRow>(
      "from reports.what_if where scope_kind = 'organisation' order by rowid",
    ),
  };
}

type ByQuarter = ReadonlyMap<string, looking.Retrospective>;

export const readRetrospectives = (warehouse: Warehouse): ((team: string) => Promise<ByQuarter>) =>
  lastOnly((team) => retrospectivesOf(warehouse, team));

/** The retrospectives of a team, by quarter. */
export async function retrospectivesOf(warehouse: Warehouse, team: string): Promise<ByQuarter> {
  const of = async <Row extends { quarter: string }>(relation: string, where = "team = $1") =>
    Map.groupBy(
      await warehouse.rows<Row>(`from ${relation} where ${where} order by rowid`, [team]),
      ({ quarter }) => quarter,
    );
  const about = await of<looking.RetrospectiveRow>("reports.retrospective_quarter");
  const metrics = await of<looking.RetrospectiveMetricRow>("reports.retrospective_metric");
  const stages = await of<looking.RetrospectiveStageRow>("reports.retrospective_stage");
  const events = await of<looking.RetrospectiveEventRow>("reports.retrospective_event");
  const slowest = await of<looking.SlowChangeRow>("reports.retrospective_change");
  const painful = await of<looking.PainfulRow>("reports.retrospective_failure");
  const incidents = await of<looking.RetrospectiveIncidentRow>("reports.retrospective_incident");
  const controls = await of<looking.RetrospectiveControlRow>("reports.retrospective_control");
  const habits = await of<looking.HabitRow>("reports.retrospective_pattern");
  const tested = await of<looking.TestedRow>("reports.retrospective_tested");
  const actions = await of<looking.RetrospectiveActionRow>("reports.retrospective_action");
  const decisions = await of<looking.DecisionRow>("reports.retrospective_decision");
  const takeovers = await of<looking.TakeoverRow>("reports.retrospective_takeover");
  const slowStages = await of<looking.SlowStageRow>("reports.retrospective_slow_stage");
  const premortems = await of<looking.PremortemCountRow>("reports.retrospective_premortem");
  const pains = await of<looking.PainRow>("reports.retrospective_pain");
  const whatIf = await of<looking.WhatIfRow>("reports.what_if", "scope_kind = 'team' and scope = $1");
  const [support] = await warehouse.rows<{ tickets: number }>("select count(*) as tickets from model.support_ticket");
  const hasSupport = (support?.tickets ?? 0) > 0;
  return new Map(
    [...about].flatMap(([quarter, [row]]) => {
      if (row === undefined) return [];
      const at = <Row>(rows: ReadonlyMap<string, readonly Row[]>) => rows.get(quarter) ?? [];
      const lists = {
        ...{ metrics: at(metrics), stages: at(stages), events: at(events), slowest: at(slowest), painful: at(painful) },
        ...{ incidents: at(incidents), controls: at(controls), habits: at(habits), actions: at(actions) },
        ...{ decisions: at(decisions), takeovers: at(takeovers), slowStages: at(slowStages), pains: at(pains), whatIf: at(whatIf) },
      };
      const [testedOne] = at(tested);
      const [premortem] = at(premortems);
      return [[quarter, { about: row, ...lists, tested: testedOne, premortem, hasSupport }] as const];
    }),
  );
}
