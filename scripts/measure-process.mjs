// Runs a program and measures wall time, CPU time and peak memory, the latter two from /proc while it runs; NaN without /proc.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

/** Clock ticks per second in /proc/PID/stat. */
const TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

/**
 * Rejects for a program that fails. Its standard error is shown.
 *
 * @param cwd - its working directory
 * @returns seconds, CPU seconds (`cpu`), peak memory in bytes
 */
export function measureProcess(file, args, cwd) {
  return new Promise((done, reject) => {
    const begin = performance.now();
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    let [cpu, memory] = [NaN, NaN];
    const poll = setInterval(() => {
      try {
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
        cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        memory = 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? memory / 1024);
      } catch {
        // The process has ended.
      }
    }, 20);
    child.on('error', reject);
    child.on('exit', (status) => {
      clearInterval(poll);
      if (status !== 0) reject(new Error(`${file} ${args.join(' ')} ended with ${status}`));
      done({ seconds: (performance.now() - begin) / 1000, cpu, memory });
    });
  });
}
