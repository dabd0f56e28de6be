import type { Warehouse } from "../warehouse/open.ts";
import type * as controls from "./control-rows.ts";
import { reader } from "./read-all.ts";

/** Emergencies that their page lists, and summaries of what one control cannot judge: the CSV has all. */
const LONGEST = 200;

/** What pages of controls show. What controls say of each deployment is read with it. */
export async function readControls(warehouse: Warehouse): Promise<controls.ControlLists> {
  const all = reader(warehouse);
  const first = <Row extends object>(relation: string) =>
    warehouse.rows<Row>(`from ${relation} where position <= ${LONGEST} order by rowid`);
  return {
    controls: await all<controls.ControlRow>("reports.site_control"),
    parameters: await all<controls.ParameterRow>("controls.control_parameter"),
    needs: await all<controls.NeedRow>("controls.control_need"),
    adherence: await all<controls.AdherenceRow>("reports.site_adherence"),
    months: await all<controls.ControlMonthRow>("reports.site_control_month"),
    scopes: await all<controls.ControlScopeRow>("reports.site_control_scope"),
    settings: await all<controls.ControlSettingRow>("reports.site_control_setting"),
    elsewhere: await all<controls.ElsewhereRow>("reports.site_control_elsewhere"),
    emergencyWaves: await first<controls.EmergencyWaveRow>("reports.site_emergency_wave"),
    asserters: await all<controls.AsserterRow>("reports.site_asserter"),
    steps: await all<controls.StepRow>("reports.site_control_step"),
    deviations: await all<controls.DeviationRow>("reports.site_deviation"),
    unknowns: await first<controls.UnknownRow>("reports.site_control_unknown"),
    exemptions: await all<controls.ExemptionRow>("reports.site_exemption"),
    emergencies: await first<controls.EmergencyRow>("reports.site_emergency"),
    emergencyMonths: await all<controls.EmergencyMonthRow>("reports.site_emergency_month"),
    frameworks: await all<controls.FrameworkRow>("controls.framework"),
    clauses: await all<controls.FrameworkClauseRow>("reports.site_framework_clause"),
    pathTypes: await all<controls.PathTypeRow>("reports.site_path_type"),
    pathVariants: await first<controls.PathVariantRow>("reports.site_path_variant"),
    pathWaits: await all<controls.PathWaitRow>("controls.path_wait"),
    changes: await all<controls.ControlChangeRow>("reports.site_control_change"),
  };
}
