import type { ComponentCatalog } from '@cherenkit/core/internal';
import type { FlagInput } from '@oclif/core/interfaces';
import { COMMON_FLAGS } from './common-flags.js';
import { shardFlags } from './shard-flags.js';
import { threadFlags } from './thread-flags.js';

/** Flags of the command of a tool that set no traits: those of threads and shards, if the tool has them, and those of all tools. */
export function commandFlags(catalog: ComponentCatalog, id: string): FlagInput {
  return { ...threadFlags(catalog, id), ...shardFlags(catalog, id), ...COMMON_FLAGS };
}
