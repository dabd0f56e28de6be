import { prove } from "./prove.ts";
import { evidence } from "./evidence/seeds.ts";

prove(evidence);
