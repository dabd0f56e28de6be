import { prove } from "./prove.ts";
import { runner } from "./runner/seeds.ts";

prove(runner);
