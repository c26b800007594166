/** Formats numbers for `--array` of Slurm's sbatch: `0-2,7`. The numbers ascend. */
export function arrayText(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    const first = numbers[i] ?? 0;
    let length = 1;
    while (numbers[i + length] === first + length) length++;
    parts.push(length === 1 ? String(first) : `${first}-${first + length - 1}`);
    i += length;
  }
  return parts.join(',');
}
