// The results of bench-process.mjs as a Markdown table.

/**
 * @param results - what `npm run bench -- --json` writes
 * @returns for each file and program: start-up and marginal times, and their ratios to `zstd -dc` and ctapipe
 */
export function performanceTable({ node, machine, files }) {
  const rows = files.flatMap(({ file, lengths, programs }) => {
    const all = programs.map(({ name, runs }) => ({ name, runs, ...timesOf(lengths, runs) }));
    const [floor] = all;
    const theirs = all.find(({ name }) => name === 'ctapipe-process');
    return all.map((each) => [
      each === floor ? file.replace(/\.simtel.*/, '') : '',
      each.name,
      ...each.runs.map(({ seconds }) => `${seconds.toFixed(2)} s`),
      `${each.startUp.toFixed(2)} s`,
      `${(1000 * each.marginal).toFixed(3)} ms`,
      `${(1000 * each.marginalCpu).toFixed(3)} ms`,
      ratio(each.marginal, floor.marginal),
      ratio(each.marginalCpu, floor.marginalCpu),
      theirs ? ratio(theirs.marginal, each.marginal) : '',
      each === floor ? '' : `${(Math.max(...each.runs.map(({ memory }) => memory)) / 1e6).toFixed(0)} MB`,
    ]);
  });
  const lengths = files[0]?.lengths.map(
    (_, i) => `${files.map((file) => file.lengths[i].telescopeEvents).join(' / ')} events`,
  );
  const header = [
    'File',
    'Program',
    ...(lengths ?? []),
    'start-up',
    'per telescope event',
    'CPU per telescope event',
    'times `zstd -dc`',
    'CPU, times `zstd -dc`',
    'ctapipe takes, times',
    'peak memory',
  ];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const description = `Node ${node}, ${machine}; wall times of the fastest runs.`;
  return [description, '', line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Start-up, and wall and CPU time of each further telescope event, s. */
function timesOf(lengths, runs) {
  const [short, long] = [0, lengths.length - 1];
  const further = lengths[long].telescopeEvents - lengths[short].telescopeEvents;
  const perEvent = (value) => (value(runs[long]) - value(runs[short])) / further;
  const marginal = perEvent(({ seconds }) => seconds);
  return {
    marginal,
    marginalCpu: perEvent(({ cpu }) => cpu),
    startUp: runs[short].seconds - marginal * lengths[short].telescopeEvents,
  };
}

function ratio(a, b) {
  return (a / b).toFixed(1);
}
