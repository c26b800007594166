import type { Shard, ShardFile } from './production-manifest.js';

/** All files that a shard reads, in their order. */
export function filesOfShard({ inputs }: Pick<Shard, 'inputs'>): ShardFile[] {
  return inputs.flatMap(({ others = [], ...input }) => [input, ...others]);
}
