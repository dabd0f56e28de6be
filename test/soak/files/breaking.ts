import type { Collector, Page, Stream } from "../../../collectors/contract.ts";
import { collectorOf, type SourceConfig } from "../../../collectors/registry.ts";
import type { Chance } from "../../support/chance.ts";

/** The collectors as they are, save that so many of a hundred pages never come. */
export function breaking(chance: Chance, often: number) {
  return async (source: SourceConfig): Promise<Collector> => {
    const whole = await collectorOf(source);
    return {
      ...whole,
      streams: (config) => whole.streams(config).map((stream) => cut(stream, chance, often)),
    };
  };
}

function cut<Config>(stream: Stream<Config>, chance: Chance, often: number): Stream<Config> {
  return {
    ...stream,
    needs: [],
    async *pages(...asked): AsyncGenerator<Page> {
      for await (const page of stream.pages(...asked)) {
        if (chance.percent(often)) throw new Error("broken off");
        yield page;
      }
    },
  };
}
