import {
  CherenkitError,
  didYouMean,
  ExitCode,
  type CommandOption,
  type ToolCommand,
  type ToolCommands,
} from '@cherenkit/core';
import { splitWords } from './shell-words.js';

/** A value of an option in a command line; true for a switch. */
export interface GivenValue {
  readonly option: CommandOption;
  readonly value: string | boolean;
}

/** A command line whose files are known from the schema of its tool. */
export interface CommandLine {
  readonly command: ToolCommand;
  /** Arguments after the name of the command, as given. */
  readonly words: readonly string[];
  readonly values: readonly GivenValue[];
  readonly positional: readonly string[];
  /** Files that it reads and writes, without URLs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Those of the outputs that are directories. */
  readonly directories: readonly string[];
}

/** Names of options that name outputs: `output`, `output-dir`, `benchmark-output`, `outdir`, `report-page`, `salvage`. */
const OUTPUT = /(?:^|-)output(?:-|$)|^outdir$|-page$|^salvage$/;
const URL = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Parses a command of `cherenkit`, such as `merge a.h5 b.h5 -o all.h5`.
 *
 * @throws CherenkitError STEP_INVALID (2)
 */
export function parseCommandLine(text: string, commands: ToolCommands): CommandLine {
  const all = splitWords(text);
  if (all === undefined) throw invalid(text, 'a quote is not closed');
  const [first = '', second = ''] = all;
  const pair = commands.find(`${first} ${second}`);
  const command = pair ?? commands.find(first);
  if (command === undefined) {
    throw invalid(text, `there is no tool ${first || 'without a name'}${didYouMean(first, commands.names)}`);
  }
  const words = all.slice(pair ? 2 : 1);
  const values: GivenValue[] = [];
  const positional: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-') || word === '-') {
      positional.push(word);
      continue;
    }
    const [, name = '', attached] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const set = command.options.find((each) => each.name === 'set');
    if (/^[A-Z].*\./.test(name) && set !== undefined) {
      values.push({ option: set, value: `${name}=${attached ?? words[++i] ?? ''}` });
      continue;
    }
    const option = command.options.find((each) => each.name === name || each.letter === name);
    const opposite = command.options.find((each) => each.hasOpposite && `no-${each.name}` === name);
    const known = option ?? opposite;
    if (known === undefined) {
      const names = command.options.map((each) => each.name);
      throw invalid(text, `${command.name} has no option ${word}${didYouMean(name, names)}`);
    }
    if (known.isSwitch) values.push({ option: known, value: option !== undefined });
    else {
      const given = attached ?? words[++i] ?? '';
      const isList = known.isMultiple && known.declaration !== undefined;
      for (const value of isList ? given.split(',') : [given]) values.push({ option: known, value });
    }
  }
  const files = (isOutput: boolean): string[] =>
    values.flatMap(({ option, value }) =>
      typeof value === 'string' && isPath(option) && isOutputOption(option) === isOutput ? [value] : [],
    );
  const isFile = (path: string): boolean => !URL.test(path) && path !== '-';
  return {
    command,
    words,
    values,
    positional,
    inputs: [...files(false), ...positional].filter(isFile),
    outputs: files(true).filter(isFile),
    directories: values.flatMap(({ option, value }) =>
      typeof value === 'string' && isOutputOption(option) && isDirectoryOption(option) ? [value] : [],
    ),
  };
}

/** Whether an option names what a command writes. */
export function isOutputOption({ name, declaration }: CommandOption): boolean {
  return declaration?.type === 'path' && OUTPUT.test(name);
}

/** Whether an option names a directory. */
export function isDirectoryOption({ name }: CommandOption): boolean {
  return /-dir$|^outdir$/.test(name);
}

/** Whether the values of an option are paths. */
function isPath({ name, declaration }: CommandOption): boolean {
  if (name === 'config') return true;
  const type = declaration?.type === 'list' ? declaration.items.type : declaration?.type;
  return type === 'path';
}

function invalid(text: string, reason: string): CherenkitError {
  const message = `The step "${text}" is no command of cherenkit: ${reason}. Write it as on the command line, such as "train energy -i gamma.h5 -o energy.onnx".`;
  return new CherenkitError('STEP_INVALID', ExitCode.USAGE, message);
}
