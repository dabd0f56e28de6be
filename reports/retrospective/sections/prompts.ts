import type { Retrospective } from "../../../src/site/retrospective-rows.ts";
import { prompts } from "../../../src/site/words/pain-points.ts";
import { paragraph, ruled, type Section } from "../../layout/nodes.ts";

/** Questions that follow from the data, each with room for what is said. */
export function promptsSection(retrospective: Retrospective): Section {
  const asked = prompts(retrospective);
  return {
    id: "prompts",
    title: "What to talk about",
    nodes: [
      ...(asked.length === 0
        ? [paragraph("Nothing here asks for a discussion. What did the team notice that the data does not show?"), ruled(6)]
        : asked.flatMap((question, at) => [paragraph(`${at + 1}. ${question}`), ruled(2)])),
    ],
  };
}
