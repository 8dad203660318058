import type { Dialect } from "../nodes.ts";

type Plain = string | number | boolean | null;

/** PyYAML's resolver (YAML 1.1): https://github.com/yaml/pyyaml/blob/main/lib/yaml/resolver.py */
const PY_BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const PY_TRUE = /^(?:y|t|on)/i;
const PY_INT = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$/;
const PY_SEXAGESIMAL = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const PY_FLOAT = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const PY_SEXAGESIMAL_FLOAT = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/;
const CORE_INT = /^[-+]?[0-9]+$/;
const CORE_RADIX = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const CORE_FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
const NULL = /^(?:~|null|Null|NULL)$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NAN = /^\.(?:nan|NaN|NAN)$/;

/** What a plain scalar means. Dates stay strings: nothing here computes with them. */
export function plainValue(text: string, dialect: Dialect, json: boolean): Plain {
  const first = text.charCodeAt(0);
  if (first > 126 || !MAY_MEAN[first]) return text;
  if (NULL.test(text)) return null;
  if (json && JSON_NUMBER.test(text)) return Number(text);
  return dialect === "template" ? pyYaml(text) : core(text);
}

/** First characters of anything that is not a plain string: digits, sign, dot, `~` and the letters of the words. */
const MAY_MEAN: readonly boolean[] = Array.from({ length: 127 }, (_, code) =>
  "0123456789+-.~nNyYtTfFoO".includes(String.fromCharCode(code)),
);

/** What SAM CLI writes for a plain scalar once PyYAML has read it: `false` for `NO`, `2185785799` for `020222070707`, `1.1` for `1.10`. */
export function typedText(text: string, value: Exclude<Plain, string>, json: boolean): string {
  if (typeof value !== "number") return String(value);
  if (json && JSON_NUMBER.test(text)) return Number.isSafeInteger(value) && !text.includes(".") ? String(value) : text;
  if (Number.isNaN(value)) return NAN.test(text) ? ".nan" : text;
  if (!Number.isFinite(value)) return INFINITE.test(text) ? `${value < 0 ? "-" : ""}.inf` : text;
  if (PY_INT.test(text)) return String(exactInteger(text.replaceAll("_", "")));
  return PY_SEXAGESIMAL.test(text) ? String(value) : pyFloat(value);
}

function exactInteger(text: string): bigint {
  const digits = text.replace(/^[-+]/, "");
  const isOctal = /^0\d/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.replace(/^0+(?=\d)/, "")}` : digits);
  return text.startsWith("-") ? -value : value;
}

/** The shortest digits that mean the number, as Python's `repr` and PyYAML put them. */
function pyFloat(value: number): string {
  const [digits = "", power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16)
    return Number.isInteger(value) ? `${Object.is(value, -0) ? "-0" : value}.0` : String(value);
  const sign = exponent < 0 ? "-" : "+";
  return `${digits.includes(".") ? digits : `${digits}.0`}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function pyYaml(text: string): Plain {
  if (PY_BOOL.test(text)) return PY_TRUE.test(text);
  if (PY_INT.test(text)) return pyInteger(text.replaceAll("_", ""));
  if (PY_FLOAT.test(text)) return Number(text.replaceAll("_", ""));
  if (PY_SEXAGESIMAL.test(text) || PY_SEXAGESIMAL_FLOAT.test(text)) return sexagesimal(text.replaceAll("_", ""));
  return special(text);
}

function pyInteger(text: string): number {
  const negative = text.startsWith("-");
  const digits = text.replace(/^[-+]/, "");
  let value: number;
  if (digits.startsWith("0b")) value = Number.parseInt(digits.slice(2), 2);
  else if (digits.startsWith("0x")) value = Number.parseInt(digits.slice(2), 16);
  else if (digits.length > 1 && digits.startsWith("0")) value = Number.parseInt(digits, 8);
  else value = Number(digits);
  return negative ? -value : value;
}

function sexagesimal(text: string): number {
  const negative = text.startsWith("-");
  const value = text
    .replace(/^[-+]/, "")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return negative ? -value : value;
}

function core(text: string): Plain {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (CORE_INT.test(text) || CORE_FLOAT.test(text)) return Number(text);
  if (CORE_RADIX.test(text)) return Number(text);
  return special(text);
}

function special(text: string): Plain {
  if (INFINITE.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NAN.test(text)) return Number.NaN;
  return text;
}
