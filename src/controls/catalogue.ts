import { DataError } from "../errors.ts";
import { placeOf, type QueryFile } from "../warehouse/query-file.ts";
import type { ControlHeader, ParameterValue } from "./entry.ts";
import { cite, mappingFindings, type Framework } from "./frameworks.ts";
import type { ControlSettings } from "./settings.ts";

type Control = QueryFile & { readonly header: ControlHeader & QueryFile["header"] };

/** Settings as the configuration document lists them. */
export type SettingsInForce = readonly (ControlSettings & { readonly control: string })[];

export interface Catalogue {
  /** As raw.control_catalogue keeps it. */
  readonly document: object;
  /** `getvariable` name -> value: `<relation's name>_<parameter>`. */
  readonly variables: Readonly<Record<string, ParameterValue | bigint>>;
}

const isControl = (file: QueryFile): file is Control => file.header.control !== undefined;

/** Files without the controls that the configuration switches off. */
export function enabledFiles(files: readonly QueryFile[], settings: SettingsInForce): QueryFile[] {
  const off = new Set(settings.filter(({ enabled }) => !enabled).map(({ control }) => control));
  return files.filter(({ header }) => header.control === undefined || !off.has(header.control));
}

/**
 * What controls there are, how they are set and which frameworks they give evidence for.
 * @throws {DataError} for two controls of one id, for a setting of a control or parameter and a mapping to a clause that there is not
 */
export function catalogueOf(files: readonly QueryFile[], settings: SettingsInForce, frameworks: readonly Framework[]): Catalogue {
  const controls = files.filter(isControl).toSorted((a, b) => (a.header.control < b.header.control ? -1 : 1));
  controls.forEach((control, index) => refuseTwin(control, controls[index - 1]));
  controls.forEach((control) => checkMapping(control, frameworks));
  controls.forEach(checkSteps);
  const known = new Map(controls.map((control) => [control.header.control, control]));
  for (const setting of settings) checkSetting(setting, known.get(setting.control), [...known.keys()]);
  const set = new Map(settings.map((setting) => [setting.control, setting]));
  const entries = controls.map((control) => entryOf(control, set.get(control.header.control)));
  return {
    document: { controls: entries, frameworks: frameworks.map(frameworkEntry) },
    variables: Object.fromEntries(
      entries.flatMap(({ relation, parameters }) =>
        parameters.map(({ name, value }) => [`${relation.replace("controls.", "")}_${name}`, wholeAsBigint(value)]),
      ),
    ),
  };
}

function refuseTwin(control: Control, other: Control | undefined): void {
  if (other?.header.control !== control.header.control) return;
  throw new DataError(`${placeOf(control)}: its id ${control.header.control} is that of ${placeOf(other)}: give one of them another`);
}

function checkMapping(control: Control, frameworks: readonly Framework[]): void {
  const [finding] = mappingFindings(control.header.frameworks, frameworks);
  if (finding !== undefined) throw new DataError(`${placeOf(control)}: frameworks.${finding.path.join(".")}: ${finding.message}`);
}

/** A step for words that no reason says would never be told. */
function checkSteps(control: Control): void {
  const lost = control.header.steps.find(({ when }) => !control.sql.includes(when.replaceAll("'", "''")));
  if (lost === undefined) return;
  throw new DataError(`${placeOf(control)}: steps: no reason in its SELECT says ${JSON.stringify(lost.when)}: name words of one`);
}

const frameworkEntry = (framework: Framework) => ({
  ...framework,
  note: framework.note ?? null,
  is_local: framework.isLocal,
  clauses: framework.clauses.map((clause, index) => ({ ...clause, position: index + 1, cited: cite(framework, clause.clause) })),
});

function checkSetting({ control, parameters, enabled }: SettingsInForce[number], found: Control | undefined, known: readonly string[]) {
  const key = `quarterdeck.yaml: controls.${control}`;
  // One that is switched off is left out of the files.
  if (found === undefined && enabled) throw new DataError(`${key}: there is no such control; there are ${known.join(", ")}`);
  for (const [name, value] of Object.entries(found === undefined ? {} : parameters)) {
    const parameter = found?.header.parameters[name];
    const names = Object.keys(found?.header.parameters ?? {}).join(", ");
    if (parameter === undefined) throw new DataError(`${key}.parameters.${name}: it has no such parameter; it has ${names === "" ? "none" : names}`);
    if (kindOf(value) !== kindOf(parameter.default)) throw new DataError(`${key}.parameters.${name}: expected a ${kindOf(parameter.default)}`);
  }
}

/** To queries a number without decimals is one that counts. */
const wholeAsBigint = (value: ParameterValue) => (typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value);

const kindOf = (value: ParameterValue) => (Array.isArray(value) ? "list" : typeof value);

function entryOf({ header, relation, file, isLocal }: Control, settings: ControlSettings | undefined) {
  const parameters = Object.entries(header.parameters).map(([name, { default: preset, description, unit }]) => {
    const value = settings?.parameters[name] ?? preset;
    return { name, value, preset, description, unit: unit ?? null };
  });
  return {
    control: header.control,
    relation,
    family: file.split("/").at(-2) ?? null,
    title: header.title,
    question: header.question,
    rule: header.rule ?? null,
    version: header.version ?? null,
    units: header.units,
    severity: settings?.severity ?? header.severity,
    severity_preset: header.severity,
    owner: header.owner,
    remedy: header.remedy,
    steps: header.steps,
    needs: header.needs,
    parameters,
    frameworks: Object.entries(header.frameworks).map(([framework, clauses]) => ({ framework, clauses })),
    scope: settings?.scope ?? {},
    decided_because: settings?.reason ?? null,
    decided_by: settings?.by ?? null,
    decided_since: settings?.since ?? null,
    is_local: isLocal,
  };
}
