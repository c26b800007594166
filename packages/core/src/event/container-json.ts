import { didYouMean, nameSome } from '@cherenkit/errors';
import { elementTypeOf, TYPED_ARRAYS, type NumericType, type NumericValues } from '@cherenkit/tables';
import { defineMember } from './clone-container.js';
import type { Container, ContainerClass } from './container.js';
import type { Field } from './field.js';
import { isWaveforms, waveformsOf, type Waveforms } from './waveforms.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * Converts the values of a container to plain data for JSON, with the names of the fields as keys.
 *
 * Typed arrays become lists, maps become objects. NaN becomes null, an infinite number `"Infinity"` or `"-Infinity"`, a
 * 64-bit integer of an array a decimal string. Fields without value are left out.
 */
export function containerToJson(container: Container): Members {
  return Object.fromEntries(Object.entries(container).map(([name, value]) => [name, toJson(value)]));
}

function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : finiteText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) {
    return Object.fromEntries(Array.from(value, ([key, each]) => [String(key), toJson(each)]));
  }
  if (isWaveforms(value)) {
    const { samples, nChannels, nPixels, nSamples } = value;
    return { type: elementTypeOf(samples), nChannels, nPixels, nSamples, samples: toJson(samples) };
  }
  if ('toJSON' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJson(each)]));
}

function finiteText(value: number): string | null {
  return Number.isNaN(value) ? null : String(value);
}

/**
 * Makes a container of a class from plain data: what `JSON.parse` returns for the JSON of a container, or what
 * `structuredClone` returns for a container.
 *
 * Members that are no fields of the class, such as those that a plugin added, are kept as they are if the data has the fields
 * of a whole container. In other data, which was written by hand, they are errors.
 *
 * @throws TypeError for data of another form, and for unknown fields
 */
export function containerFrom<C extends Container>(containerClass: ContainerClass<C>, plain: unknown): C {
  return revived(containerClass, plain, containerClass.name);
}

function revived<C extends Container>(containerClass: ContainerClass<C>, plain: unknown, place: string): C {
  const members = membersOf(plain, place);
  const { fields } = containerClass;
  checkNames(members, fields, place);
  const values = Object.entries(members).map(([name, value]): [string, unknown] => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return [name, field && value !== undefined ? revivedValue(value, field, `${place}.${name}`) : value];
  });
  const made = new containerClass(Object.fromEntries(values.filter(([name]) => Object.hasOwn(fields, name))));
  for (const [name, value] of values) if (!Object.hasOwn(fields, name)) defineMember(made, name, value);
  return made;
}

/**
 * Checks the names of data that was written by hand. The data of a container has all of its fields, except those without
 * value.
 *
 * @throws TypeError for an unknown field, with the nearest one
 */
function checkNames(members: Members, fields: ContainerClass['fields'], place: string): void {
  const unknown = Object.keys(members).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length === 0) return;
  const absent = Object.entries(fields).flatMap(([name, { initial }]) =>
    Object.hasOwn(members, name) ? [] : [{ name, isOptional: initial() === undefined }],
  );
  const isWhole = absent.every(({ isOptional }) => isOptional);
  const names = absent.map(({ name }) => name);
  for (const name of unknown) {
    const hint = didYouMean(name.replaceAll('_', ''), names);
    if (hint || !isWhole) {
      const rest = hint || `; the fields are ${nameSome(Object.keys(fields))}`;
      throw new TypeError(`${place}: unknown field ${JSON.stringify(name)}${rest}`);
    }
  }
}

function revivedValue(value: unknown, field: Field, place: string): unknown {
  const { container, keyedBy, column } = field;
  if (container && keyedBy) {
    const entries =
      value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(membersOf(value, place));
    return new Map(
      entries.map(([key, each]) => [
        keyedBy === 'telescope' ? Number(key) : key,
        revived(classFor(each, field, container), each, `${place}[${String(key)}]`),
      ]),
    );
  }
  if (container) return revived(classFor(value, field, container), value, place);
  if (field.element) return typedArray(value, field.element, place);
  switch (column?.type) {
    case 'array':
      return typedArray(value, column.element, place);
    case 'waveforms':
      return waveformsFrom(value, place);
    case 'float32':
    case 'float64':
      return numberFrom(value);
    default:
      return value;
  }
}

/**
 * Returns the first of the classes of a field that has the members and constants of the data, or at least the constants; the
 * declared one if there is none.
 */
function classFor(value: unknown, { alternatives = [] }: Field, declared: ContainerClass): ContainerClass {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const fits = ({ fields }: ContainerClass, hasFurtherMembers: boolean): boolean =>
    members.every(([name, member]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return field ? !field.isConstant || field.initial() === member : hasFurtherMembers;
    });
  const classes = [declared, ...alternatives];
  return classes.find((each) => fits(each, false)) ?? classes.find((each) => fits(each, true)) ?? declared;
}

function waveformsFrom(value: unknown, place: string): Waveforms {
  const {
    samples,
    nChannels,
    nPixels,
    nSamples,
    type = 'float32',
  } = membersOf(value, place) as Members & {
    readonly type?: NumericType;
  };
  return waveformsOf(
    typedArray(samples, type, `${place}.samples`) as Waveforms['samples'],
    Number(nChannels),
    Number(nPixels),
    Number(nSamples),
  );
}

function typedArray(value: unknown, element: NumericType, place: string): NumericValues {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as NumericValues;
  if (!Array.isArray(value)) throw new TypeError(`${place}: expected a list of numbers, found ${describe(value)}.`);
  if (element === 'int64' || element === 'uint64') return TYPED_ARRAYS[element].from(value.map(toBigInt));
  return (TYPED_ARRAYS[element] as Float64ArrayConstructor).from(value, numberFrom);
}

function numberFrom(value: unknown): number {
  return value === null ? NaN : Number(value);
}

function toBigInt(value: unknown): bigint {
  return BigInt(value as string | number);
}

function membersOf(value: unknown, place: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new TypeError(`${place}: expected an object, found ${describe(value)}.`);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
}
