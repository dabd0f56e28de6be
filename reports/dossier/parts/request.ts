import { keyValues, link, note, type DocumentNode, type Text } from "../../layout/nodes.ts";
import { type Times } from "../../release/words.ts";
import type { Dossier, RequestRow } from "../data.ts";
import type { PartContext } from "./context.ts";

export function requestPart({ requests }: Dossier, { times }: PartContext): DocumentNode[] {
  if (requests.length === 0)
    return [
      note(
        "No change request is known that it goes by: it names none that is among those collected, nor does a change in it.",
      ),
    ];
  return requests.map((row) => keyValues(requestRows(row, times)));
}

function requestRows(row: RequestRow, times: Times): (readonly [string, Text])[] {
  const given = (key: string, value: string | null): (readonly [string, Text])[] =>
    value === null ? [] : [[key, value]];
  const window =
    row.planned_start === null && row.planned_end === null
      ? "no window planned"
      : `${times.minute(row.planned_start) ?? "–"} to ${times.minute(row.planned_end) ?? "–"}`;
  return [
    [
      "Change request",
      [link(row.native_id, row.url), row.title === null ? "" : `: ${row.title}`, ` (${row.via})`],
    ],
    ["Type and risk", `${row.type ?? "type not stated"}; risk ${row.risk ?? "not stated"}`],
    [
      "Filed",
      `${times.minute(row.created_at) ?? "time not recorded"}, by ${row.requested_by}; status ${row.status ?? "not stated"}${row.closed_at === null ? "" : `, closed ${times.minute(row.closed_at) ?? ""}`}`,
    ],
    ["Planned window", window],
    ...given("What", row.description),
    ...given("Why", row.reason),
    ...given("Impact", row.impact),
    ["Rollback plan", row.rollback_plan ?? "none stated"],
    ["Test plan", row.test_plan ?? "none stated"],
  ];
}
