/** Values by path, `dl1.tel.3.image`: numbers and texts as they are, arrays as a hash of their bytes. */
type Fingerprint = ReadonlyMap<string, unknown>;

/**
 * Parts of an event that are not compared: waveforms are decoded on access, components append to `rejections`, and
 * reconstructors set `parameters.core`.
 */
const SKIPPED: ReadonlySet<string> = new Set(['waveform', 'rejections', 'reason']);

/**
 * Records all values of an object, to find out whether a component changes them.
 *
 * @param ownKey - entries of maps with this key are left out: the results of the component itself
 */
function fingerprint(object: unknown, ownKey?: string): Fingerprint {
  const found = new Map<string, unknown>();
  record(object, '', found, ownKey);
  return found;
}

/** Returns the path of the first value that differs; undefined if none does. */
function firstChange(before: Fingerprint, after: Fingerprint): string | undefined {
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (!Object.is(before.get(path), after.get(path)) || before.has(path) !== after.has(path)) return path;
  }
  return undefined;
}

/**
 * Runs a step of a component and checks that it leaves its arguments unchanged.
 *
 * @param isChecked - false to run the step only
 * @param inputs - arguments by name
 * @throws TypeError naming the changed value
 */
export function leavingUnchanged<T>(
  isChecked: boolean,
  inputs: Readonly<Record<string, unknown>>,
  step: () => T,
  ownKey?: string,
): T {
  if (!isChecked) return step();
  const changeOf = recordInputs(inputs, ownKey);
  const value = step();
  const change = changeOf();
  if (change !== undefined) throw new TypeError(change);
  return value;
}

/**
 * Records the inputs of a component before it runs.
 *
 * @returns function that describes the first change since then; undefined if there is none
 */
export function recordInputs(inputs: Readonly<Record<string, unknown>>, ownKey?: string): () => string | undefined {
  const before = fingerprint(inputs, ownKey);
  return () => {
    const changed = firstChange(before, fingerprint(inputs, ownKey));
    return changed && `${changed} was changed, although it is an input; change a copy instead`;
  };
}

function record(value: unknown, path: string, found: Map<string, unknown>, ownKey: string | undefined): void {
  if (typeof value !== 'object' || value === null) {
    found.set(path, value);
  } else if (ArrayBuffer.isView(value)) {
    found.set(path, hash(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  } else if (value instanceof Map) {
    for (const [key, each] of value as Map<unknown, unknown>) {
      if (key !== ownKey) record(each, `${path}.${String(key)}`, found, ownKey);
    }
  } else {
    for (const [key, each] of Object.entries(value)) {
      const isSkipped = SKIPPED.has(key) || (key === 'core' && path.endsWith('.parameters'));
      if (!isSkipped) record(each, path === '' ? key : `${path}.${key}`, found, ownKey);
    }
  }
}

/** FNV-1a, 32 bits, and the length. */
function hash(bytes: Uint8Array): string {
  let code = 0x811c9dc5;
  for (const byte of bytes) code = Math.imul(code ^ byte, 0x01000193);
  return `${bytes.length} ${code}`;
}
