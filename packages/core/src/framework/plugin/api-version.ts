import { API_VERSION } from './define-plugin.js';

/**
 * Why a plugin made for the versions `range` of the contract cannot run here; undefined when it can.
 *
 * @param range - a major version, `1`, or the least minor version of one, `^1.2`
 */
export function versionMismatch(range: string | number, version: string = API_VERSION): string | undefined {
  const found = /^\^?(\d+)(?:\.(\d+))?(?:\.(?:\d+|x))?$/.exec(String(range));
  if (!found) return `it declares the API version ${JSON.stringify(range)}, which is no version such as "^1.0"`;
  const [wantedMajor, wantedMinor] = [Number(found[1]), Number(found[2] ?? 0)];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (wantedMajor === major && wantedMinor <= minor) return undefined;
  const newer = wantedMajor > major || (wantedMajor === major && wantedMinor > minor);
  const remedy = newer ? 'install a newer cherenkit' : 'install a newer version of the plugin';
  return `it needs version ${String(range).replace('^', '')} of the plugin API, this is ${version}; ${remedy}`;
}
