import { prove } from "./prove.ts";
import { runnerKills } from "./runner/kills.ts";

prove(runnerKills);
