/** Version of ctapipe's data model, as in the attributes of files. */
export type DataModelVersion = `v${number}.${number}.${number}`;

/** Whether a version is older than another one. */
export function isBefore(version: DataModelVersion, other: DataModelVersion): boolean {
  const numbers = (text: string): number[] => text.slice(1).split('.').map(Number);
  const [a, b] = [numbers(version), numbers(other)];
  const i = a.findIndex((number, position) => number !== b[position]);
  return i >= 0 && (a[i] ?? 0) < (b[i] ?? 0);
}
