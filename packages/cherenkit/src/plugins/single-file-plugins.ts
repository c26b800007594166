/** Names of the plugins of single files that this process imported, by path: no package.json names them in the stack of an error. */
const names = new Map<string, string>();

/** Records a plugin of a single file. */
export function addSingleFilePlugin(file: string, name: string): void {
  names.set(file, name);
}

/** Returns the name of the plugin of a single file; undefined for other files. */
export function singleFilePlugin(file: string): string | undefined {
  return names.get(file);
}
