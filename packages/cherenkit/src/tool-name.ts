/** The command of a tool by the name of its class: `muon-rings` for `MuonRingsTool`. */
export function commandName(className: string): string {
  return className
    .replace(/Tool$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase();
}

/** Whether a tool is the one that `cherenkit process` runs. */
export function isProcessor(id: string): boolean {
  return id === 'ProcessorTool' || id === 'core/ProcessorTool';
}
