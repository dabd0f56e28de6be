import { prove } from "./prove.ts";
import { tamper } from "./tamper/seeds.ts";

prove(tamper);
