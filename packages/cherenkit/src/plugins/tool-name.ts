import type { ComponentEntry } from '@cherenkit/core';

/** The command of a tool: as its manifest says, or `muon-rings` for a class `MuonRingsTool`. */
export function commandName(className: string, { command }: Pick<ComponentEntry, 'command'>): string {
  if (command?.name !== undefined) return command.name;
  return className
    .replace(/Tool$/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-')
    .toLowerCase();
}
