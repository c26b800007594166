/** Whether a section of a configuration changes how the file is read, so that it has to be opened again. */
export function isOfSource(section: string): boolean {
  return /(EventSource|GainSelector)$/.test(section);
}
