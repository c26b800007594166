import { Hdf5File, type Hdf5Table } from '@cherenkit/plugin-hdf5';

/** Tables that say how a file was made: they differ between the outputs of one run and those of several. */
const PROVENANCE = /^\/cherenkit\/(?:configuration|service\/(?:plugins|merged))$/;

/** Names the tables of two files that differ in their columns or in the bytes of their rows, or that only one of them has. */
export async function differentTables(first: string, second: string): Promise<string[]> {
  await using a = await Hdf5File.open(first);
  await using b = await Hdf5File.open(second);
  const paths = new Set([...(await a.paths()), ...(await b.paths())].filter((path) => !PROVENANCE.test(path)));
  const different: string[] = [];
  for (const path of paths) {
    const [inFirst, inSecond] = [await a.has(path), await b.has(path)];
    if (!inFirst || !inSecond) different.push(`${path} is missing in the ${inFirst ? 'second' : 'first'}`);
    else if (!(await isSame(await a.table(path), await b.table(path)))) different.push(path);
  }
  return different;
}

async function isSame(a: Hdf5Table, b: Hdf5Table): Promise<boolean> {
  if (JSON.stringify(a.columns) !== JSON.stringify(b.columns) || a.nRows !== b.nRows) return false;
  return Buffer.from(await a.rows()).equals(await b.rows());
}
