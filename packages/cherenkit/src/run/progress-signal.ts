/** Prints the progress of the run; undefined while there is no run. */
let printProgress: (() => void) | undefined;

/** What a process prints for SIGUSR1 before its run. */
const WITHOUT_RUN = 'cherenkit has not begun to run.\n';

/**
 * Answers SIGUSR1 with a line on standard error. Called as soon as possible: without a listener, Node.js starts its debugger. On
 * Windows there is no such signal.
 */
export function answerProgressSignal(): void {
  process.on('SIGUSR1', () => (printProgress ? printProgress() : process.stderr.write(WITHOUT_RUN)));
}

/** Sets what SIGUSR1 prints until the result is disposed. */
export function answerWith(print: () => void): Disposable {
  printProgress = print;
  return {
    [Symbol.dispose]: () => {
      printProgress = undefined;
    },
  };
}
