import type { H5wasmModule } from './h5wasm-module.js';

/**
 * Loads h5wasm so that it does not print: it binds `console.error` while it is loaded, and reports aborts and warnings
 * there, which are thrown as errors as well. Other output to the console in the meantime is passed on.
 */
export async function loadModule(load: () => Promise<{ readonly ready: Promise<unknown> }>): Promise<H5wasmModule> {
  /* eslint-disable no-console -- replaced, not used */
  const original = console.error;
  let isLoading = true;
  const replacement = (...values: readonly unknown[]): void => {
    if (isLoading) original.apply(console, [...values]);
  };
  console.error = replacement;
  try {
    const { ready } = await load();
    return (await ready) as H5wasmModule;
  } finally {
    isLoading = false;
    if (console.error === replacement) console.error = original;
  }
  /* eslint-enable no-console */
}
