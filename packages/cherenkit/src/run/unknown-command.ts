import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CherenkitError, didYouMean, ExitCode, nearestName } from '@cherenkit/errors';
import { externalTools } from '../plugins/tool-list.js';

/**
 * Error for a command line without a known command: it suggests the nearest command, subcommand or flag.
 *
 * @param root - package folder of cherenkit
 */
export function unknownCommand(argv: readonly string[], root: string): CherenkitError {
  const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
    readonly commands: Readonly<Record<string, unknown>>;
  };
  const known = [
    ...Object.keys(commands).map((id) => id.split(':')),
    ...externalTools().map(({ name }) => name.split(' ')),
  ];
  const [first = '', second = ''] = argv.filter((word) => word !== '--help');
  const topic = known.find(([name, subcommand]) => name === first && subcommand !== undefined);
  const typed = topic && second !== '' ? `${first} ${second}` : first;
  const suggestion = topic
    ? didYouMean(
        typed,
        known.map((id) => id.join(' ')),
      )
    : suggestFirst(first, second, known);
  const message = `There is no command ${JSON.stringify(typed)}${suggestion || '; cherenkit --help lists the commands'}.`;
  return new CherenkitError('COMMAND_UNKNOWN', ExitCode.USAGE, message.replace(/\?\.$/, '?'));
}

/** Suggests a command for a misspelt first word, with its subcommand if the second word is near to one. */
function suggestFirst(first: string, second: string, known: readonly (readonly string[])[]): string {
  const words = new Set([...known.flatMap(([word = '']) => word), '--help', '--version']);
  const name = nearestName(first, words);
  if (name === undefined) return didYouMean(first, words);
  const subcommands = known.flatMap(([word, subcommand]) =>
    word === name && subcommand !== undefined ? subcommand : [],
  );
  const subcommand = nearestName(second, subcommands);
  return `; did you mean ${JSON.stringify(subcommand === undefined ? name : `${name} ${subcommand}`)}?`;
}
