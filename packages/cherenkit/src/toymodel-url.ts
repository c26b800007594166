import { CherenkitError, ExitCode } from '@cherenkit/core';

const SCHEME = /^toymodel:/i;

/**
 * The address of a toy array with options of the command line, which win over those that it has.
 *
 * @param options - by their names in the address; those that are undefined are left out
 * @throws CherenkitError INPUT_OPTIONS (2) for options of an address that is none of a toy array
 */
export function toymodelUrl(url: string, options: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(options).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (given.length === 0) return url;
  if (!SCHEME.test(url)) {
    const flags = given.map(([name]) => `--${name}`).join(', ');
    const message = `${flags}: these are for toymodel: alone, and the input is ${url}; leave them out.`;
    throw new CherenkitError('INPUT_OPTIONS', ExitCode.USAGE, message);
  }
  const [address = '', query = ''] = url.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of given) parameters.set(name, value);
  return `${address}?${parameters.toString()}`;
}
