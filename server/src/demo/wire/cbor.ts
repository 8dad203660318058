import { ServiceError } from "../serviceError.ts";

const DEEPEST = 32;
const EPOCH_TAG = 1;

/** Writes plain data as CBOR (RFC 8949); dates as seconds since 1970 with tag 1. Members that are undefined are left out. */
export function encodeCbor(value: unknown): Buffer {
  if (value instanceof Date) return Buffer.concat([head(6, EPOCH_TAG), double(value.getTime() / 1000)]);
  if (value === null || value === undefined) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return Buffer.concat([head(3, text.length), text]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)]);
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([k, v]) => [encodeCbor(k), encodeCbor(v)])]);
}

/** Reads CBOR as clients send it: times come as dates, byte strings as buffers. */
export function decodeCbor(bytes: Buffer): unknown {
  try {
    return read({ bytes, at: 0 }, 0);
  } catch {
    throw new ServiceError("SerializationException", 400, "The body is no CBOR that this server reads.");
  }
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

const BREAK = Symbol("break");

function read(cursor: Cursor, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError("too deep");
  const initial = cursor.bytes.readUInt8(cursor.at++);
  const major = initial >> 5;
  const info = initial & 31;
  if (major === 7) return simple(cursor, info);
  const endless = info === 31;
  const length = endless ? Number.POSITIVE_INFINITY : argument(cursor, info);
  if (major === 0) return length;
  if (major === 1) return -1 - length;
  if (major === 2) return take(cursor, length);
  if (major === 3) return endless ? sequence(cursor, length, depth).join("") : take(cursor, length).toString();
  if (major === 4) return sequence(cursor, length, depth);
  if (major === 5) return map(cursor, length, depth);
  const tagged = read(cursor, depth + 1);
  return length === EPOCH_TAG && typeof tagged === "number" ? new Date(tagged * 1000) : tagged;
}

function sequence(cursor: Cursor, length: number, depth: number): readonly unknown[] {
  const found: unknown[] = [];
  while (found.length < length) {
    const entry = read(cursor, depth + 1);
    if (entry === BREAK) break;
    found.push(entry);
  }
  return found;
}

function map(cursor: Cursor, length: number, depth: number): Record<string, unknown> {
  const found: [string, unknown][] = [];
  while (found.length < length) {
    const key = read(cursor, depth + 1);
    if (key === BREAK) break;
    found.push([String(key), read(cursor, depth + 1)]);
  }
  return Object.fromEntries(found);
}

function simple(cursor: Cursor, info: number): unknown {
  if (info === 20) return false;
  if (info === 21) return true;
  if (info === 22 || info === 23) return null;
  if (info === 31) return BREAK;
  if (info === 26) return take(cursor, 4).readFloatBE();
  if (info === 27) return take(cursor, 8).readDoubleBE();
  throw new RangeError("unknown simple value");
}

function argument(cursor: Cursor, info: number): number {
  if (info < 24) return info;
  if (info === 24) return take(cursor, 1).readUInt8();
  if (info === 25) return take(cursor, 2).readUInt16BE();
  if (info === 26) return take(cursor, 4).readUInt32BE();
  if (info === 27) return Number(take(cursor, 8).readBigUInt64BE());
  throw new RangeError("unknown length");
}

function take(cursor: Cursor, length: number): Buffer {
  if (cursor.at + length > cursor.bytes.length) throw new RangeError("too short");
  cursor.at += length;
  return cursor.bytes.subarray(cursor.at - length, cursor.at);
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 0x1_00) return Buffer.from([(major << 5) | 24, value]);
  const wide = value >= 0x1_0000;
  const buffer = Buffer.alloc(wide ? 5 : 3);
  buffer.writeUInt8((major << 5) | (wide ? 26 : 25));
  if (wide) buffer.writeUInt32BE(value, 1);
  else buffer.writeUInt16BE(value, 1);
  return buffer;
}

function number(value: number): Buffer {
  if (!Number.isInteger(value) || Math.abs(value) > 0xffff_ffff) return double(value);
  return value >= 0 ? head(0, value) : head(1, -1 - value);
}

function double(value: number): Buffer {
  const buffer = Buffer.alloc(9);
  buffer.writeUInt8(0xfb);
  buffer.writeDoubleBE(value, 1);
  return buffer;
}
