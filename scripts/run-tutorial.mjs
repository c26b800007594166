// Runs examples/tutorial.ts, and prints the message of an error without its stack.
//
// usage: node scripts/run-tutorial.mjs [INPUT] [FOLDER] [EQUIVALENT]   (after npm run build)
try {
  await import('../examples/dist/tutorial.js');
} catch (error) {
  console.error(error.message);
  process.exitCode = error.exitCode ?? 1;
}
