import { hash } from "node:crypto";
import type { Charts } from "../data.ts";

/** So many characters of charts are kept; of what comes after, each is drawn again. */
const MOST = 50_000_000;

/** Charts that are drawn once, however many sites show them. */
export function remembered(charts: Charts): Charts {
  const drawn = new Map<string, Promise<string>>();
  let length = 0;
  const once =
    <Rows extends readonly unknown[]>(name: string, draw: (...rows: Rows) => Promise<string>) =>
    async (...rows: Rows): Promise<string> => {
      const key = hash("sha256", `${name} ${JSON.stringify(rows)}`);
      const known = drawn.get(key);
      if (known !== undefined) return known;
      const svg = draw(...rows);
      if (length < MOST) drawn.set(key, svg);
      length += (await svg).length;
      return svg;
    };
  return {
    ...charts,
    trend: once("trend", (...rows: Parameters<Charts["trend"]>) => charts.trend(...rows)),
    stages: once("stages", (...rows: Parameters<Charts["stages"]>) => charts.stages(...rows)),
    weekdays: once("weekdays", (...rows: Parameters<Charts["weekdays"]>) => charts.weekdays(...rows)),
    forest: once("forest", (...rows: Parameters<Charts["forest"]>) => charts.forest(...rows)),
    quickCheck: once("quick check", (...rows: Parameters<Charts["quickCheck"]>) => charts.quickCheck(...rows)),
  };
}
