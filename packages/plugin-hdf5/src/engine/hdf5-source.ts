/** What can be opened as an HDF5 file: a path (in browsers a URL), a `File` or other `Blob`, or bytes. */
export type Hdf5Source = string | URL | Blob | Uint8Array;

/** Whether a value is a source, rather than an open file. */
export function isHdf5Source(value: object | string): value is Hdf5Source {
  return typeof value === 'string' || value instanceof URL || value instanceof Blob || value instanceof Uint8Array;
}
