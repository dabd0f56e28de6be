import {
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
 * with seconds, lists as arrays. A whole number beyond 2^53 stays exact as text.
 */
export const plainValue: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (typeof value === "bigint") {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (value instanceof DuckDBTimestampTZValue) return isoInstant(value.micros);
  if (isDouble(value, type)) return roundedDouble(value);
  return JsonDuckDBValueConverter(value, type, converter);
};

function isoInstant(micros: bigint): string {
  const iso = new Date(Number(micros / 1000n)).toISOString();
  return iso.endsWith(".000Z") ? `${iso.slice(0, -5)}Z` : iso;
}

function isDouble(value: DuckDBValue, type: DuckDBType): value is number {
  return typeof value === "number" && type.typeId === DuckDBTypeId.DOUBLE;
}

/** The last digits of a sum of doubles differ between machines; twelve are more than any reader needs. */
function roundedDouble(value: number): Json {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : String(value);
}
