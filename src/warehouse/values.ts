import {
  DuckDBDecimalValue,
  DuckDBTimestampTZValue,
  DuckDBTypeId,
  JsonDuckDBValueConverter,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBValueConverter,
  type Json,
} from "@duckdb/node-api";

/**
 * DuckDB value -> what pages and JSON can carry: whole numbers as numbers, instants as ISO 8601 in UTC
 * with seconds, lists as arrays. A number that a double cannot hold exactly stays text.
 */
export const plainValue: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (value instanceof DuckDBTimestampTZValue) return isoInstant(value.micros);
  if (value instanceof DuckDBDecimalValue) return decimal(value);
  if (isDouble(value, type)) return roundedDouble(value);
  return JsonDuckDBValueConverter(value, type, converter);
};

/** Years beyond those of JavaScript's dates are DuckDB's infinities. */
function isoInstant(micros: bigint): string {
  if (Math.abs(Number(micros / 1000n)) > 8.64e15) return micros > 0n ? "infinity" : "-infinity";
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return iso.endsWith(".000Z") ? `${iso.slice(0, -5)}Z` : iso;
}

/** Beyond 15 digits a number would not be exact. */
function decimal(value: DuckDBDecimalValue): Json {
  return Math.abs(Number(value.value)) < 1e15 ? value.toDouble() : value.toString();
}

function isDouble(value: DuckDBValue, type: DuckDBType): value is number {
  return typeof value === "number" && type.typeId === DuckDBTypeId.DOUBLE;
}

/** The last digits of a sum of doubles differ between machines; twelve are more than any reader needs. */
function roundedDouble(value: number): Json {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : String(value);
}
